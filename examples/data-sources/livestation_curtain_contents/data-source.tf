data "livestation_curtain_contents" "ready" {
  status = "READY"
}

output "ready" {
  value = { for content in data.livestation_curtain_contents.ready.contents : content.content_id => content.input }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
