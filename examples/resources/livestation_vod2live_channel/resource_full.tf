variable "edge_profile_id" {
  type        = number
  description = "Profile of Global Edge; the data source livestation_edge_profiles lists those of the account."
}

# What it broadcasts, and when, a livestation_vod2live_schedule says.
resource "livestation_vod2live_channel" "shows" {
  channel_name   = "olive_shows"
  quality_set_id = 3

  # Makes an edge with the channel. It stays, and is billed, when the channel is destroyed, unless delete_edge says otherwise.
  cdn = {
    profile_id  = var.edge_profile_id
    region_type = "KOREA"
    delete_edge = true
  }
}

output "channel_id" {
  value = livestation_vod2live_channel.shows.channel_id
}
