# The phases without any service. Run with `terraform test -filter=tests/mocks.tftest.hcl`.

mock_provider "livestation" {
  source = "./tests/mocks"
}

run "rehearsal" {
  assert {
    condition     = !prism_live_session.show.on_air
    error_message = "In rehearsal the show is ordered off air."
  }
  assert {
    condition     = prism_live_session.show.live_id == prism_live.show.live_id
    error_message = "The session is not of the live that was reserved."
  }
  assert {
    condition     = keys(livestation_restream_channel.relay.restream) == tolist(["chzzk", "youtube"])
    error_message = "The relay must have the two targets."
  }
  assert {
    condition     = livestation_restream_channel.relay.restream["youtube"].stream_key == var.stream_keys["youtube"]
    error_message = "A target got the key of another."
  }
  assert {
    condition     = livestation_restream_channel.relay.plan_type == "STANDARD"
    error_message = "Two targets need no larger plan."
  }
  assert {
    condition     = length(livestation_curtain.break) == 0
    error_message = "There is no curtain before the show."
  }
}

run "no_curtain_before_the_show" {
  variables {
    curtain = true
  }

  assert {
    condition     = length(livestation_curtain.break) == 0
    error_message = "A curtain was laid in rehearsal."
  }
}

run "on_air" {
  variables {
    phase = "on_air"
  }

  assert {
    condition     = prism_live_session.show.on_air && prism_live_session.show.status == "ON_AIR"
    error_message = "The show is not on air."
  }
  assert {
    condition     = output.live_id == "900017" && output.relay_channel_id == "ls-20260102030405-Zx9Qa" && output.stage_channel_id == "ls-20260102030405-Gn7Ch"
    error_message = "Going on air must change neither the live nor the channels."
  }
}

run "interruption" {
  variables {
    phase           = "on_air"
    curtain         = true
    curtain_minutes = 7
  }

  assert {
    condition     = livestation_curtain.break[0].is_live_curtain && livestation_curtain.break[0].insert_time == 7
    error_message = "The curtain is not on."
  }
  assert {
    condition     = livestation_curtain.break[0].content_ids == tolist([livestation_curtain_content.filler.content_id])
    error_message = "The curtain must show the filler."
  }
  assert {
    condition     = livestation_curtain.break[0].channel_id == livestation_channel.stage.channel_id
    error_message = "The curtain must go over the stage."
  }
  assert {
    condition     = can(formatdate("hh:mm", output.curtain_ends_at))
    error_message = "The curtain's end is no time: ${output.curtain_ends_at}"
  }
}

run "wrap" {
  variables {
    phase   = "wrap"
    curtain = true # in wrap it is off all the same
  }

  assert {
    condition     = !prism_live_session.show.on_air && length(livestation_curtain.break) == 0
    error_message = "After the show, the live is ordered off air, and the curtain is off."
  }
  assert {
    condition     = output.relay_channel_id == "ls-20260102030405-Zx9Qa" && output.stage_channel_id == "ls-20260102030405-Gn7Ch"
    error_message = "Stage and relay stay until they are destroyed."
  }
  assert {
    condition     = length(data.livestation_restream_channel.relay) + length(data.livestation_channel.stage) == 0
    error_message = "In wrap, nothing is looked at that could get in the way of the stop."
  }
}

run "unknown_phase" {
  command = plan

  variables {
    phase = "encore"
  }

  expect_failures = [var.phase]
}

# What the checks report, each with its own overrides.

run "a_finished_show_is_reported" {
  variables {
    phase = "on_air"
  }

  override_data {
    target = data.prism_live.show
    values = { status = "END" }
  }

  expect_failures = [check.show_is_on_air]
}

run "a_relay_without_feed_is_reported" {
  variables {
    phase = "on_air"
  }

  override_data {
    target = data.livestation_restream_channel.relay
    values = { is_publishing = false }
  }

  expect_failures = [check.relay_has_feed]
}

run "a_stage_without_feed_is_reported" {
  variables {
    phase = "on_air"
  }

  override_data {
    target = data.livestation_channel.stage
    values = { channel_status = "READY" }
  }

  expect_failures = [check.stage_has_feed]
}

run "four_targets_need_the_larger_plan" {
  variables {
    targets = {
      for label in ["a", "b", "c", "d"] : label => { target_name = "CUSTOM", rtmp_url = "rtmps://${label}.example/live" }
    }
    stream_keys = { a = "made-up-a", b = "made-up-b", c = "made-up-c", d = "made-up-d" }
  }

  assert {
    condition     = livestation_restream_channel.relay.plan_type == "PROFESSIONAL"
    error_message = "The smaller plan takes three targets."
  }
}
