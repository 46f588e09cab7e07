data "livestation_restream_events" "relay" {
  channel_id = "ls-20260102030405-Zx9Qa"
}

output "latest" {
  value = [for event in slice(data.livestation_restream_events.relay.events, 0, min(10, length(data.livestation_restream_events.relay.events))) : "${event.time} ${event.event_code}"]
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
