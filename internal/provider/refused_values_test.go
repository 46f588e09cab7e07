package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// validateKind asks for what is wrong with a configuration of an object of one of the kinds.
func (c *protocolClient) validateKind(what, typeName string, schema *tfprotov6.Schema, config map[string]any) []*tfprotov6.Diagnostic {
	c.t.Helper()
	dynamic := c.dynamic(schema, config)
	switch what {
	case "resource":
		resp, err := c.Server.ValidateResourceConfig(c.Ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: dynamic})
		c.must(err)
		return resp.Diagnostics
	case "data source":
		resp, err := c.Server.ValidateDataResourceConfig(c.Ctx, &tfprotov6.ValidateDataResourceConfigRequest{TypeName: typeName, Config: dynamic})
		c.must(err)
		return resp.Diagnostics
	case "ephemeral resource":
		resp, err := c.Server.ValidateEphemeralResourceConfig(c.Ctx, &tfprotov6.ValidateEphemeralResourceConfigRequest{TypeName: typeName, Config: dynamic})
		c.must(err)
		return resp.Diagnostics
	case "action":
		resp, err := c.Server.(tfprotov6.ProviderServerWithActions).ValidateActionConfig(c.Ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: dynamic})
		c.must(err)
		return resp.Diagnostics
	case "list resource":
		resp, err := c.Server.(tfprotov6.ProviderServerWithListResource).ValidateListResourceConfig(c.Ctx, &tfprotov6.ValidateListResourceConfigRequest{TypeName: typeName, Config: dynamic})
		c.must(err)
		return resp.Diagnostics
	}
	c.t.Fatalf("what is a %s?", what)
	return nil
}

// mustRefuse fails the test unless an error at this path holds all these words and names the attribute.
func mustRefuse(t *testing.T, object, at string, diagnostics []*tfprotov6.Diagnostic, words ...string) {
	t.Helper()
	for _, diagnostic := range diagnostics {
		if strings.ReplaceAll(pathOf(diagnostic), ".[", "[") != at || diagnostic.Severity != tfprotov6.DiagnosticSeverityError {
			continue
		}
		for _, word := range append(words, at) {
			if !strings.Contains(diagnostic.Detail, word) {
				t.Errorf("%s: %q is missing in: %s", object, word, diagnostic.Detail)
			}
		}
		return
	}
	t.Errorf("%s: no error at %s: %s", object, at, say(diagnostics))
}

func TestEveryIDWithWhiteSpaceAtItsEndsIsRefusedOnItsAttribute(t *testing.T) {
	t.Parallel()
	c := newProtocolClient(t)
	checked := 0
	for what, kind := range kinds(c.Schema) {
		for name, schema := range kind.schemas {
			for _, attribute := range schema.Block.Attributes {
				if !attribute.Required && !attribute.Optional || !strings.HasSuffix(attribute.Name, "_id") || attribute.NestedType != nil || !attribute.Type.Is(tftypes.String) {
					continue
				}
				checked++
				object := what + " " + name
				mustRefuse(t, object, attribute.Name, c.validateKind(what, name, schema, map[string]any{attribute.Name: "900017\n"}), `"900017\n"`, "white space")
				mustRefuse(t, object, attribute.Name, c.validateKind(what, name, schema, map[string]any{attribute.Name: ""}), "empty")
			}
		}
	}
	if checked < 15 {
		t.Errorf("only %d ids were found", checked)
	}
}

func TestInvalidDurationIsAnErrorOnItsAttribute(t *testing.T) {
	t.Parallel()
	c := newProtocolClient(t)
	checked := 0
	for what, kind := range kinds(c.Schema) {
		for name, schema := range kind.schemas {
			for _, attribute := range schema.Block.Attributes {
				switch attribute.Name {
				case "timeout":
					checked++
					mustRefuse(t, name, "timeout", c.validateKind(what, name, schema, map[string]any{"timeout": "soon"}), `"soon"`, "`30s`")
				case "timeouts":
					for _, member := range attribute.NestedType.Attributes {
						checked++
						for _, wrong := range []string{"soon", "-1s"} {
							config := map[string]any{"timeouts": map[string]any{member.Name: wrong}}
							mustRefuse(t, name, "timeouts."+member.Name, c.validateKind(what, name, schema, config), `"`+wrong+`"`, "above zero")
						}
					}
				}
			}
		}
	}
	if checked < 8 {
		t.Errorf("only %d durations were found", checked)
	}
	for _, attribute := range []string{"request_timeout", "retry_max_wait"} {
		said := c.validate(map[string]any{attribute: "soon"})
		mustRefuse(t, "provider", attribute, said, `"soon"`, "`30s`")
		if slices.ContainsFunc(said, func(d *tfprotov6.Diagnostic) bool { return strings.Contains(d.Detail, `\n`) }) {
			t.Errorf("a line break is written out: %s", say(said))
		}
	}
}

func TestInvalidTimeIsAnErrorOnItsNestedAttribute(t *testing.T) {
	t.Parallel()
	c := newProtocolClient(t)
	for _, member := range []string{"opens_at", "closes_at"} {
		config := map[string]any{"live_id": "900017", "start_window": map[string]any{member: "tomorrow"}}
		// OpenTofu and Terraform before 1.16 point at the whole resource for a nested attribute: the words must name it.
		mustRefuse(t, "prism_live_session", "start_window."+member, c.validateKind("resource", "prism_live_session", c.Schema.ResourceSchemas["prism_live_session"], config), "tomorrow")
	}
}

func TestEmptyOptionalTextIsRefused(t *testing.T) {
	t.Parallel()
	c := newProtocolClient(t)
	target := map[string]any{"target_name": "CUSTOM", "rtmp_url": "rtmp://in.example.com/app", "stream_key": "", "auth_id": "", "auth_password": ""}
	said := c.validateKind("resource", "livestation_restream_channel", c.Schema.ResourceSchemas["livestation_restream_channel"], map[string]any{
		"channel_name": "olive", "plan_type": "STANDARD", "restream": map[string]any{"a": target},
	})
	for _, member := range []string{"stream_key", "auth_id", "auth_password"} {
		mustRefuse(t, "livestation_restream_channel", `restream["a"].`+member, said, "leave ", " out", "null")
	}
	said = c.validateKind("resource", "prism_live_session", c.Schema.ResourceSchemas["prism_live_session"], map[string]any{"live_id": "900017", "replaces_live_id": ""})
	mustRefuse(t, "prism_live_session", "replaces_live_id", said, "leave it out, or set it to null")
}
