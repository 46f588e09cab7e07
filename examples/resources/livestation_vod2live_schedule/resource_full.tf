# At 20:00 Korean time the channel goes on air and plays the files in this order.
resource "livestation_vod2live_schedule" "friday" {
  channel_id = var.channel_id
  start_time = "2026-12-04T20:00:00+09:00"

  vod_list = [
    { bucket_name = "media-bkt", file_path = "/shows/intro.mp4" },
    { bucket_name = "media-bkt", file_path = "/shows/friday.mp4" },
  ]
}

output "schedule_id" {
  value = livestation_vod2live_schedule.friday.schedule_id
}

variable "channel_id" {
  type    = string
  default = "ls-20260102030405-Vd2Lv" # a VOD2LIVE channel that is READY
}
