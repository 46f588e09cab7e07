data "livestation_vod2live_channels" "all" {}

output "channels" {
  value = { for channel in data.livestation_vod2live_channels.all.channels : channel.channel_id => channel.channel_status }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
