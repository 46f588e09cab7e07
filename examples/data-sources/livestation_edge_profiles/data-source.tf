# The profile id that a new channel needs.
data "livestation_edge_profiles" "all" {}

output "profiles" {
  value = { for profile in data.livestation_edge_profiles.all.profiles : profile.name => profile.profile_id }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
