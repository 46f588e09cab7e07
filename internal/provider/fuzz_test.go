package provider_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
)

// FuzzImportIDs takes whatever somebody writes behind `terraform import`.
func FuzzImportIDs(f *testing.F) {
	for _, id := range []string{" ", "512", " 512\n", "-1", "0", "9223372036854775808", "0x10", "1e3", "ls-20260101000000-AbCd1", "..", "a/b", "a\r\nb", "\x1b[31m", "\u202e", "한", "\xff", strings.Repeat("x", 5000)} {
		f.Add(id)
	}
	server, err := acceptance.Factories()["livestation"]()
	if err != nil {
		f.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if id == "" || !utf8.ValidString(id) {
			return // no id is an import by identity, and the protocol carries nothing else
		}
		for typeName, attribute := range map[string]string{
			"prism_live": "live_id", "prism_live_session": "live_id", "livestation_restream_channel": "channel_id", "livestation_curtain_content": "content_id", "livestation_vod2live_schedule": "schedule_id", "livestation_vod2live_channel": "channel_id",
			profileType: "quality_profile_id", setType: "quality_set_id",
		} {
			resp, err := server.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
			if err != nil {
				t.Fatal(err)
			}
			mustBePrintable(t, "import of "+typeName, say(resp.Diagnostics))
			refused := len(resp.Diagnostics) > 0
			wanted := id
			if strings.HasPrefix(typeName, "livestation_quality_") || typeName == "livestation_curtain_content" || typeName == "livestation_vod2live_schedule" {
				number, err := strconv.ParseInt(strings.TrimSpace(id), 10, 64)
				if wanted = strconv.FormatInt(number, 10); refused != (err != nil || number < 1) {
					t.Errorf("import of %s %q: %s", typeName, id, say(resp.Diagnostics))
				}
			} else if trimmed := strings.TrimSpace(id); trimmed != id && !refused || refused && trimmed == id && !strings.ContainsFunc(id, unprintable) && id != "." && id != ".." {
				t.Errorf("import of %s %q: %s", typeName, id, say(resp.Diagnostics))
			}
			if refused {
				continue
			}
			if len(resp.ImportedResources) != 1 {
				t.Fatalf("import of %s %q: %d resources", typeName, id, len(resp.ImportedResources))
			}
			value, err := resp.ImportedResources[0].State.Unmarshal(schemas.ResourceSchemas[typeName].ValueType())
			if err != nil {
				t.Fatal(err)
			}
			members, _ := acceptance.Plain(value).(map[string]any)
			got, isText := members[attribute].(string)
			if number, ok := members[attribute].(int64); ok {
				got, isText = strconv.FormatInt(number, 10), true
			}
			if !isText || got != wanted {
				t.Errorf("import of %s %q: %s is %q", typeName, id, attribute, got)
			}
		}
	})
}

// unprintable is what no id may hold: at its ends or, of the first kind, anywhere.
func unprintable(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }
