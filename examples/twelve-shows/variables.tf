variable "on_air" {
  description = "Keys of the shows to put on air."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "runs" {
  description = "Increase a show's number, as in { gaming-late = 2 }, to start it again after it has ended."
  type        = map(number)
  default     = {}
  nullable    = false
}

variable "shows" {
  description = "The shows, by keys of your choice. Keep each key: a new key is a new live."
  type = map(object({
    channel_id  = string
    title       = string
    reserved_at = string
    follows     = optional(string) # key of the show before it on the same channel
  }))
  nullable = false
}
