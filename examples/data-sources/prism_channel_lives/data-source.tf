data "prism_channel_lives" "olive" {
  provider = livestation

  channel_id = "ch-olive"
}

output "programme" {
  value = [for live in data.prism_channel_lives.olive.lives : "${live.live_id} ${live.title}"]
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
