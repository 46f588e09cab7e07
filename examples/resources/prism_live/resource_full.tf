# With a session that starts the live once on_air is true: a reserved live is not on air yet.
resource "prism_live" "show" {
  provider = livestation

  channel_id  = "ch-olive"
  title       = "Olive festival"
  description = "Cooking in the open air"
  reserved_at = "2026-12-31T22:00:00+09:00"
}

resource "prism_live_session" "show" {
  provider = livestation

  live_id = prism_live.show.live_id
  on_air  = false
}
