# The defaults are what the simulator has with `-seed demo`.

variable "channel_id" {
  description = "Streamer's channel in the PRISM service, to which both shows belong."
  type        = string
  default     = "ch-olive"
}

variable "evening_live_id" {
  description = "Live that was reserved for the evening show."
  type        = string
  default     = "900017"
}

variable "evening_run" {
  description = "Count it up to put the evening show back on air after it has ended."
  type        = number
  default     = 1
}

variable "late_live_id" {
  description = "Live that was reserved for the late show."
  type        = string
  default     = "900018"
}

variable "late_show" {
  description = "Whether the late show starts. It is refused while the evening show is on air."
  type        = bool
  default     = false
}

variable "relay" {
  description = "Whether there is a re-stream channel. On the real service it is billed from its creation to its end."
  type        = bool
  default     = true
}

variable "youtube_url" {
  description = "Ingest address that YouTube gives, without the stream key."
  type        = string
  default     = "rtmp://a.rtmp.youtube.com/live2"
}

variable "youtube_key" {
  description = "Stream key that YouTube gives. The default is made up; hand in a real one as TF_VAR_youtube_key."
  type        = string
  sensitive   = true
  default     = "made-up-youtube-key"
}

variable "chzzk_url" {
  description = "Ingest address that CHZZK gives, without the stream key."
  type        = string
  default     = "rtmp://rtmp.chzzk.example/app"
}

variable "chzzk_key" {
  description = "Stream key that CHZZK gives. The default is made up; hand in a real one as TF_VAR_chzzk_key."
  type        = string
  sensitive   = true
  default     = "made-up-chzzk-key"
}

variable "curtain" {
  description = "Whether a curtain is laid. Its channel must be on air."
  type        = bool
  default     = false
}

variable "curtain_channel_id" {
  description = "General channel of Live Station over which the curtain is laid."
  type        = string
  default     = "ls-20260102030405-Gn7Ch"
}

variable "curtain_content_ids" {
  description = "Curtain contents to show, in this order, 1 to 10."
  type        = list(number)
  default     = [512, 513]
}

variable "curtain_minutes" {
  description = "Minutes after which the curtain ends by itself, 1 to 10."
  type        = number
  default     = 5
}
