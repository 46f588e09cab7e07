terraform {
  required_version = ">= 1.0"

  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

variable "edge" {
  description = "An existing edge of Global Edge; the data source livestation_edges lists those of a profile."
  type        = object({ profile_id = number, instance_no = number, domain = string })
}

variable "bucket" {
  description = "Bucket of Object Storage that holds the files."
  type        = string
}

variable "programme" {
  description = "What each slot of the week broadcasts, and when. Next week, give each slot its new start and files. A key is part of a channel's name: up to 15 letters, digits and _."
  type        = map(object({ start = string, files = list(string) }))
}

# A channel has one schedule at a time, so each slot has a channel of its own. They share the edge.
resource "livestation_vod2live_channel" "slot" {
  for_each = var.programme

  channel_name   = "slot_${each.key}"
  quality_set_id = 3
  cdn            = var.edge
}

# A slot that has run stays as it is. A new start creates a new schedule; the other slots are left alone.
resource "livestation_vod2live_schedule" "slot" {
  for_each = var.programme

  channel_id = livestation_vod2live_channel.slot[each.key].channel_id
  start_time = each.value.start
  vod_list   = [for file in each.value.files : { bucket_name = var.bucket, file_path = file }]
}

output "schedules" {
  value = { for slot, schedule in livestation_vod2live_schedule.slot : slot => schedule.schedule_id }
}
