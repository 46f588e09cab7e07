# terraform apply -invoke=action.livestation_turn_channel_on.stage
action "livestation_turn_channel_on" "stage" {
  config {
    channel_id = "ls-20260102030405-Gn7Ch"
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
