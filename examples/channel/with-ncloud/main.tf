# The channel of the folder above, with a bucket created by NAVER Cloud's own provider.

terraform {
  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
    ncloud = {
      source = "NaverCloudPlatform/ncloud"
    }
  }
}

# Both read NCLOUD_ACCESS_KEY, NCLOUD_SECRET_KEY, NCLOUD_REGION and NCLOUD_SITE from the environment.
provider "livestation" {}

provider "ncloud" {
  support_vpc = true # it refuses to work without
}

variable "edge_profile_id" {
  description = "Profile of Global Edge in which the edge is made."
  type        = number
}

variable "recordings_bucket" {
  description = "Name of the bucket to make, which nobody in the region may have yet."
  type        = string
}

resource "ncloud_objectstorage_bucket" "recordings" {
  bucket_name = var.recordings_bucket
}

# It refers to the bucket, so it is created after the bucket and deleted before it.
module "channel" {
  source = "../"

  edge_profile_id   = var.edge_profile_id
  recordings_bucket = ncloud_objectstorage_bucket.recordings.bucket_name
}

output "encoder" {
  description = "Where the encoder sends."
  sensitive   = true
  value       = module.channel.encoder
}

output "players" {
  description = "Where viewers watch, by quality."
  value       = module.channel.players
}
