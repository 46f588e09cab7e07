data "livestation_channel" "stage" {
  channel_id = "ls-20260102030405-Gn7Ch"
}

# A curtain needs a channel with HLS that is on air.
output "can_have_a_curtain" {
  value = data.livestation_channel.stage.channel_status == "PUBLISHING"
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
