package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The tables are the public contract, one line per attribute: its name, its type, and R required, O optional, C computed,
// S sensitive, W write-only. People's configurations stand on them: a line changes only with the contract itself.

const providerContract = `
access_key                    string O
secret_key                    string O S
region                        string O
site                          string O
endpoint                      string O
edge_endpoint                 string O
prism                         object O
prism.endpoint                string O
prism.access_token            string O S
prism.client_id               string O
prism.client_secret           string O S
prism.refresh_token           string O S
prism.refresh_token_parameter string O
prism.status_management       bool   O
prism.expected_user_id        string O
max_retries                   number O
retry_max_wait                string O
request_timeout               string O
requests_per_second           number O
secrets_in_state              bool   O
`

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

var ephemeralContracts = map[string]string{
	"livestation_channel_stream_key": `
channel_id         string R
stream_key         string C S
backup_stream_key  string C S
publish_url        string C
global_publish_url string C
`,
	"livestation_stream_key": `
channel_id         string R
global_publish_url string C
publish_url        string C
stream_key         string C S
`,
	"prism_access_token": `
access_token string C S
expires_at   string C
`,
	"prism_rtmp_path": `
live_id    string R
rtmp_path  string C S
server_url string C S
stream_key string C S
`,
}

var actionContracts = map[string]string{
	"livestation_turn_channel_off": `
channel_id string R
force      bool   O
timeout    string O
`,
	"livestation_turn_channel_on": `
channel_id string R
timeout    string O
`,
	"livestation_switch_stream": `
channel_id string R
timeout    string O
`,
	"livestation_start_recording": `
channel_id string R
timeout    string O
`,
	"livestation_stop_recording": `
channel_id string R
timeout    string O
`,
	"livestation_insert_curtain": `
channel_id  string       R
content_ids list(number) R
insert_time number       O
timeout     string       O
`,
	"livestation_turn_vod2live_channel_off": `
channel_id string R
force      bool   O
timeout    string O
`,
	"livestation_turn_vod2live_channel_on": `
channel_id string R
timeout    string O
`,
	"livestation_remove_curtain": `
channel_id string R
timeout    string O
`,
	"prism_start_live": `
live_id              string R
force_close_existing bool   O
timeout              string O
`,
	"prism_stop_live": `
live_id string R
timeout string O
`,
}

var listContracts = map[string]string{
	"livestation_vod2live_channel": `
channel_name string O
`,
	"livestation_channel": `
channel_name string O
`,
	"livestation_vod2live_schedule": `
channel_id string O
`,
	"livestation_quality_profile": `
name string O
`,
	"livestation_quality_set": `
name string O
`,
	"livestation_curtain_content": `
status string O
`,
	"livestation_restream_channel": `
channel_name string O
`,
	"prism_live": `
channel_id string R
status     string O
`,
	"prism_live_session": `
channel_id string R
status     string O
`,
}

// attributeLines writes the attributes as the tables have them, in words parted by single blanks.
func attributeLines(prefix string, attributes []*tfprotov6.SchemaAttribute) map[string]string {
	lines := map[string]string{}
	for _, attribute := range attributes {
		name := prefix + attribute.Name
		line := typeName(attribute)
		for _, mark := range []struct {
			set    bool
			letter string
		}{{attribute.Required, "R"}, {attribute.Optional, "O"}, {attribute.Computed, "C"}, {attribute.Sensitive, "S"}, {attribute.WriteOnly, "W"}} {
			if mark.set {
				line += " " + mark.letter
			}
		}
		lines[name] = line
		if attribute.NestedType != nil {
			maps.Copy(lines, attributeLines(name+".", attribute.NestedType.Attributes))
		}
	}
	return lines
}

func typeName(attribute *tfprotov6.SchemaAttribute) string {
	if attribute.NestedType != nil {
		return map[tfprotov6.SchemaObjectNestingMode]string{
			tfprotov6.SchemaObjectNestingModeSingle: "object", tfprotov6.SchemaObjectNestingModeList: "list", tfprotov6.SchemaObjectNestingModeMap: "map",
		}[attribute.NestedType.Nesting]
	}
	return plainType(attribute.Type)
}

func plainType(typ tftypes.Type) string {
	switch typ := typ.(type) {
	case tftypes.List:
		return "list(" + plainType(typ.ElementType) + ")"
	case tftypes.Set:
		return "set(" + plainType(typ.ElementType) + ")"
	case tftypes.Map:
		return "map(" + plainType(typ.ElementType) + ")"
	}
	switch {
	case typ.Is(tftypes.String):
		return "string"
	case typ.Is(tftypes.Number):
		return "number"
	case typ.Is(tftypes.Bool):
		return "bool"
	}
	return fmt.Sprint(typ)
}

func table(text string) map[string]string {
	lines := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(text)) {
		words := strings.Fields(line)
		lines[words[0]] = strings.Join(words[1:], " ")
	}
	return lines
}

func compareContract(t *testing.T, object, contract string, schema *tfprotov6.Schema) {
	t.Helper()
	if schema == nil {
		t.Errorf("%s is missing", object)
		return
	}
	if len(schema.Block.BlockTypes) > 0 {
		t.Errorf("%s has blocks; everything nested is an attribute", object)
	}
	want, got := table(contract), attributeLines("", schema.Block.Attributes)
	for name, line := range want {
		if got[name] != line {
			t.Errorf("%s: %s is %q, and the contract says %q", object, name, got[name], line)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is not in the contract", object, name)
		}
	}
}

// kinds are all objects of the provider by what they are, with their schemas and the tables that they must keep.
func kinds(schemas *tfprotov6.GetProviderSchemaResponse) map[string]struct {
	schemas   map[string]*tfprotov6.Schema
	contracts map[string]string
} {
	actions := map[string]*tfprotov6.Schema{}
	for name, action := range schemas.ActionSchemas {
		actions[name] = action.Schema
	}
	return map[string]struct {
		schemas   map[string]*tfprotov6.Schema
		contracts map[string]string
	}{
		"resource": {schemas.ResourceSchemas, resourceContracts}, "data source": {schemas.DataSourceSchemas, dataSourceContracts},
		"ephemeral resource": {schemas.EphemeralResourceSchemas, ephemeralContracts}, "action": {actions, actionContracts},
		"list resource": {schemas.ListResourceSchemas, listContracts},
	}
}

func TestThePublicContractIsKept(t *testing.T) {
	t.Parallel()
	schemas := newProtocolClient(t).Schema
	compareContract(t, "provider", providerContract, schemas.Provider)
	for what, kind := range kinds(schemas) {
		for name, contract := range kind.contracts {
			compareContract(t, what+" "+name, contract, kind.schemas[name])
		}
	}
}

func TestTheContractOfTheFunctionIsKept(t *testing.T) {
	t.Parallel()
	functions := newProtocolClient(t).Schema.Functions
	split, ok := functions["parse_rtmp_path"]
	if !ok || len(functions) != 1 {
		t.Fatalf("the functions are %v", functions)
	}
	result := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"server_url": tftypes.String, "stream_key": tftypes.String}}
	if len(split.Parameters) != 1 || split.Parameters[0].Name != "path" || !split.Parameters[0].Type.Is(tftypes.String) || !split.Parameters[0].AllowNullValue ||
		split.VariadicParameter != nil || !split.Return.Type.Equal(result) {
		t.Errorf("its parameters are %v and its result is %v", split.Parameters, split.Return.Type)
	}
	checkDescription(t, "function parse_rtmp_path", split.Description, split.DescriptionKind)
	checkDescription(t, "function parse_rtmp_path: path", split.Parameters[0].Description, split.Parameters[0].DescriptionKind)
}

func TestEveryObjectIsInTheContract(t *testing.T) {
	t.Parallel()
	for what, kind := range kinds(newProtocolClient(t).Schema) {
		for name := range kind.schemas {
			if _, ok := kind.contracts[name]; !ok {
				t.Errorf("%s %s has no contract here", what, name)
			}
		}
	}
}

func TestEveryAttributeIsDescribedInWholeSentences(t *testing.T) {
	t.Parallel()
	schemas := newProtocolClient(t).Schema
	objects := map[string]*tfprotov6.Schema{"provider": schemas.Provider}
	for what, kind := range kinds(schemas) {
		for name, schema := range kind.schemas {
			objects[what+" "+name] = schema
		}
	}
	for name, schema := range objects {
		checkDescription(t, name, schema.Block.Description, schema.Block.DescriptionKind)
		checkDescriptions(t, name+": ", schema.Block.Attributes)
	}
}

func checkDescriptions(t *testing.T, prefix string, attributes []*tfprotov6.SchemaAttribute) {
	t.Helper()
	for _, attribute := range attributes {
		name := prefix + attribute.Name
		checkDescription(t, name, attribute.Description, attribute.DescriptionKind)
		if attribute.NestedType != nil {
			checkDescriptions(t, name+".", attribute.NestedType.Attributes)
		}
	}
}

func checkDescription(t *testing.T, name, text string, kind tfprotov6.StringKind) {
	t.Helper()
	switch {
	case text == "":
		t.Errorf("%s has no description", name)
	case !strings.HasSuffix(text, "."):
		t.Errorf("%s does not end with a full stop: %q", name, text)
	case strings.ToUpper(text[:1]) != text[:1]:
		t.Errorf("%s does not begin like a sentence: %q", name, text)
	case kind != tfprotov6.StringKindMarkdown:
		t.Errorf("%s is not Markdown", name)
	}
}
