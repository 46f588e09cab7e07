data "livestation_events" "stage" {
  channel_id = "ls-20260102030405-Gn7Ch"
}

output "errors" {
  value = [for event in data.livestation_events.stage.events : event.description if event.log_level == "ERROR"]
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
