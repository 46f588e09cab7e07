data "prism_live" "evening" {
  provider = livestation

  live_id = "900017"
}

output "evening" {
  value = "${data.prism_live.evening.title}: ${data.prism_live.evening.status}"
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
