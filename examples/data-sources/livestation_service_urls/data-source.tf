data "livestation_service_urls" "stage" {
  channel_id = "ls-20260102030405-Gn7Ch"
}

output "players" {
  value = { for one in data.livestation_service_urls.stage.urls : one.name => one.url... }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
