# terraform apply -invoke=action.livestation_start_recording.stage
action "livestation_start_recording" "stage" {
  config {
    channel_id = "ls-20260102030405-Gn7Ch"
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
