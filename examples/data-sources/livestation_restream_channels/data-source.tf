data "livestation_restream_channels" "all" {}

output "channels" {
  value = { for channel in data.livestation_restream_channels.all.channels : channel.channel_id => channel.channel_name }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
