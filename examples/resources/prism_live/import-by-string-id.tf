import {
  provider = livestation

  to = prism_live.show
  id = "900017"
}

resource "prism_live" "show" {
  provider = livestation

  channel_id = "ch-olive"
  title      = "Evening demo"
}
