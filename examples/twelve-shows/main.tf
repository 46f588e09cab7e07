# Twelve shows on six channels: a map lists the shows, and `on_air` those that are running.

terraform {
  required_version = ">= 1.3" # for optional attributes

  required_providers {
    livestation = {
      source = "ncloud-live/livestation"
    }
  }
}

# The endpoint and the token come from the environment: PRISM_ENDPOINT and PRISM_ACCESS_TOKEN.
provider "livestation" {}

resource "prism_live" "show" {
  provider = livestation
  for_each = var.shows

  channel_id  = each.value.channel_id
  title       = each.value.title
  reserved_at = each.value.reserved_at
}

resource "prism_live_session" "show" {
  provider = livestation
  for_each = var.shows

  live_id  = prism_live.show[each.key].live_id
  on_air   = contains(var.on_air, each.key)
  triggers = { run = lookup(var.runs, each.key, 1) }

  # The start may close only the show that this one follows on its channel.
  replaces_live_id = each.value.follows == null ? null : prism_live.show[each.value.follows].live_id
}

output "watch" {
  description = "Page for viewers, by show."
  value       = { for show, session in prism_live_session.show : show => session.live_link }

  precondition {
    condition     = alltrue([for show in var.on_air : contains(keys(var.shows), show)])
    error_message = "One of ${join(", ", var.on_air)} is not in the map of shows."
  }

  precondition {
    condition     = length(var.on_air) == length(distinct([for show in var.on_air : try(var.shows[show].channel_id, show)]))
    error_message = "Of ${join(", ", var.on_air)}, two are on one channel, which can have one show on air."
  }
}
