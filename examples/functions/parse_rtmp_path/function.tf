output "encoder" {
  value = provider::livestation::parse_rtmp_path("rtmp://ingest.stream.example/live/made-up-key")
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
