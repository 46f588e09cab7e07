# The lives on air now, with their current viewers.
data "prism_channel_lives" "on_air" {
  provider = livestation

  channel_id = "ch-olive"
  status     = "ON_AIR"
}

output "viewers" {
  value = { for live in data.prism_channel_lives.on_air.lives : live.live_id => try(live.live_stat.viewer_count, null) }
}
