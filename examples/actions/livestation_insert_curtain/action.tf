# terraform apply -invoke=action.livestation_insert_curtain.interruption
action "livestation_insert_curtain" "interruption" {
  config {
    channel_id  = "ls-20260102030405-Gn7Ch"
    content_ids = [512, 513]
    insert_time = 5
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
