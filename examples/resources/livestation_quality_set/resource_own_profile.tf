terraform {
  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# One of your own profiles, and one of the service's.
resource "livestation_quality_profile" "mobile" {
  name = "mobile-360"

  video = {
    profile = "BASELINE"
    width   = 640
    height  = 360
    fps     = 30
    bitrate = 800000
  }
  audio = {
    sample_rate = 44100
    channels    = 2
    bitrate     = 96
  }
}

data "livestation_quality_profiles" "system" {
  gen_type = "SYSTEM"
  name     = "720p"
}

resource "livestation_quality_set" "show" {
  name = "show-mobile"
  quality_profile_ids = concat(
    [livestation_quality_profile.mobile.quality_profile_id],
    [for profile in data.livestation_quality_profiles.system.quality_profiles : profile.quality_profile_id],
  )

  # Changing these restarts every broadcast that uses the set; the plan names them.
  segment_duration = 2000
  segment_count    = 3
}
