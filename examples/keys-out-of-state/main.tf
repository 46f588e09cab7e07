terraform {
  required_version = ">= 1.11" # for write-only arguments

  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# Secrets that the services generate stay out of state too, and a stored key is refused.
provider "livestation" {
  secrets_in_state = false
}

# Plain: a `for` runs over these, and their labels are in the plan.
variable "targets" {
  description = "Platforms by a label of your choice. Count key_version up when a key changes."
  type        = map(object({ target_name = string, rtmp_url = string, key_version = number }))
  default = {
    youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.youtube.com/live2", key_version = 1 }
    chzzk   = { target_name = "CHZZK", rtmp_url = "rtmp://rtmp.chzzk.example/app", key_version = 1 }
  }
}

# Ephemeral: never in state or plan. Set TF_VAR_stream_keys='{"youtube":"...","chzzk":"..."}'.
variable "stream_keys" {
  description = "The platforms' stream keys, by the labels of targets."
  type        = map(string)
  ephemeral   = true
}

resource "livestation_restream_channel" "relay" {
  channel_name = "olive_relay"
  plan_type    = "STANDARD"

  restream = {
    for label, target in var.targets : label => {
      target_name           = target.target_name
      rtmp_url              = target.rtmp_url
      stream_key_wo         = var.stream_keys[label]
      stream_key_wo_version = target.key_version
    }
  }
}
