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

  # A profile cannot change: its successor is there before it goes.
  lifecycle {
    create_before_destroy = true
  }
}
