# The phases against the simulator, which must run at this address:
#
#   go run ./cmd/livestation-simulator -seed demo -addr 127.0.0.1:8917 -edge-addr 127.0.0.1:8918
#
# The provider block below overrides the environment: these runs start lives and
# create channels, and must never reach a real service. Its credentials are valid only for the simulator.

provider "livestation" {
  access_key    = "SIMULATORACCESSKEY01"
  secret_key    = "simulator-secret-key-of-no-value-0123456"
  endpoint      = "http://127.0.0.1:8917"
  edge_endpoint = "http://127.0.0.1:8918"

  prism = {
    endpoint     = "http://127.0.0.1:8917"
    access_token = "at-simulator-access-token-0001"
  }
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

  # No encoder sends to the simulator here.
  expect_failures = [check.stage_has_feed, check.relay_has_feed]

  assert {
    condition     = prism_live_session.show.on_air && prism_live_session.show.status == "ON_AIR"
    error_message = "The show is not on air."
  }
  assert {
    condition     = [for live in data.prism_channel_lives.programme.lives : live.live_id if live.status == "ON_AIR"] == [output.live_id]
    error_message = "The show, and nothing else, must be on air on the channel."
  }
}

# A curtain is refused while no encoder sends to the stage, so it is only planned. `make rehearse` takes a real encoder.
run "interruption" {
  command = plan

  variables {
    phase           = "on_air"
    curtain         = true
    curtain_minutes = 7
  }

  expect_failures = [check.stage_has_feed, check.relay_has_feed]

  assert {
    condition     = livestation_curtain.break[0].insert_time == 7
    error_message = "The curtain stays for another time."
  }
  assert {
    condition     = livestation_curtain.break[0].content_ids == tolist([livestation_curtain_content.filler.content_id])
    error_message = "The curtain must show the filler."
  }
  assert {
    condition     = livestation_curtain.break[0].channel_id == livestation_channel.stage.channel_id
    error_message = "The curtain must go over the stage."
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
    condition     = output.relay_channel_id != null && output.stage_channel_id != null
    error_message = "Stage and relay stay until they are destroyed."
  }
  assert {
    condition     = length(data.livestation_restream_channel.relay) + length(data.livestation_channel.stage) == 0
    error_message = "In wrap, nothing is looked at that could get in the way of the stop."
  }
  assert {
    condition     = prism_live_session.show.status != "ON_AIR"
    error_message = "The show is still on air."
  }
}

run "unknown_phase" {
  command = plan

  variables {
    phase = "encore"
  }

  expect_failures = [var.phase]
}
