# With the service's own profiles, which any set can use.
data "livestation_quality_profiles" "system" {
  gen_type = "SYSTEM"
  name     = "720p"
}

resource "livestation_quality_set" "show" {
  name                = "show-hls"
  quality_profile_ids = [for profile in data.livestation_quality_profiles.system.quality_profiles : profile.quality_profile_id]

  # Changing these restarts every broadcast that uses the set; the plan names them.
  segment_duration = 2000
  segment_count    = 3
}
