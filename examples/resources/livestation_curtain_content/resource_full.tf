# An image becomes a video of 5 minutes, here with sound.
resource "livestation_curtain_content" "notice" {
  content = [
    { bucket_name = "media-bkt", file_path = "/curtain/notice.png" },
    { bucket_name = "media-bkt", file_path = "/curtain/music.mp3" },
  ]
}

output "content_id" {
  value = livestation_curtain_content.notice.content_id
}
