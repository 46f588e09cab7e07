# terraform apply -invoke=action.livestation_turn_vod2live_channel_off.shows
# Cancels a waiting schedule. To end a running broadcast, set `force = true`.
action "livestation_turn_vod2live_channel_off" "shows" {
  config {
    channel_id = "ls-20260102030405-Vd2Lv"
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
