package channel

import (
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation/delivery"
)

// unreportedIngest is an attribute of general channels alone that a read may leave out.
const unreportedIngest = "ingest_protocol"

// withoutReported leaves out what a read has reported now. An import begins with all that a read may leave out.
func withoutReported(unreported delivery.Unreported, before channelModel, channel *api.Channel) delivery.Unreported {
	if before.onlyImported() {
		unreported = delivery.Unreported{unreportedIngest, delivery.UnreportedDRM, delivery.UnreportedCDN}
	}
	if channel.IngestProtocol != "" {
		unreported = unreported.Without(unreportedIngest)
	}
	return unreported.WithoutReported(channel)
}

// withoutConfigured leaves out what state has taken from the configuration.
func withoutConfigured(unreported delivery.Unreported, config channelModel) delivery.Unreported {
	if !config.IngestProtocol.IsNull() {
		unreported = unreported.Without(unreportedIngest)
	}
	return unreported.WithoutConfigured(config.CDN, config.DRM)
}
