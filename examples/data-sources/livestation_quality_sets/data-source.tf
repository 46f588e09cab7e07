# Sets for channels with LL_HLS.
data "livestation_quality_sets" "low_latency" {
  type = "LL_HLS"
}

output "sets" {
  value = { for set in data.livestation_quality_sets.low_latency.quality_sets : set.quality_set_id => set.name }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
