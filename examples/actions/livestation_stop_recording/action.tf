# Also ends a curtain that is on.
# terraform apply -invoke=action.livestation_stop_recording.stage
action "livestation_stop_recording" "stage" {
  config {
    channel_id = "ls-20260102030405-Gn7Ch"
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
