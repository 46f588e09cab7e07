# An event day: reserve a show, create a channel for viewers, relay the feed to other platforms and prepare filler content.
# `phase` is the stage of the day. `make demo` runs this configuration against the simulator.

terraform {
  required_version = ">= 1.5" # for check blocks

  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# Endpoints and credentials come from the environment: NCLOUD_ACCESS_KEY, NCLOUD_SECRET_KEY,
# PRISM_ENDPOINT and PRISM_ACCESS_TOKEN.
provider "livestation" {}

# The show. Its title, time, description and scope cannot be changed later: a change reserves another live.
resource "prism_live" "show" {
  provider = livestation

  channel_id  = var.channel_id
  title       = var.title
  description = var.description
  scope       = var.scope
  reserved_at = var.reserved_at
}

# On air in phase on_air, off in the others. It depends on neither the relay nor the stage: problems with them
# must never keep the show from being stopped.
resource "prism_live_session" "show" {
  provider = livestation

  live_id  = prism_live.show.live_id
  on_air   = var.phase == "on_air"
  triggers = { run = var.run }
}

# One feed in, other platforms out. It exists in every phase: its ingest key is set up in the encoder, and
# a new channel would have a new key. The real service bills it from its creation to its termination.
resource "livestation_restream_channel" "relay" {
  channel_name = var.relay_name
  plan_type    = length(var.targets) > 3 ? "PROFESSIONAL" : "STANDARD"

  restream = {
    for label, target in var.targets : label => {
      target_name = target.target_name
      rtmp_url    = target.rtmp_url
      stream_key  = var.stream_keys[label]
    }
  }
}

# Filler for a break or an interruption. It takes minutes to prepare, so create it before the show.
resource "livestation_curtain_content" "filler" {
  content = var.filler
}

# The curtain goes over the stage, and only while the show is on air.
resource "livestation_curtain" "break" {
  count = var.curtain && var.phase == "on_air" ? 1 : 0

  channel_id  = livestation_channel.stage.channel_id
  content_ids = [livestation_curtain_content.filler.content_id]
  insert_time = var.curtain_minutes
  triggers    = { run = var.curtain_run }
}

# The channel's programme, read after any change to the show.
data "prism_channel_lives" "programme" {
  provider   = livestation
  depends_on = [prism_live_session.show]

  channel_id = var.channel_id
}
