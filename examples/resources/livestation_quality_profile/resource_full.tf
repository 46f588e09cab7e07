# A profile cannot change: with create_before_destroy its successor is there before it goes.
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

  lifecycle {
    create_before_destroy = true
  }
}
