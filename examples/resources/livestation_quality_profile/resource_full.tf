# All arguments. Any change replaces the profile, together with the sets and channels that use it.
resource "livestation_quality_profile" "hd" {
  name = "hd-720"

  video = {
    profile = "HIGH"
    width   = 1280
    height  = 720
    fps     = 30
    bitrate = 2500000 # bits per second
  }
  audio = {
    sample_rate = 44100
    channels    = 2
    bitrate     = 128 # kilobits per second
  }
}
