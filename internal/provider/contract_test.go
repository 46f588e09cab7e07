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
callback_endpoint                 string O C
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
}

var dataSourceContracts = map[string]string{
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

func TestThePublicContractIsKept(t *testing.T) {
	t.Parallel()
	schemas := newConversation(t).Schema
	compareContract(t, "provider", providerContract, schemas.Provider)
	for name, contract := range resourceContracts {
		compareContract(t, name, contract, schemas.ResourceSchemas[name])
	}
	for name, contract := range dataSourceContracts {
		compareContract(t, "data "+name, contract, schemas.DataSourceSchemas[name])
	}
}

func TestEveryObjectIsInTheContract(t *testing.T) {
	t.Parallel()
	schemas := newConversation(t).Schema
	for name := range schemas.ResourceSchemas {
		if _, ok := resourceContracts[name]; !ok {
			t.Errorf("resource %s has no contract here", name)
		}
	}
	for name := range schemas.DataSourceSchemas {
		if _, ok := dataSourceContracts[name]; !ok {
			t.Errorf("data source %s has no contract here", name)
		}
	}
}

func TestEveryAttributeIsDescribedInWholeSentences(t *testing.T) {
	t.Parallel()
	schemas := newConversation(t).Schema
	objects := map[string]*tfprotov6.Schema{"provider": schemas.Provider}
	for name, schema := range schemas.ResourceSchemas {
		objects[name] = schema
	}
	for name, schema := range schemas.DataSourceSchemas {
		objects["data "+name] = schema
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
