package provider_test

// resourceContracts are the tables of the resources; contract_test.go explains them.
var resourceContracts = map[string]string{
	"livestation_channel": `
channel_name          string R
env_type              string O C
output_protocol       string O C
ingest_protocol       string O C
quality_set_id        number R
cdn                   object R
cdn.profile_id        number O
cdn.region_type       string O
cdn.instance_no       number O C
cdn.domain            string O C
cdn.service_name      string C
cdn.type              string O C
cdn.delete_edge       bool   O C
use_dvr               bool   O C
immediate_on_air      bool   O C
record                object O C
record.type           string O C
record.format         string O
record.bucket_name    string O
record.file_path      string O
record.access_control string O
is_stream_fail_over   bool   O C
drm                   object O
drm.site_id           string R
drm.content_id        string R
callback_endpoint     string O C S
enabled               bool   O C
force_destroy         bool   O C
timeouts              object O
timeouts.create       string O
timeouts.read         string O
timeouts.update       string O
timeouts.delete       string O
id                    string C
channel_id            string C
instance_no           string C
quality_set_name      string C
stream_key            string C S
backup_stream_key     string C S
publish_url           string C
global_publish_url    string C
created_time          string C
`,
	"livestation_restream_channel": `
channel_name                      string R
plan_type                         string R
env_type                          string O C
restream                          map    R
restream.target_name              string R
restream.rtmp_url                 string R
restream.stream_key               string O S
restream.stream_key_wo            string O S W
restream.stream_key_wo_version    number O
restream.auth_id                  string O
restream.auth_password            string O S
restream.auth_password_wo         string O S W
restream.auth_password_wo_version number O
restream.platform_id              string C
callback_endpoint                 string O C S
timeouts                          object O
timeouts.create                   string O
timeouts.read                     string O
timeouts.update                   string O
timeouts.delete                   string O
id                                string C
channel_id                        string C
instance_no                       string C
stream_key                        string C S
publish_url                       string C
global_publish_url                string C
created_time                      string C
`,
	"livestation_quality_profile": `
name string R
type string O C
video object O
audio object R
video.bframes number O C
video.bitrate number R
video.codec string O C
video.fps number R
video.height number R
video.orientation string O C
video.profile string R
video.rate_control string O C
video.width number R
audio.bitrate number R
audio.channels number R
audio.codec string O C
audio.profile string O C
audio.sample_rate number R
timeouts object O
timeouts.create string O
timeouts.delete string O
id string C
quality_profile_id number C
`,
	"livestation_quality_set": `
name string R
quality_profile_ids set(number) R
low_latency bool O C
segment_duration number O
segment_count number O
timed_metadata object O
timed_metadata.header string R
timed_metadata.interval number R
timed_metadata.key string R
timeouts object O
timeouts.create string O
timeouts.update string O
timeouts.delete string O
id string C
quality_set_id number C
`,
	"livestation_curtain": `
channel_id      string       R
content_ids     list(number) R
insert_time     number       O C
triggers        map(string)  O
timeouts        object       O
timeouts.create string       O
timeouts.delete string       O
id              string       C
is_live_curtain bool         C
started_at      string       C
ends_at         string       C
`,
	"prism_live_session": `
live_id                string      R
on_air                 bool        O C
triggers               map(string) O
restart_when_ended     bool        O C
replaces_live_id       string      O
start_window           object      O
start_window.opens_at  string      O
start_window.closes_at string      O
timeouts               object      O
timeouts.create        string      O
timeouts.update        string      O
timeouts.delete        string      O
id                     string      C
channel_id             string      C
title                  string      C
description            string      C
scope                  string      C
reserved_at            string      C
start_at               string      C
status                 string      C
live_link              string      C
rtmp_path              string      C S
`,
	"livestation_vod2live_channel": `
channel_name      string R
env_type          string O C
output_protocol   string O C
quality_set_id    number R
cdn               object R
cdn.profile_id    number O
cdn.region_type   string O
cdn.instance_no   number O C
cdn.domain        string O C
cdn.service_name  string C
cdn.type          string O C
cdn.delete_edge   bool   O C
drm               object O
drm.site_id       string R
drm.content_id    string R
callback_endpoint string O C S
enabled           bool   O C
force_destroy     bool   O C
timeouts          object O
timeouts.create   string O
timeouts.read     string O
timeouts.update   string O
timeouts.delete   string O
id                string C
channel_id        string C
instance_no       string C
quality_set_name  string C
created_time      string C
`,
	"livestation_vod2live_schedule": `
channel_id           string R
start_time           string R
vod_list             list   R
vod_list.bucket_name string R
vod_list.file_path   string R
timeouts             object O
timeouts.create      string O
timeouts.update      string O
timeouts.delete      string O
id                   string C
schedule_id          number C
created_time         string C
`,
	"livestation_default_callback": `
callback_url string R S
id           string C
`,
	"livestation_curtain_content": `
content             list   R
content.bucket_name string R
content.file_path   string R
timeouts            object O
timeouts.create     string O
timeouts.delete     string O
id                  string C
content_id          number C
status              string C
file_size           number C
file_duration       number C
registered_time     string C
`,
	"prism_live": `
channel_id  string R
title       string R
reserved_at string O C
description string O C
scope       string O C
id          string C
live_id     string C
live_link   string C
`,
}
