package channel

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/announced"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

const (
	// callbackConfiguredKey is the key in private state under which "true" means that the configuration has set a callback endpoint.
	callbackConfiguredKey = "callback_configured"
	// untoldKey holds the names of the attributes that no read has told since the import, and no configuration either.
	untoldKey = "untold"
	// madeEdgeKey holds the instance number of the edge that was made with the channel.
	madeEdgeKey = "made_edge"
)

// untold are the attributes whose value in state is an assumption: what the configuration says of them is taken without a call.
type untold []string

// Attributes that may be untold.
const (
	untoldIngest = "ingest_protocol"
	untoldDRM    = "drm"
	untoldCDN    = "cdn"
)

func loadUntold(ctx context.Context, private service.PrivateReader) (names untold, diags diag.Diagnostics) {
	note, diags := private.GetKey(ctx, untoldKey)
	if len(note) > 0 && json.Unmarshal(note, &names) != nil {
		names = nil
	}
	return names, diags
}

func (u untold) save(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	if len(u) == 0 {
		return private.SetKey(ctx, untoldKey, nil)
	}
	note, _ := json.Marshal(u) // strings alone, which cannot fail
	return private.SetKey(ctx, untoldKey, note)
}

func (u untold) has(name string) bool { return slices.Contains(u, name) }

func (u untold) without(name string) untold {
	return slices.DeleteFunc(slices.Clone(u), func(one string) bool { return one == name })
}

// taken leaves out what the configuration says: it has been taken from there.
func (u untold) taken(config channelModel) untold {
	cdn, _ := cdnOf(config.CDN)
	for name, told := range map[string]bool{untoldIngest: !config.IngestProtocol.IsNull(), untoldDRM: !config.DRM.IsNull(), untoldCDN: !cdn.RegionType.IsNull()} {
		if told {
			u = u.without(name)
		}
	}
	return u
}

// after leaves out what a read has told; after an import it begins with all.
func (u untold) after(before channelModel, channel *api.Channel) untold {
	if before.onlyImported() {
		u = untold{untoldIngest, untoldDRM, untoldCDN}
	}
	if channel.IngestProtocol != "" {
		u = u.without(untoldIngest)
	}
	if channel.DRM != nil && channel.DRM.SiteID != "" || channel.DRMEnabled.Valid && !channel.DRMEnabled.Value {
		u = u.without(untoldDRM)
	}
	return u
}

// numberUnknown stands for an edge that was made, and whose number no answer has told yet.
const numberUnknown = -1

// forgetAll begins a new channel: whatever an earlier one has left there, as in a replacement, goes.
func forgetAll(ctx context.Context, private service.PrivateWriter) diag.Diagnostics {
	diags := announced.Forget(ctx, private)
	for _, key := range []string{callbackConfiguredKey, untoldKey, madeEdgeKey} {
		diags.Append(private.SetKey(ctx, key, nil)...)
	}
	return diags
}

// loadMadeEdge is the instance number of the edge that was made with the channel; 0 where none was, as for an imported channel.
func loadMadeEdge(ctx context.Context, private service.PrivateReader) (instanceNo int64, diags diag.Diagnostics) {
	note, diags := private.GetKey(ctx, madeEdgeKey)
	if len(note) > 0 && json.Unmarshal(note, &instanceNo) != nil {
		instanceNo = 0
	}
	return instanceNo, diags
}

func saveMadeEdge(ctx context.Context, private service.PrivateWriter, instanceNo int64) diag.Diagnostics {
	if instanceNo == 0 {
		return private.SetKey(ctx, madeEdgeKey, nil)
	}
	note, _ := json.Marshal(instanceNo) // a number, which cannot fail
	return private.SetKey(ctx, madeEdgeKey, note)
}

// saveCallback notes whether the configuration sets a callback endpoint. One that is taken out again stays noted, since the service
// keeps it.
func saveCallback(ctx context.Context, private service.PrivateWriter, configured bool) (diags diag.Diagnostics) {
	if configured {
		diags = private.SetKey(ctx, callbackConfiguredKey, []byte("true"))
	}
	return diags
}
