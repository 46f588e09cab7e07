# The one channel of a name, whose id somebody else's configuration does not know.
data "livestation_restream_channels" "relay" {
  channel_name = "olive_relay"
}

locals {
  relay_id = one(data.livestation_restream_channels.relay.channels[*].channel_id)
}
