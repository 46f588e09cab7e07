resource "livestation_curtain_content" "notice" {
  content = [{ bucket_name = "media-bkt", file_path = "/curtain/notice.png" }]
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
