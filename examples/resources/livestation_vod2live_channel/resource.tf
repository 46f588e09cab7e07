resource "livestation_vod2live_channel" "shows" {
  channel_name   = "olive_shows"
  quality_set_id = 3 # one of livestation_quality_sets
  cdn            = { profile_id = var.edge_profile_id, region_type = "KOREA", delete_edge = true }
}

variable "edge_profile_id" {
  type = number # one of livestation_edge_profiles
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
