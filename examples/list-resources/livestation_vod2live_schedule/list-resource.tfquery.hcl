list "livestation_vod2live_schedule" "waiting" {
  provider = livestation
}
