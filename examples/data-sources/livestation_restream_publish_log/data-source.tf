data "livestation_restream_publish_log" "relay" {
  channel_id = "ls-20260102030405-Zx9Qa"
}

output "starts_and_ends" {
  value = [for event in data.livestation_restream_publish_log.relay.events : "${event.time} ${event.event_code}"]
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
