# terraform apply -invoke=action.livestation_remove_curtain.interruption
action "livestation_remove_curtain" "interruption" {
  config {
    channel_id = "ls-20260102030405-Gn7Ch"
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
