data "livestation_stream_metadata" "stage" {
  channel_id = "ls-20260102030405-Gn7Ch"
}

# Null while nothing streams.
output "frames_per_second" {
  value = data.livestation_stream_metadata.stage.video.fps
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
