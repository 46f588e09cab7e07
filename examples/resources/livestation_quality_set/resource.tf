resource "livestation_quality_set" "show" {
  name                = "show-hls"
  quality_profile_ids = [102] # of livestation_quality_profiles
  segment_duration    = 2000  # milliseconds
  segment_count       = 3
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
