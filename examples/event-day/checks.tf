# A failed check is a warning in each plan and apply, and blocks nothing. The data sources stand outside the checks:
# inside, they would make each plan of an undisturbed day look like a change. In phase wrap the relay and the stage
# are not read, because a failed read would block the stop.

data "prism_live" "show" {
  provider   = livestation
  depends_on = [prism_live_session.show] # after a start or stop, not before

  live_id = prism_live.show.live_id
}

data "livestation_restream_channel" "relay" {
  count = var.phase == "wrap" ? 0 : 1

  channel_id = livestation_restream_channel.relay.channel_id
}

data "livestation_channel" "stage" {
  count = var.phase == "wrap" ? 0 : 1

  channel_id = livestation_channel.stage.channel_id
}

locals {
  relay_failures = flatten([
    for relay in data.livestation_restream_channel.relay : [
      for target in relay.restream : "${target.target_name} at ${target.rtmp_url}" if target.connect_status == "FAIL"
    ]
  ])
}

check "show_is_on_air" {
  assert {
    condition     = var.phase != "on_air" || data.prism_live.show.status == "ON_AIR"
    error_message = "The phase is on_air, and live ${prism_live.show.live_id} is not. To put a show that has ended back on air, increase run."
  }
}

check "relay_has_feed" {
  assert {
    condition     = alltrue([for relay in data.livestation_restream_channel.relay : coalesce(relay.is_publishing, false) || var.phase != "on_air"])
    error_message = "The phase is on_air, and no encoder sends to relay ${livestation_restream_channel.relay.channel_id}."
  }
}

check "relay_reaches_targets" {
  assert {
    condition     = length(local.relay_failures) == 0
    error_message = "The relay fails to ${join(", ", local.relay_failures)}. Look at that platform, and at its stream key."
  }
}

check "stage_has_feed" {
  assert {
    condition     = alltrue([for stage in data.livestation_channel.stage : stage.channel_status == "PUBLISHING" || var.phase != "on_air"])
    error_message = "The phase is on_air, and no encoder sends to stage ${livestation_channel.stage.channel_id}: viewers see nothing there, and no curtain can be laid."
  }
}
