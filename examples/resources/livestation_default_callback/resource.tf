resource "livestation_default_callback" "account" {
  callback_url = "https://hooks.example.com/live-station"
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
