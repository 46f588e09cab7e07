# What is on air now, ready to be taken into state.
list "prism_live_session" "on_air" {
  provider = livestation

  config {
    channel_id = "ch-olive"
  }
}
