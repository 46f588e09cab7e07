# For OpenTofu, which reads this file instead of mocks.tftest.hcl. It does not read mock files, so the mocks that this example needs are
# here, without configured attributes, which OpenTofu does not allow in a mock. The runs are
# the same, plus one: OpenTofu can mock the elements of a list.

mock_provider "livestation" {
  mock_resource "prism_live" {
    defaults = {
      id          = "900017"
      live_id     = "900017"
      live_link   = "https://stream.example/l/900017"
      reserved_at = "2026-12-31T22:00:00+09:00"
      description = null
    }
  }

  mock_resource "prism_live_session" {
    defaults = {
      id                 = "900017"
      channel_id         = "ch-olive"
      title              = "Olive festival"
      description        = null
      scope              = "PUBLIC"
      reserved_at        = "2026-12-31T22:00:00+09:00"
      start_at           = "2026-12-31T21:59:40+09:00"
      status             = "ON_AIR"
      restart_when_ended = false
      live_link          = "https://stream.example/l/900017"
      rtmp_path          = "rtmp://ingest.stream.example/live/made-up-900017"
    }
  }

  mock_data "prism_live" {
    defaults = {
      channel_id  = "ch-olive"
      title       = "Olive festival"
      description = null
      scope       = "PUBLIC"
      status      = "ON_AIR"
      reserved_at = "2026-12-31T22:00:00+09:00"
      start_at    = "2026-12-31T21:59:40+09:00"
      rtmp_path   = "rtmp://ingest.stream.example/live/made-up-900017"
      live_link   = "https://stream.example/l/900017"
      live_stat   = { view_count = 5120, viewer_count = 812, like_count = 430, chat_count = 1288 }
    }
  }

  mock_resource "livestation_restream_channel" {
    defaults = {
      id                 = "ls-20260102030405-Zx9Qa"
      channel_id         = "ls-20260102030405-Zx9Qa"
      instance_no        = "23594174"
      env_type           = "REAL"
      stream_key         = "made-up-ingest-key"
      publish_url        = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      global_publish_url = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      callback_endpoint  = null
      created_time       = "2026-01-02T03:04:05Z"
    }
  }

  mock_resource "livestation_quality_profile" {
    defaults = {
      id                 = "3102"
      quality_profile_id = 3102
      type               = "NORMAL"
    }
  }

  mock_resource "livestation_quality_set" {
    defaults = {
      id             = "4501"
      quality_set_id = 4501
      low_latency    = false
    }
  }

  mock_resource "livestation_channel" {
    defaults = {
      id                  = "ls-20260102030405-Gn7Ch"
      channel_id          = "ls-20260102030405-Gn7Ch"
      instance_no         = "20111222"
      env_type            = "REAL"
      output_protocol     = "HLS"
      ingest_protocol     = "RTMP"
      quality_set_name    = "1080p"
      use_dvr             = false
      immediate_on_air    = false
      record              = { type = "NO_RECORD", format = null, bucket_name = null, file_path = null, access_control = null }
      is_stream_fail_over = false
      callback_endpoint   = null
      enabled             = true
      force_destroy       = false
      stream_key          = "g-0123456789abcdef"
      backup_stream_key   = null
      publish_url         = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      global_publish_url  = "rtmp://rtmp-ls2-g1.video.media.ntruss.com:8080/relay"
      created_time        = "2026-01-02T03:04:05Z"
    }
  }

  mock_resource "livestation_curtain_content" {
    defaults = {
      id              = "512"
      content_id      = 512
      status          = "READY"
      file_size       = 1843200
      file_duration   = 300
      registered_time = "2026-12-30T04:05:06Z"
    }
  }

  mock_resource "livestation_curtain" {
    defaults = {
      id              = "ls-20260102030405-Gn7Ch/1798723200000"
      is_live_curtain = true
      started_at      = "2026-12-31T13:20:00Z"
      ends_at         = "2026-12-31T13:23:00Z"
    }
  }

  mock_data "livestation_restream_channel" {
    defaults = {
      channel_name          = "olive_relay"
      instance_no           = "23594174"
      channel_status        = "PUBLISHING"
      is_publishing         = true
      stream_key            = "made-up-ingest-key"
      publish_url           = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      global_publish_url    = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      plan_type             = "STANDARD"
      env_type              = "REAL"
      platform_count        = 2
      total_publish_seconds = 1220
      recent_publish_time   = "2026-12-31T12:58:00Z"
      created_time          = "2026-01-02T03:04:05Z"
      callback_endpoint     = null
      alert_on              = false
      alert_options = {
        alert_change_status      = false
        alert_vod_upload_fail    = false
        alert_re_stream_fail     = false
        alert_stream_fail_over   = false
        re_stream_fail_threshold = null
      }
      restream = [{
        platform_id        = "7001"
        target_name        = "YOUTUBE"
        rtmp_url           = "rtmp://a.rtmp.youtube.com/live2"
        stream_key         = "made-up-youtube-key"
        auth_id            = null
        auth_password      = null
        connect_status     = "PUBLISHING"
        bytes_per_second   = 750000
        total_retry_count  = 0
        bytes_total_trans  = 915000000
        total_play_seconds = 1220
      }]
    }
  }

  mock_data "livestation_channel" {
    defaults = {
      channel_name          = "olive_live"
      instance_no           = "23594001"
      channel_status        = "PUBLISHING"
      env_type              = "REAL"
      output_protocol       = "HLS"
      quality_set_id        = 3
      quality_set_name      = "1080p-16-9"
      is_recording          = false
      use_dvr               = false
      timemachine_min       = 0
      immediate_on_air      = false
      upload_path           = null
      snapshot_id           = null
      publish_url           = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      global_publish_url    = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      stream_key            = "made-up-general-key"
      backup_stream_key     = null
      is_stream_fail_over   = false
      total_publish_seconds = 86400
      recent_publish_time   = "2026-12-31T12:30:00Z"
      created_time          = "2026-01-02T03:04:05Z"
      callback_endpoint     = null
      alert_on              = false
      alert_options = {
        alert_change_status      = false
        alert_vod_upload_fail    = false
        alert_re_stream_fail     = false
        alert_stream_fail_over   = false
        re_stream_fail_threshold = null
      }
      record = { type = "NO_RECORD", format = null, bucket_name = null, file_path = null, access_control = null }
      cdn = {
        cdn_type     = "GLOBAL_EDGE"
        instance_no  = "23594002"
        profile_id   = "2101"
        status_name  = "RUNNING"
        service_name = "olive-edge"
        cdn_domain   = "olive.edge.example"
        region_type  = "KOREA"
      }
    }
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

run "a_target_that_fails_is_reported" {
  variables {
    phase = "on_air"
  }

  override_data {
    target = data.livestation_restream_channel.relay
    values = {
      is_publishing = true
      restream = [{
        platform_id        = "7002"
        target_name        = "CHZZK"
        rtmp_url           = "rtmp://rtmp.chzzk.example/app"
        stream_key         = "made-up-chzzk-key"
        auth_id            = null
        auth_password      = null
        connect_status     = "FAIL"
        bytes_per_second   = 0
        total_retry_count  = 40
        bytes_total_trans  = 0
        total_play_seconds = 0
      }]
    }
  }

  expect_failures = [check.relay_reaches_targets]
}
