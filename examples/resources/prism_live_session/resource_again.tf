# Increase run to put the show back on air after it has ended.
resource "prism_live_session" "evening" {
  provider = livestation

  live_id  = "900017"
  triggers = { run = 2 }
}
