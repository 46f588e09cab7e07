package channel

import (
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channels"
)

// untoldIngest is an attribute of general channels alone that a read may not tell.
const untoldIngest = "ingest_protocol"

// taken leaves out what the configuration says: it has been taken from there.
func taken(u channels.Untold, config channelModel) channels.Untold {
	cdn, _ := channels.CDNOf(config.CDN)
	for name, told := range map[string]bool{untoldIngest: !config.IngestProtocol.IsNull(), channels.UntoldDRM: !config.DRM.IsNull(), channels.UntoldCDN: !cdn.RegionType.IsNull()} {
		if told {
			u = u.Without(name)
		}
	}
	return u
}

// toldBy leaves out what a read has told; after an import it begins with all.
func toldBy(u channels.Untold, before channelModel, channel *api.Channel) channels.Untold {
	if before.onlyImported() {
		u = channels.Untold{untoldIngest, channels.UntoldDRM, channels.UntoldCDN}
	}
	if channel.IngestProtocol != "" {
		u = u.Without(untoldIngest)
	}
	if channel.DRM != nil && channel.DRM.SiteID != "" || channel.DRMEnabled.Valid && !channel.DRMEnabled.Value {
		u = u.Without(channels.UntoldDRM)
	}
	return u
}
