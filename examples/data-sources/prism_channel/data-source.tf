data "prism_channel" "olive" {
  provider = livestation

  channel_id = "ch-olive"
}

output "page" {
  value = data.prism_channel.olive.channel_link
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
