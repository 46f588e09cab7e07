# What is on air now, ready to be taken into state.
list "prism_live_session" "on_air" {
  provider = livestation
  limit    = 1000 # without it Terraform reads 100

  config {
    channel_id = "ch-olive"
  }
}
