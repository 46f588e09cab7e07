data "livestation_channels" "on_air" {
  channel_status = "PUBLISHING"
}

output "on_air" {
  value = data.livestation_channels.on_air.channels[*].channel_name
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
