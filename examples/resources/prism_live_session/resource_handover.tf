# The late show replaces the evening show, at night only.
resource "prism_live_session" "late" {
  provider = livestation

  live_id          = "900018"
  replaces_live_id = "900017"

  start_window = {
    opens_at  = "2026-12-31T22:00:00+09:00"
    closes_at = "2027-01-01T02:00:00+09:00"
  }
}
