data "livestation_vod2live_channel" "shows" {
  channel_id = "ls-20260102030405-Vd2Lv"
}

output "schedules" {
  value = data.livestation_vod2live_channel.shows.schedules
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
