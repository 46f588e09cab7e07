package channel

import (
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/channels"
)

// unreportedIngest is an attribute of general channels alone that a read may leave out.
const unreportedIngest = "ingest_protocol"

// withoutReported leaves out what a read has reported now. An import begins with all that a read may leave out.
func withoutReported(unreported channels.Unreported, before channelModel, channel *api.Channel) channels.Unreported {
	if before.onlyImported() {
		unreported = channels.Unreported{unreportedIngest, channels.UnreportedDRM, channels.UnreportedCDN}
	}
	if channel.IngestProtocol != "" {
		unreported = unreported.Without(unreportedIngest)
	}
	return unreported.WithoutReported(channel)
}

// withoutConfigured leaves out what state has taken from the configuration.
func withoutConfigured(unreported channels.Unreported, config channelModel) channels.Unreported {
	if !config.IngestProtocol.IsNull() {
		unreported = unreported.Without(unreportedIngest)
	}
	return unreported.WithoutConfigured(config.CDN, config.DRM)
}
