package provider_test

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/gate"
)

// addresses are ingest addresses with their parts; nil is null.
var addresses = map[string]struct {
	server string
	key    any
}{
	"rtmp://in.example.com/live/abc":          {"rtmp://in.example.com/live", "abc"},
	"rtmps://in.example.com/live/abc":         {"rtmps://in.example.com/live", "abc"},
	"rtmp://in.example.com:1935/live/abc":     {"rtmp://in.example.com:1935/live", "abc"},
	"rtmp://in.example.com/a/b/c/abc":         {"rtmp://in.example.com/a/b/c", "abc"},
	"rtmp://in.example.com/live/abc?x=1":      {"rtmp://in.example.com/live", "abc?x=1"},
	"rtmp://in.example.com/live/abc?x=1&to=a": {"rtmp://in.example.com/live", "abc?x=1&to=a"},
	"rtmp://in.example.com/live/abc?p=/x/y":   {"rtmp://in.example.com/live", "abc?p=/x/y"},
	"rtmp://in.example.com//live//abc":        {"rtmp://in.example.com//live/", "abc"},
	"in.example.com/live/abc":                 {"in.example.com/live", "abc"},
	"abc":                                     {"abc", nil},
	"rtmp://in.example.com/abc":               {"rtmp://in.example.com", "abc"},
	"rtmp://in.example.com":                   {"rtmp://in.example.com", nil},
	"rtmp://in.example.com/":                  {"rtmp://in.example.com/", nil},
	"rtmp://in.example.com/live/":             {"rtmp://in.example.com/live/", nil},
	"":                                        {"", nil},

	// As platforms hand them out.
	"rtmp://b.rtmp.youtube.com/live2?backup=1/KEY": {"rtmp://b.rtmp.youtube.com/live2?backup=1", "KEY"},
	"rtmp://h/live-bvc/?streamname=x&key=K":        {"rtmp://h/live-bvc", "?streamname=x&key=K"},
	"rtmp://h/app/KEY?s_bl=1&a=Ab/Cd":              {"rtmp://h/app", "KEY?s_bl=1&a=Ab/Cd"},
	"rtmp://h:8080/relay/KEY":                      {"rtmp://h:8080/relay", "KEY"},
	"rtmp://h/a/b/KEY":                             {"rtmp://h/a/b", "KEY"},
	"rtmp://h/relay/":                              {"rtmp://h/relay/", nil},
	"rtmp://h/relay":                               {"rtmp://h", "relay"},
}

// The path of a session is null where the service tells it late or secrets stay out of state, and null must not stop a destroy.
func TestParseRTMPPathOfNullIsNulls(t *testing.T) {
	t.Parallel()
	if got := newProtocolClient(t).parse(nil); !reflect.DeepEqual(got, map[string]any{"server_url": nil, "stream_key": nil}) {
		t.Errorf("null is %v", got)
	}
}

// OpenTofu sends a null without any data.
func TestParseRTMPPathOfANullWithoutDataIsNulls(t *testing.T) {
	t.Parallel()
	c := newProtocolClient(t)
	resp, err := c.Server.CallFunction(c.Ctx, &tfprotov6.CallFunctionRequest{Name: "parse_rtmp_path", Arguments: []*tfprotov6.DynamicValue{{}}})
	c.must(err)
	if resp.Error != nil {
		t.Fatal(resp.Error.Text)
	}
}

func TestParseRTMPPathSplitsAsEncodersWantIt(t *testing.T) {
	t.Parallel()
	c := newProtocolClient(t)
	for address, want := range addresses {
		if got := c.parse(address); !reflect.DeepEqual(got, map[string]any{"server_url": want.server, "stream_key": want.key}) {
			t.Errorf("%q is %v, want %v", address, got, want)
		}
	}
}

func TestAccParseRTMPPathOnACLI(t *testing.T) {
	acceptance.Needs(t, gate.Functions)
	sim := acceptance.Start(t)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acceptance.Factories(),
		Steps: []resource.TestStep{{
			// The function needs no settings, and sends nothing.
			Config: `
output "split" {
  value = provider::livestation::parse_rtmp_path("rtmp://in.example.com/live/abc")
}
output "null_in" {
  value = coalesce(provider::livestation::parse_rtmp_path(null).stream_key, "nothing")
}
output "nothing_to_split" {
  value = provider::livestation::parse_rtmp_path("rtmp://in.example.com").stream_key == null
}
`,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownOutputValue("split", knownvalue.ObjectExact(map[string]knownvalue.Check{
					"server_url": knownvalue.StringExact("rtmp://in.example.com/live"), "stream_key": knownvalue.StringExact("abc"),
				})),
				statecheck.ExpectKnownOutputValue("null_in", knownvalue.StringExact("nothing")),
				statecheck.ExpectKnownOutputValue("nothing_to_split", knownvalue.Bool(true)),
			},
		}},
	})
	if len(sim.Requests()) > 0 {
		t.Errorf("requests: %v", sim.Routes())
	}
}
