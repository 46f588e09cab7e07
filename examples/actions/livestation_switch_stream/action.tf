# terraform apply -invoke=action.livestation_switch_stream.stage
action "livestation_switch_stream" "stage" {
  config {
    channel_id = "ls-20260102030405-Gn7Ch"
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
