data "livestation_vod2live_schedule" "friday" {
  schedule_id = 3301
}

output "on_air" {
  value = "${data.livestation_vod2live_schedule.friday.start_time} to ${data.livestation_vod2live_schedule.friday.end_time}"
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
