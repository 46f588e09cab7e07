list "livestation_vod2live_channel" "all" {
  provider = livestation
}
