variable "on_air" {
  description = "Keys of the shows that are to be on air."
  type        = set(string)
  default     = []
  nullable    = false
}

variable "runs" {
  description = "Count a show up, as in { gaming-late = 2 }, to start it again after it has ended."
  type        = map(number)
  default     = {}
  nullable    = false
}

variable "shows" {
  description = "The shows, by a key of your choice. A key stays: another key is another live."
  type = map(object({
    channel_id  = string
    title       = string
    reserved_at = string
    follows     = optional(string) # key of the show before it on the same channel
  }))
  nullable = false
}
