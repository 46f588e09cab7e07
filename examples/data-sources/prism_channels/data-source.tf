data "prism_channels" "mine" {
  provider = livestation
}

output "channels" {
  value = { for channel in data.prism_channels.mine.channels : channel.channel_id => channel.channel_name }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
