# The defaults fit the simulator with `-seed demo`. The first four change during the day.

variable "phase" {
  description = "Stage of the day: `rehearsal` (everything is reserved and prepared, nothing on air), `on_air` (the show is on air) or `wrap` (the show is stopped and the curtain off; stage and relay stay until they are destroyed)."
  type        = string
  default     = "rehearsal"
  nullable    = false

  validation {
    condition     = contains(["rehearsal", "on_air", "wrap"], var.phase)
    error_message = "The phase is rehearsal, on_air or wrap."
  }
}

variable "run" {
  description = "Increase it to put the show back on air after it has ended."
  type        = number
  default     = 1
}

variable "curtain" {
  description = "Whether the curtain is on, in phase `on_air`."
  type        = bool
  default     = false
  nullable    = false
}

variable "curtain_run" {
  description = "Increase it to lay the curtain once more after it has ended."
  type        = number
  default     = 1
}

# ------------------------------------------------------------------------------------------------------
# The show

variable "channel_id" {
  description = "Streamer's channel in the PRISM service."
  type        = string
  default     = "ch-olive"
}

variable "title" {
  description = "Title of the show."
  type        = string
  default     = "Olive festival"
}

variable "description" {
  description = "Description of the show; null for none."
  type        = string
  default     = null
}

variable "scope" {
  description = "Who can see the show: `PUBLIC`, `LIMITED` or `PRIVATE`."
  type        = string
  default     = "PUBLIC"
}

variable "reserved_at" {
  description = "Time of the show, in RFC 3339, such as `2026-12-31T22:00:00+09:00`; null for the moment of its reservation."
  type        = string
  default     = null
}

# ------------------------------------------------------------------------------------------------------
# The stage

variable "stage_name" {
  description = "Name of the general channel, 3 to 20 characters."
  type        = string
  default     = "olive_stage"
}

variable "edge_profile_id" {
  description = "Profile of Global Edge in which the stage's edge is created; the data source livestation_edge_profiles lists those of the account."
  type        = number
  default     = 11
}

# ------------------------------------------------------------------------------------------------------
# The relay

variable "relay_name" {
  description = "Name of the re-stream channel, 3 to 20 characters."
  type        = string
  default     = "olive_relay"
}

variable "targets" {
  description = "Platforms that receive the feed, by labels of your choice; up to 3, or up to 5 in the larger plan. Adding or removing one replaces the relay."
  type        = map(object({ target_name = string, rtmp_url = string }))
  default = {
    youtube = { target_name = "YOUTUBE", rtmp_url = "rtmp://a.rtmp.youtube.com/live2" }
    chzzk   = { target_name = "CHZZK", rtmp_url = "rtmp://rtmp.chzzk.example/app" }
  }

  validation {
    condition     = length(var.targets) >= 1 && length(var.targets) <= 5
    error_message = "A relay has 1 to 5 targets."
  }
}

variable "stream_keys" {
  description = "Stream keys of the platforms, by the labels of `targets`. The defaults are made up; set real ones in TF_VAR_stream_keys, as JSON."
  type        = map(string)
  sensitive   = true
  default     = { youtube = "made-up-youtube-key", chzzk = "made-up-chzzk-key" }
}

# ------------------------------------------------------------------------------------------------------
# The curtain

variable "filler" {
  description = "Files in Object Storage for the filler: an image, optionally with sound, or videos."
  type        = list(object({ bucket_name = string, file_path = string }))
  default     = [{ bucket_name = "media-bkt", file_path = "/curtain/notice.png" }]
}

variable "curtain_minutes" {
  description = "Minutes after which the curtain ends, 1 to 10."
  type        = number
  default     = 5
}
