data "livestation_recordings" "stage" {
  channel_id = "ls-20260102030405-Gn7Ch"
}

output "files" {
  value = data.livestation_recordings.stage.recordings[*].file_name
}

terraform {
  required_providers {
    livestation = { source = "ncloud-live/livestation" }
  }
}
