data "prism_channel_lives" "mine" {
  provider = livestation

  channel_id = "ch-olive"
}

output "programme" {
  value = { for live in data.prism_channel_lives.mine.lives : live.live_id => live.title }
}
