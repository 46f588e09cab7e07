# With an edge that is deleted with the channel; without delete_edge it stays, and is billed. A livestation_vod2live_schedule sets what is broadcast.
resource "livestation_vod2live_channel" "shows" {
  channel_name   = "olive_shows"
  quality_set_id = 3

  cdn = {
    profile_id  = var.edge_profile_id
    region_type = "KOREA"
    delete_edge = true
  }
}

output "channel_id" {
  value = livestation_vod2live_channel.shows.channel_id
}

variable "edge_profile_id" {
  type        = number
  description = "Profile of Global Edge; the data source livestation_edge_profiles lists those of the account."
}
