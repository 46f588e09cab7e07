# The stage: the general channel that viewers watch, and that the curtain covers. Like the relay, it exists in every
# phase: a new channel would have a new ingest key, and new addresses for viewers.

resource "livestation_quality_profile" "stage" {
  name  = "stage-720p"
  video = { profile = "HIGH", width = 1280, height = 720, fps = 30, bitrate = 2500000 } # bits per second
  audio = { sample_rate = 44100, channels = 2, bitrate = 128 }                          # kilobits per second
}

resource "livestation_quality_set" "stage" {
  name                = "stage-hls"
  quality_profile_ids = [livestation_quality_profile.stage.quality_profile_id]
  segment_duration    = 2000 # milliseconds
  segment_count       = 3
}

# The channel creates its edge, and deletes it too. A destroy is refused while an encoder sends to the channel.
resource "livestation_channel" "stage" {
  channel_name   = var.stage_name
  quality_set_id = livestation_quality_set.stage.quality_set_id

  cdn = {
    profile_id  = var.edge_profile_id
    region_type = "KOREA"
    delete_edge = true
  }
}
