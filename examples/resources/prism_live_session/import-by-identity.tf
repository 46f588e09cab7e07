import {
  provider = livestation

  to = prism_live_session.evening
  identity = {
    live_id = "900017"
  }
}

resource "prism_live_session" "evening" {
  provider = livestation

  live_id = "900017"
}
