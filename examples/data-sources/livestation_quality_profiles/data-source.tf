# The service's own profiles, which a quality set can use too.
data "livestation_quality_profiles" "system" {
  gen_type = "SYSTEM"
}

output "profiles" {
  value = { for profile in data.livestation_quality_profiles.system.quality_profiles : profile.quality_profile_id => profile.name }
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
