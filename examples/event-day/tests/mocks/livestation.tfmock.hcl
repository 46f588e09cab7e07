# Believable answers for every resource and data source of the provider, to test a module without any service:
#
#   mock_provider "livestation" {
#     source = "./tests/mocks" # the folder of this file
#   }
#
# One world throughout: show 900017 of channel ch-olive is on air, and so are the relay with its two targets and
# the general channel, over which a curtain hangs. A mock knows no state: where a test needs another one, it says
# so with override_resource or override_data. No secret here is real.
#
# Terraform makes no elements for a computed list of objects, so lives, targets and the like are empty; what stands
# here for them goes into each element that there is. OpenTofu reads no mock files; see mocks.tofutest.hcl.

# ----------------------------------------------------------------------------------------------------------
# PRISM

mock_resource "prism_live" {
  defaults = {
    id          = "900017"
    live_id     = "900017"
    live_link   = "https://stream.example/l/900017"
    reserved_at = "2026-12-31T22:00:00+09:00"
    description = null
    scope       = "PUBLIC"
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
    on_air             = true
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

mock_data "prism_channel_lives" {
  defaults = {
    lives = {
      live_id     = "900017"
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
}

mock_data "prism_channel" {
  defaults = {
    user_name              = "mina"
    channel_name           = "Olive TV"
    channel_enabled        = true
    channel_link           = "https://stream.example/c/ch-olive"
    channel_description    = "Cooking in the open air"
    channel_tags           = "cook;talk"
    channel_thumbnail_url  = "https://stream.example/c/ch-olive.png"
    channel_follower_count = 812
  }
}

mock_data "prism_channels" {
  defaults = {
    user_name = "mina"
    channels = {
      channel_id             = "ch-olive"
      channel_name           = "Olive TV"
      channel_enabled        = true
      channel_link           = "https://stream.example/c/ch-olive"
      channel_description    = "Cooking in the open air"
      channel_tags           = "cook;talk"
      channel_thumbnail_url  = "https://stream.example/c/ch-olive.png"
      channel_follower_count = 812
    }
  }
}

mock_data "prism_user" {
  defaults = {
    user_id           = "u-1"
    user_name         = "mina"
    profile_thumbnail = "https://stream.example/u/u-1.png"
  }
}

# ----------------------------------------------------------------------------------------------------------
# Live Station

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
    restream           = { platform_id = "7001" }
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

mock_resource "livestation_default_callback" {
  defaults = {
    id = "default"
  }
}

mock_data "livestation_vod2live_channel" {
  defaults = {
    channel_name          = "olive_shows"
    instance_no           = "20111223"
    channel_status        = "READY"
    env_type              = "REAL"
    output_protocol       = "HLS"
    quality_set_id        = 3
    quality_set_name      = "1080p"
    total_publish_seconds = 0
    created_time          = "2026-01-02T03:04:05Z"
    updated_time          = "2026-01-02T03:04:05Z"
    cdn                   = null
    drm                   = null
    schedules             = []
    callback_endpoint     = null
    type                  = "VOD"
    drm_enabled           = false
    alert_on              = false
    alert_options         = null
  }
}

mock_data "livestation_vod2live_channels" {
  defaults = {
    channels = []
  }
}

mock_data "livestation_vod2live_schedule" {
  defaults = {
    channel_id   = "ls-20260102030405-Vd2Lv"
    status       = "READY"
    start_time   = "2026-12-31T11:00:00Z"
    end_time     = "2026-12-31T12:00:00Z"
    created_time = "2026-01-02T03:04:05Z"
    updated_time = "2026-01-02T03:04:05Z"
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

mock_resource "livestation_vod2live_channel" {
  defaults = {
    id                = "ls-20260102030405-Vd2Lv"
    channel_id        = "ls-20260102030405-Vd2Lv"
    instance_no       = "20111223"
    env_type          = "REAL"
    output_protocol   = "HLS"
    quality_set_name  = "1080p"
    callback_endpoint = null
    enabled           = true
    force_destroy     = false
    created_time      = "2026-01-02T03:04:05Z"
  }
}

mock_resource "livestation_vod2live_schedule" {
  defaults = {
    id           = "3301"
    schedule_id  = 3301
    created_time = "2026-01-02T03:04:05Z"
  }
}

mock_resource "livestation_curtain" {
  defaults = {
    id              = "ls-20260102030405-Gn7Ch/1798723200000"
    insert_time     = 3
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
    restream = {
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
    }
  }
}

mock_data "livestation_restream_channels" {
  defaults = {
    channels = {
      channel_id            = "ls-20260102030405-Zx9Qa"
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
    }
  }
}

mock_data "livestation_restream_events" {
  defaults = {
    events = {
      log_level   = "INFO"
      event_code  = "STREAM_UPDATE"
      description = "Stream updated"
      time        = "2026-12-31T12:58:04Z"
    }
  }
}

mock_data "livestation_restream_publish_log" {
  defaults = {
    events = {
      log_level   = "INFO"
      event_code  = "PUBLISH_START"
      description = "Publishing started"
      time        = "2026-12-31T12:58:00Z"
    }
  }
}

mock_data "livestation_channels" {
  defaults = {
    channels = {
      channel_id          = "ls-20260102030405-Gn7Ch"
      channel_name        = "olive_live"
      instance_no         = "23594001"
      channel_status      = "PUBLISHING"
      env_type            = "REAL"
      output_protocol     = "HLS"
      quality_set_id      = 3
      quality_set_name    = "1080p-16-9"
      is_recording        = false
      use_dvr             = false
      immediate_on_air    = false
      is_stream_fail_over = false
      publish_url         = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      global_publish_url  = "rtmp://rtmp-ls2-k1.video.media.ntruss.com:8080/relay"
      recent_publish_time = "2026-12-31T12:30:00Z"
      created_time        = "2026-01-02T03:04:05Z"
      cdn_instance_no     = "23594002"
      cdn_domain          = "olive.edge.example"
    }
  }
}

mock_data "livestation_service_urls" {
  defaults = {
    urls = {
      name          = "1080p-16-9"
      url           = "https://olive.edge.example/live/playlist.m3u8"
      resolution    = "1920x1080"
      video_bitrate = 5000000
      audio_bitrate = 192000
      resized_urls  = null
    }
  }
}

mock_data "livestation_stream_metadata" {
  defaults = {
    video = { width = 1920, height = 1080, fps = 30, bitrate = 5000000 }
    audio = { bitrate = 192000 }
  }
}

mock_data "livestation_events" {
  defaults = {
    events = {
      channel_id  = "ls-20260102030405-Gn7Ch"
      log_level   = "INFO"
      event_code  = "PUBLISH_START"
      description = "olive_live channel publishing has started."
      time        = "2026-12-31T12:30:00Z"
    }
  }
}

mock_data "livestation_recordings" {
  defaults = {
    recordings = {
      record_id    = "1001"
      record_type  = "MP4"
      status       = "TRANSFER_FINISH"
      begin_time   = "2026-12-31T12:30:00Z"
      created_time = "2026-12-31T12:30:00Z"
      delete_time  = "2027-01-03T12:30:00Z"
      resolution   = "1920x1080"
      file_name    = "olive.mp4"
    }
  }
}

mock_data "livestation_channel" {
  defaults = {
    channel_name          = "olive_live"
    instance_no           = "23594001"
    channel_status        = "PUBLISHING"
    env_type              = "REAL"
    output_protocol       = "HLS"
    ingest_protocol       = null
    drm_enabled           = null
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
      region_type  = "KOREA"
      status_name  = "RUNNING"
      service_name = "olive-edge"
      cdn_domain   = "olive.edge.example"
    }
  }
}

mock_data "livestation_quality_profiles" {
  defaults = {
    quality_profiles = {
      quality_profile_id = 3102
      name               = "hd-720"
      gen_type           = "CUSTOM"
      type               = "NORMAL"
      video = {
        codec        = "H264"
        profile      = "HIGH"
        width        = 1280
        height       = 720
        fps          = 30
        bitrate      = 2500000
        rate_control = "VBR"
        bframes      = 0
        orientation  = "FIX"
      }
      audio = {
        codec       = "AAC"
        profile     = "LC"
        sample_rate = 44100
        channels    = 2
        bitrate     = 128
      }
    }
  }
}

mock_data "livestation_quality_sets" {
  defaults = {
    quality_sets = {
      quality_set_id       = 4501
      name                 = "show-hls"
      gen_type             = "CUSTOM"
      low_latency          = false
      segment_duration     = 2000
      segment_count        = 3
      quality_profile_ids  = [3102]
      in_use_channel_names = ["olive_live"]
    }
  }
}

mock_data "livestation_edge_profiles" {
  defaults = {
    profiles = { profile_id = 2101, name = "olive" }
  }
}

mock_data "livestation_edges" {
  defaults = {
    edges = {
      instance_no       = 23594002
      name              = "olive-edge"
      domain            = "olive.edge.example"
      region_type       = "KOREA"
      status            = "RUNNING"
      registration_date = "2026-12-30T04:05:06Z"
      modify_date       = "2026-12-30T04:06:11Z"
    }
  }
}

mock_data "livestation_curtain_contents" {
  defaults = {
    contents = {
      content_id      = 512
      status          = "READY"
      input           = ["media-bkt/curtain/notice.png"]
      file_size       = 1843200
      file_duration   = 300
      registered_time = "2026-12-30T04:05:06Z"
      updated_time    = "2026-12-30T04:06:11Z"
    }
  }
}
