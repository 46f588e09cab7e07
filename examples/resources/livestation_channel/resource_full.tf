# With recordings, rewinding for viewers, and an edge that is deleted with the channel; without delete_edge it stays, and is billed.
resource "livestation_channel" "stage" {
  channel_name   = "olive_stage"
  quality_set_id = 3
  use_dvr        = true

  cdn = {
    profile_id  = var.edge_profile_id
    region_type = "KOREA"
    delete_edge = true
  }

  record = {
    type           = "AUTO_UPLOAD"
    format         = "MP4"
    bucket_name    = var.recordings_bucket
    file_path      = "/olive"
    access_control = "PRIVATE"
  }
}

output "publish_url" {
  value = livestation_channel.stage.publish_url
}

output "ingest_key" {
  value     = livestation_channel.stage.stream_key
  sensitive = true
}

variable "edge_profile_id" {
  type        = number
  description = "Profile of Global Edge; the data source livestation_edge_profiles lists those of the account."
}

variable "recordings_bucket" {
  type        = string
  description = "Bucket of Object Storage, which exists."
}
