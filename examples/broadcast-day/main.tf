# One broadcast day: a show that was reserved, the relay of its feed to other platforms, and a curtain
# for the break. `make demo` drives this folder against the simulator, one change after the other.

terraform {
  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# Endpoints and credentials come from the environment: NCLOUD_ACCESS_KEY, NCLOUD_SECRET_KEY,
# PRISM_ENDPOINT and PRISM_ACCESS_TOKEN.
provider "livestation" {}

# The evening show, on air for as long as this resource exists or until it ends by itself.
resource "prism_live_session" "evening" {
  provider = livestation

  live_id  = var.evening_live_id
  triggers = { run = var.evening_run }
}

# The late show is on the same channel, which can have one live on air.
resource "prism_live_session" "late" {
  provider = livestation
  count    = var.late_show ? 1 : 0

  live_id = var.late_live_id
}

# One feed in, two platforms out.
resource "livestation_restream_channel" "relay" {
  count = var.relay ? 1 : 0

  channel_name = "olive_relay"
  plan_type    = "STANDARD"

  restream = {
    youtube = { target_name = "YOUTUBE", rtmp_url = var.youtube_url, stream_key = var.youtube_key }
    chzzk   = { target_name = "CHZZK", rtmp_url = var.chzzk_url, stream_key = var.chzzk_key }
  }
}

# Filler content in place of the picture, for a few minutes.
resource "livestation_curtain" "break" {
  count = var.curtain ? 1 : 0

  channel_id  = var.curtain_channel_id
  content_ids = var.curtain_content_ids
  insert_time = var.curtain_minutes
}

# What the channel has on its programme.
data "prism_channel_lives" "olive" {
  provider = livestation

  channel_id = var.channel_id
}
