resource "livestation_vod2live_schedule" "friday" {
  channel_id = "ls-20260102030405-Vd2Lv" # a VOD2LIVE channel
  start_time = "2026-12-04T20:00:00+09:00"
  vod_list   = [{ bucket_name = "media-bkt", file_path = "/shows/friday.mp4" }]
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
