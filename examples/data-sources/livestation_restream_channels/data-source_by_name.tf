# Find a channel of another configuration by its name.
data "livestation_restream_channels" "relay" {
  channel_name = "olive_relay"
}

locals {
  relay_id = one(data.livestation_restream_channels.relay.channels[*].channel_id)
}
