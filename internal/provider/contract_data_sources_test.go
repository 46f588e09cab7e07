package provider_test

// dataSourceContracts are the tables of the data sources; contract_test.go explains them.
var dataSourceContracts = map[string]string{
	"livestation_channels": `
channel_name                 string O
channel_status               string O
channels                     list   C
channels.cdn_domain          string C
channels.cdn_instance_no     string C
channels.channel_id          string C
channels.channel_name        string C
channels.channel_status      string C
channels.created_time        string C
channels.env_type            string C
channels.global_publish_url  string C
channels.immediate_on_air    bool   C
channels.instance_no         string C
channels.is_recording        bool   C
channels.is_stream_fail_over bool   C
channels.output_protocol     string C
channels.publish_url         string C
channels.quality_set_id      number C
channels.quality_set_name    string C
channels.recent_publish_time string C
channels.use_dvr             bool   C
`,
	"livestation_service_urls": `
channel_id         string      R
type               string      O
urls               list        C
urls.audio_bitrate number      C
urls.name          string      C
urls.resized_urls  map(string) C
urls.resolution    string      C
urls.url           string      C
urls.video_bitrate number      C
`,
	"livestation_stream_metadata": `
channel_id    string R
audio         object C
audio.bitrate number C
video         object C
video.bitrate number C
video.fps     number C
video.height  number C
video.width   number C
`,
	"livestation_events": `
channel_id         string O
events             list   C
events.channel_id  string C
events.description string C
events.event_code  string C
events.log_level   string C
events.time        string C
`,
	"livestation_recordings": `
channel_id              string R
recordings              list   C
recordings.begin_time   string C
recordings.created_time string C
recordings.delete_time  string C
recordings.file_name    string C
recordings.record_id    string C
recordings.record_type  string C
recordings.resolution   string C
recordings.status       string C
`,
	"prism_channel_lives": `
channel_id                   string R
status                       string O
lives                        list   C
lives.live_id                string C
lives.title                  string C
lives.description            string C
lives.reserved_at            string C
lives.start_at               string C
lives.rtmp_path              string C S
lives.status                 string C
lives.scope                  string C
lives.live_link              string C
lives.live_stat              object C
lives.live_stat.view_count   number C
lives.live_stat.viewer_count number C
lives.live_stat.like_count   number C
lives.live_stat.chat_count   number C
`,
	"livestation_channel": `
channel_id                             string R
alert_on                               bool   C
alert_options                          object C
alert_options.alert_change_status      bool   C
alert_options.alert_re_stream_fail     bool   C
alert_options.alert_stream_fail_over   bool   C
alert_options.alert_vod_upload_fail    bool   C
alert_options.re_stream_fail_threshold number C
backup_stream_key                      string C S
callback_endpoint                      string C S
cdn                                    object C
cdn.cdn_domain                         string C
cdn.cdn_type                           string C
cdn.instance_no                        string C
cdn.profile_id                         string C
cdn.region_type                        string C
cdn.service_name                       string C
cdn.status_name                        string C
channel_name                           string C
channel_status                         string C
created_time                           string C
drm_enabled                            bool   C
env_type                               string C
global_publish_url                     string C
immediate_on_air                       bool   C
ingest_protocol                        string C
instance_no                            string C
is_recording                           bool   C
is_stream_fail_over                    bool   C
output_protocol                        string C
publish_url                            string C
quality_set_id                         number C
quality_set_name                       string C
recent_publish_time                    string C
record                                 object C
record.access_control                  string C
record.bucket_name                     string C
record.file_path                       string C
record.format                          string C
record.type                            string C
snapshot_id                            string C
stream_key                             string C S
timemachine_min                        number C
total_publish_seconds                  number C
upload_path                            string C
use_dvr                                bool   C
`,
	"livestation_quality_profiles": `
gen_type string O
name string O
quality_profiles list C
quality_profiles.quality_profile_id number C
quality_profiles.name string C
quality_profiles.gen_type string C
quality_profiles.type string C
quality_profiles.video object C
quality_profiles.audio object C
quality_profiles.video.bframes number C
quality_profiles.video.bitrate number C
quality_profiles.video.codec string C
quality_profiles.video.fps number C
quality_profiles.video.height number C
quality_profiles.video.orientation string C
quality_profiles.video.profile string C
quality_profiles.video.rate_control string C
quality_profiles.video.width number C
quality_profiles.audio.bitrate number C
quality_profiles.audio.channels number C
quality_profiles.audio.codec string C
quality_profiles.audio.profile string C
quality_profiles.audio.sample_rate number C
`,
	"livestation_quality_sets": `
gen_type string O
name string O
type string O
quality_sets list C
quality_sets.quality_set_id number C
quality_sets.name string C
quality_sets.gen_type string C
quality_sets.low_latency bool C
quality_sets.segment_duration number C
quality_sets.segment_count number C
quality_sets.quality_profile_ids list(number) C
quality_sets.in_use_channel_names list(string) C
`,
	"livestation_edge_profiles": `
name                string O
profiles            list   C
profiles.name       string C
profiles.profile_id number C
`,
	"livestation_edges": `
profile_id              number R
edges                   list   C
edges.domain            string C
edges.instance_no       number C
edges.modify_date       string C
edges.name              string C
edges.region_type       string C
edges.registration_date string C
edges.status            string C
`,
	"livestation_vod2live_channel": `
channel_id string R
channel_name string C
instance_no string C
channel_status string C
env_type string C
output_protocol string C
quality_set_id number C
quality_set_name string C
total_publish_seconds number C
created_time string C
updated_time string C
cdn object C
cdn.cdn_type string C
cdn.instance_no string C
cdn.profile_id string C
cdn.status_name string C
cdn.service_name string C
cdn.cdn_domain string C
cdn.region_type string C
drm object C
drm.site_id string C
drm.content_id string C
schedules list C
schedules.schedule_id number C
schedules.status string C
callback_endpoint string C S
alert_on bool C
alert_options object C
alert_options.alert_change_status bool C
drm_enabled bool C
type string C
`,
	"livestation_vod2live_channels": `
channel_name string O
channel_status string O
channels list C
channels.alert_on bool C
channels.alert_options object C
channels.alert_options.alert_change_status bool C
channels.drm_enabled bool C
channels.type string C
channels.channel_id string C
channels.channel_name string C
channels.instance_no string C
channels.channel_status string C
channels.env_type string C
channels.output_protocol string C
channels.quality_set_id number C
channels.quality_set_name string C
channels.total_publish_seconds number C
channels.created_time string C
channels.updated_time string C
channels.cdn object C
channels.cdn.cdn_type string C
channels.cdn.instance_no string C
channels.cdn.profile_id string C
channels.cdn.status_name string C
channels.cdn.service_name string C
channels.cdn.cdn_domain string C
channels.cdn.region_type string C
channels.drm object C
channels.drm.site_id string C
channels.drm.content_id string C
channels.schedules list C
channels.schedules.schedule_id number C
channels.schedules.status string C
`,
	"livestation_vod2live_schedule": `
schedule_id  number R
channel_id   string C
status       string C
start_time   string C
end_time     string C
created_time string C
updated_time string C
`,
	"livestation_curtain_contents": `
status                   string       O
contents                 list         C
contents.content_id      number       C
contents.file_duration   number       C
contents.file_size       number       C
contents.input           list(string) C
contents.registered_time string       C
contents.status          string       C
contents.updated_time    string       C
`,
	"livestation_restream_channel": `
channel_id                             string R
alert_on                               bool   C
alert_options                          object C
alert_options.alert_change_status      bool   C
alert_options.alert_re_stream_fail     bool   C
alert_options.alert_stream_fail_over   bool   C
alert_options.alert_vod_upload_fail    bool   C
alert_options.re_stream_fail_threshold number C
callback_endpoint                      string C S
channel_name                           string C
channel_status                         string C
created_time                           string C
env_type                               string C
global_publish_url                     string C
instance_no                            string C
is_publishing                          bool   C
plan_type                              string C
platform_count                         number C
publish_url                            string C
recent_publish_time                    string C
restream                               list   C
restream.auth_id                       string C
restream.auth_password                 string C S
restream.bytes_per_second              number C
restream.bytes_total_trans             number C
restream.connect_status                string C
restream.platform_id                   string C
restream.rtmp_url                      string C
restream.stream_key                    string C S
restream.target_name                   string C
restream.total_play_seconds            number C
restream.total_retry_count             number C
stream_key                             string C S
total_publish_seconds                  number C
`,
	"livestation_restream_channels": `
channel_name                                    string O
channel_status                                  string O
channels                                        list   C
channels.alert_on                               bool   C
channels.alert_options                          object C
channels.alert_options.alert_change_status      bool   C
channels.alert_options.alert_re_stream_fail     bool   C
channels.alert_options.alert_stream_fail_over   bool   C
channels.alert_options.alert_vod_upload_fail    bool   C
channels.alert_options.re_stream_fail_threshold number C
channels.callback_endpoint                      string C S
channels.channel_id                             string C
channels.channel_name                           string C
channels.channel_status                         string C
channels.created_time                           string C
channels.env_type                               string C
channels.global_publish_url                     string C
channels.instance_no                            string C
channels.is_publishing                          bool   C
channels.plan_type                              string C
channels.platform_count                         number C
channels.publish_url                            string C
channels.recent_publish_time                    string C
channels.stream_key                             string C S
channels.total_publish_seconds                  number C
`,
	"livestation_restream_events": `
channel_id         string R
events             list   C
events.description string C
events.event_code  string C
events.log_level   string C
events.time        string C
`,
	"livestation_restream_publish_log": `
channel_id         string R
events             list   C
events.description string C
events.event_code  string C
events.log_level   string C
events.time        string C
`,
	"prism_channel": `
channel_id             string R
channel_description    string C
channel_enabled        bool   C
channel_follower_count number C
channel_link           string C
channel_name           string C
channel_tags           string C
channel_thumbnail_url  string C
user_name              string C
`,
	"prism_channels": `
channels                        list   C
channels.channel_description    string C
channels.channel_enabled        bool   C
channels.channel_follower_count number C
channels.channel_id             string C
channels.channel_link           string C
channels.channel_name           string C
channels.channel_tags           string C
channels.channel_thumbnail_url  string C
user_name                       string C
`,
	"prism_live": `
live_id                string R
channel_id             string C
description            string C
live_link              string C
live_stat              object C
live_stat.chat_count   number C
live_stat.like_count   number C
live_stat.view_count   number C
live_stat.viewer_count number C
reserved_at            string C
rtmp_path              string C S
scope                  string C
start_at               string C
status                 string C
title                  string C
`,
	"prism_user": `
profile_thumbnail string C
user_id           string C
user_name         string C
`,
}
