# terraform apply -invoke=action.prism_start_live.evening
action "prism_start_live" "evening" {
  provider = livestation

  config {
    live_id = "900017"
  }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
