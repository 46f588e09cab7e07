# No output changes while the show runs, so a plan of an undisturbed day shows no change.

output "live_id" {
  description = "Id of the show, to find it in the service."
  value       = prism_live.show.live_id
}

output "watch" {
  description = "Page where viewers watch the show."
  value       = prism_live.show.live_link
}

output "stage_channel_id" {
  description = "Id of the general channel, to find it in the console, or its addresses for viewers in the data source livestation_service_urls."
  value       = livestation_channel.stage.channel_id
}

output "relay_channel_id" {
  description = "Id of the re-stream channel, to find it in the console."
  value       = livestation_restream_channel.relay.channel_id
}

output "encoder" {
  description = "Where the encoder sends: the show's own address, and addresses and keys of stage and relay. `terraform output -json encoder` shows it."
  sensitive   = true
  value = {
    show_rtmp_path   = prism_live_session.show.rtmp_path
    stage_url        = livestation_channel.stage.publish_url
    stage_stream_key = livestation_channel.stage.stream_key
    relay_url        = livestation_restream_channel.relay.publish_url
    relay_stream_key = livestation_restream_channel.relay.stream_key
  }
}

output "relay_feed" {
  description = "The relay's address and key as one URL, for ffmpeg: `terraform output -raw relay_feed`."
  sensitive   = true
  value       = "${livestation_restream_channel.relay.publish_url}/${livestation_restream_channel.relay.stream_key}"
}

output "stage_feed" {
  description = "The stage's address and key as one URL, for ffmpeg."
  sensitive   = true
  value       = "${livestation_channel.stage.publish_url}/${livestation_channel.stage.stream_key}"
}

output "curtain_ends_at" {
  description = "When the curtain ends; null without one."
  value       = one(livestation_curtain.break[*].ends_at)
}

output "programme" {
  description = "Lives of the channel, in order of time."
  value       = [for live in data.prism_channel_lives.programme.lives : "${live.live_id} ${live.title}"]
}
