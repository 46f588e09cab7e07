# Only `make demo` adds this file to those of the folder above: someone else's show on the same channel,
# to show that its start does not cut ours.

variable "late_show" {
  description = "Whether the late show starts. It is refused while another show is on air."
  type        = bool
  default     = false
}

resource "prism_live_session" "late" {
  provider = livestation
  count    = var.late_show ? 1 : 0

  live_id = "900018"
}
