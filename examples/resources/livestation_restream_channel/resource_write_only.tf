# The target's secrets are sent but not stored. Increase a version to send a new value.
resource "livestation_restream_channel" "relay" {
  channel_name = "olive_relay"
  plan_type    = "STANDARD"

  restream = {
    partner = {
      target_name           = "CUSTOM"
      rtmp_url              = "rtmps://ingest.partner.example/live"
      stream_key_wo         = var.partner_key
      stream_key_wo_version = 1

      auth_id                  = "olive"
      auth_password_wo         = var.partner_password
      auth_password_wo_version = 1
    }
  }
}
