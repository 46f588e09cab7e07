resource "prism_live_session" "evening" {
  provider = livestation

  live_id = "900017"
}

output "watch" {
  value = prism_live_session.evening.live_link
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
