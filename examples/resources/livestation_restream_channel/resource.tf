resource "livestation_restream_channel" "relay" {
  channel_name = "olive_relay"
  plan_type    = "STANDARD"
  restream     = { youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.youtube.com/live2", stream_key = var.youtube_key } }
}

variable "youtube_key" {
  type      = string
  sensitive = true
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
