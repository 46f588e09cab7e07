# One feed to two platforms, with what the encoder needs as outputs.
resource "livestation_restream_channel" "relay" {
  channel_name = "olive_relay"
  plan_type    = "STANDARD"

  restream = {
    youtube = {
      target_name = "YOUTUBE"
      rtmp_url    = "rtmp://a.rtmp.youtube.com/live2"
      stream_key  = var.youtube_key
    }
    chzzk = {
      target_name = "CHZZK"
      rtmp_url    = "rtmp://rtmp.chzzk.example/app"
      stream_key  = var.chzzk_key
    }
  }
}

output "publish_url" {
  value = livestation_restream_channel.relay.publish_url
}

output "ingest_key" {
  value     = livestation_restream_channel.relay.stream_key
  sensitive = true
}

variable "youtube_key" {
  type      = string
  sensitive = true
}

variable "chzzk_key" {
  type      = string
  sensitive = true
}
