data "livestation_restream_channel" "relay" {
  channel_id = "ls-20260102030405-Zx9Qa"
}

output "health" {
  value = { for target in data.livestation_restream_channel.relay.restream : target.platform_id => target.connect_status }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
