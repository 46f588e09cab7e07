# With the general channel and the content. Apply, start the encoder, and apply again with -var curtain=true.
data "livestation_edge_profiles" "all" {}

resource "livestation_channel" "stage" {
  channel_name   = "olive_stage"
  quality_set_id = 3 # one of livestation_quality_sets, for HLS

  cdn = {
    profile_id  = data.livestation_edge_profiles.all.profiles[0].profile_id
    region_type = "KOREA"
    delete_edge = true
  }
}

resource "livestation_curtain_content" "notice" {
  content = [{ bucket_name = "media-bkt", file_path = "/curtain/notice.png" }]
}

variable "curtain" {
  type    = bool
  default = false
}

resource "livestation_curtain" "break" {
  count = var.curtain ? 1 : 0

  channel_id  = livestation_channel.stage.channel_id
  content_ids = [livestation_curtain_content.notice.content_id]
}
