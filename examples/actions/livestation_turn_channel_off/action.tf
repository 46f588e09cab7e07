# Ends a broadcast: without force, a streaming channel is not turned off.
# terraform apply -invoke=action.livestation_turn_channel_off.stage
action "livestation_turn_channel_off" "stage" {
  config {
    channel_id = "ls-20260102030405-Gn7Ch"
    force      = true
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
