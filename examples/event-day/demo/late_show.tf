# Only `make demo` takes this file in, beside those of the folder above: somebody else's show on the same
# channel, to see that its start does not cut ours.

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
