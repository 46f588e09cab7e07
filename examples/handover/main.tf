# A handover: the evening show goes off and the late show goes on, on the same channel, in one apply.

terraform {
  required_version = ">= 1.0"

  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# The endpoint and the token come from the environment: PRISM_ENDPOINT and PRISM_ACCESS_TOKEN.
provider "livestation" {}

variable "show" {
  description = "Show to put on air: `evening`, `late` or `none`."
  type        = string
  default     = "evening"
  nullable    = false

  validation {
    condition     = contains(["evening", "late", "none"], var.show)
    error_message = "The show is evening, late or none."
  }
}

variable "evening_live_id" {
  description = "Id of the live reserved for the evening show."
  type        = string
  default     = "900017"
}

variable "late_live_id" {
  description = "Id of the live reserved for the late show, on the same channel."
  type        = string
  default     = "900018"
}

resource "prism_live_session" "evening" {
  provider = livestation

  live_id = var.evening_live_id
  on_air  = var.show == "evening"
}

# A channel can have one live on air. depends_on makes the stop of the evening show come first; without it both
# would begin at once, and the late show would be refused if its start came first.
resource "prism_live_session" "late" {
  provider   = livestation
  depends_on = [prism_live_session.evening]

  live_id = var.late_live_id
  on_air  = var.show == "late"
}

output "watch" {
  description = "Page where viewers watch the selected show; null for `none`."
  value = {
    evening = prism_live_session.evening.live_link
    late    = prism_live_session.late.live_link
    none    = null
  }[var.show]
}
