resource "prism_live" "show" {
  provider = livestation

  channel_id  = "ch-olive"
  title       = "Olive festival"
  reserved_at = "2026-12-31T22:00:00+09:00"
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
