# A live channel from nothing: its renditions, the channel with its own edge, and recordings in a bucket.

terraform {
  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

variable "edge_profile_id" {
  description = "Profile of Global Edge in which the edge is made; the data source livestation_edge_profiles lists those of the account."
  type        = number
}

variable "recordings_bucket" {
  description = "Bucket of Object Storage that exists, for the recordings. The folder with-ncloud makes one."
  type        = string
}

# What viewers can choose from.
resource "livestation_quality_profile" "hd" {
  name  = "stage-720p"
  video = { profile = "HIGH", width = 1280, height = 720, fps = 30, bitrate = 2500000 } # bits per second
  audio = { sample_rate = 44100, channels = 2, bitrate = 128 }                          # kilobits per second
}

resource "livestation_quality_profile" "sd" {
  name  = "stage-360p"
  video = { profile = "BASELINE", width = 640, height = 360, fps = 30, bitrate = 800000 }
  audio = { sample_rate = 44100, channels = 2, bitrate = 96 }
}

resource "livestation_quality_set" "stage" {
  name                = "stage-hls"
  quality_profile_ids = [livestation_quality_profile.hd.quality_profile_id, livestation_quality_profile.sd.quality_profile_id]
  segment_duration    = 2000 # milliseconds
  segment_count       = 3
}

resource "livestation_channel" "stage" {
  channel_name   = "olive_stage"
  quality_set_id = livestation_quality_set.stage.quality_set_id
  use_dvr        = true

  # Creates an edge with the channel, and deletes it with the channel. Without delete_edge it would stay, and be billed.
  cdn = {
    profile_id  = var.edge_profile_id
    region_type = "KOREA"
    delete_edge = true
  }

  # Each broadcast is recorded from its start. Recordings stay in the bucket when the channel is deleted.
  immediate_on_air = true
  record = {
    type           = "AUTO_UPLOAD"
    format         = "MP4"
    bucket_name    = var.recordings_bucket
    file_path      = "/stage"
    access_control = "PRIVATE"
  }
}

data "livestation_service_urls" "stage" {
  channel_id = livestation_channel.stage.channel_id
}

output "channel_id" {
  description = "The channel, to lay a curtain over it or to look it up in the console."
  value       = livestation_channel.stage.channel_id
}

output "encoder" {
  description = "Where the encoder sends: `terraform output -json encoder` shows it."
  sensitive   = true
  value = {
    server = livestation_channel.stage.publish_url
    key    = livestation_channel.stage.stream_key
  }
}

output "players" {
  description = "Where viewers watch, by quality. Empty while the edge is still being made: apply again later."
  value       = { for one in data.livestation_service_urls.stage.urls : one.name => one.url... }
}
