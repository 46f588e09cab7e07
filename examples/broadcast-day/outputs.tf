output "watch" {
  description = "Page where viewers watch the evening show."
  value       = prism_live_session.evening.live_link
}

output "relay_channel_id" {
  description = "Re-stream channel, to look it up in the console."
  value       = one(livestation_restream_channel.relay[*].channel_id)
}

output "relay_publish_url" {
  description = "Address for the encoder; the key that goes with it is in the channel's stream_key."
  value       = one(livestation_restream_channel.relay[*].publish_url)
}

output "programme" {
  description = "Titles of the channel's lives by their ids, in the order of their time."
  value       = [for live in data.prism_channel_lives.olive.lives : "${live.live_id} ${live.title}"]
}
