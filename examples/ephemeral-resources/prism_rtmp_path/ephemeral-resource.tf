ephemeral "prism_rtmp_path" "evening" {
  provider = livestation

  live_id = "900017"
}

# The encoder sends to the relay, and the relay to the live: its key reaches the relay and is stored nowhere else.
resource "livestation_restream_channel" "relay" {
  channel_name = "olive_relay"
  plan_type    = "STANDARD"

  restream = {
    live = {
      target_name           = "CUSTOM"
      rtmp_url              = "rtmp://ingest.stream.example/live"
      stream_key_wo         = ephemeral.prism_rtmp_path.evening.stream_key
      stream_key_wo_version = 1
    }
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
