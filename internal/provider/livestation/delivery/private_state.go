package delivery

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

const (
	// unreportedKey is where private state holds Unreported.
	unreportedKey = "unreported"
	// madeEdgeKey is where it holds the instance number of the edge that was created with the channel.
	madeEdgeKey = "made_edge"
)

// ReadState is what the private state of a channel holds for its Read.
type ReadState struct {
	Unreported Unreported
	// MadeEdge is as LoadMadeEdge returns it.
	MadeEdge int64
	// CallbackUnreported is as livestation.CallbackUnreported returns it.
	CallbackUnreported bool
}

// LoadReadState loads it.
func LoadReadState(ctx context.Context, private service.PrivateReader) (state ReadState, diags diag.Diagnostics) {
	var more diag.Diagnostics
	state.Unreported, diags = LoadUnreported(ctx, private)
	state.MadeEdge, more = LoadMadeEdge(ctx, private)
	diags.Append(more...)
	state.CallbackUnreported, more = livestation.CallbackUnreported(ctx, private)
	diags.Append(more...)
	return state, diags
}

// Save updates private state with what a read has reported, if that is news. unreported is what the read still left out.
func (s ReadState) Save(ctx context.Context, private service.PrivateWriter, channel *api.Channel, unreported Unreported) (diags diag.Diagnostics) {
	if len(unreported) != len(s.Unreported) {
		diags.Append(unreported.Save(ctx, private)...)
	}
	if s.CallbackUnreported && channel.CallbackEndpoint != "" {
		diags.Append(livestation.NoteCallback(ctx, private, true)...)
	}
	if s.MadeEdge == EdgeNumberUnknown {
		diags.Append(SaveReportedEdge(ctx, private, channel)...)
	}
	return diags
}

// EdgeNumberUnknown stands for an edge that was made, and whose number the service has not reported yet.
const EdgeNumberUnknown = -1

// LoadMadeEdge returns the instance number of the edge that was created with the channel; 0 if none was, as for an imported channel.
func LoadMadeEdge(ctx context.Context, private service.PrivateReader) (instanceNo int64, diags diag.Diagnostics) {
	note, diags := private.GetKey(ctx, madeEdgeKey)
	if len(note) > 0 && json.Unmarshal(note, &instanceNo) != nil {
		instanceNo = 0
	}
	return instanceNo, diags
}

// SaveMadeEdge records that number; 0 is none.
func SaveMadeEdge(ctx context.Context, private service.PrivateWriter, instanceNo int64) diag.Diagnostics {
	if instanceNo == 0 {
		return private.SetKey(ctx, madeEdgeKey, nil)
	}
	note, _ := json.Marshal(instanceNo) // a number, which cannot fail
	return private.SetKey(ctx, madeEdgeKey, note)
}

// SaveReportedEdge records the number of the edge that was created with a channel, if the service reports it.
func SaveReportedEdge(ctx context.Context, private service.PrivateWriter, channel *api.Channel) diag.Diagnostics {
	if channel == nil || channel.CDN == nil {
		return nil
	}
	number, err := strconv.ParseInt(string(channel.CDN.InstanceNo), 10, 64)
	if err != nil || number <= 0 {
		return nil
	}
	return SaveMadeEdge(ctx, private, number)
}
