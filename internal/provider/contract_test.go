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

func TestPublicContractIsKept(t *testing.T) {
	t.Parallel()
	schemas := newProtocolClient(t).Schema
	compareContract(t, "provider", providerContract, schemas.Provider)
	for what, kind := range kinds(schemas) {
		for name, contract := range kind.contracts {
			compareContract(t, what+" "+name, contract, kind.schemas[name])
		}
	}
}

func TestFunctionKeepsItsContract(t *testing.T) {
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
