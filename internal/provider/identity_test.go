package provider_test

import (
	"fmt"
	"reflect"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// identified is one kind of object that has an identity.
type identified struct {
	typeName string
	// config and changed are a configuration, and one that changes it in place.
	config, changed func(sim *simulator.Simulator) map[string]any
	// identity is what the object that a configuration has made must have.
	identity func(sim *simulator.Simulator) map[string]any
	vanish   func(sim *simulator.Simulator) error
}

const identifiedLive = "900501"

func allIdentified() []identified {
	channel := func(url string) func(*simulator.Simulator) map[string]any {
		return func(*simulator.Simulator) map[string]any {
			return map[string]any{"channel_name": "evening_show", "plan_type": "STANDARD", "restream": map[string]any{
				"a": map[string]any{"target_name": "YOUTUBE", "rtmp_url": url, "stream_key": "key-1"},
			}}
		}
	}
	live := func(at string) func(*simulator.Simulator) map[string]any {
		return func(*simulator.Simulator) map[string]any {
			return map[string]any{"channel_id": simulator.DefaultChannelID, "title": "Tonight", "reserved_at": at}
		}
	}
	content := func(timeout string) func(*simulator.Simulator) map[string]any {
		return func(*simulator.Simulator) map[string]any {
			return map[string]any{
				"content":  []any{map[string]any{"bucket_name": "media-bkt", "file_path": "/curtain/notice.mp4"}},
				"timeouts": map[string]any{"create": timeout},
			}
		}
	}
	profile := func(timeout string) func(*simulator.Simulator) map[string]any {
		return func(*simulator.Simulator) map[string]any {
			return with(profileConfig(), "timeouts", map[string]any{"create": timeout})
		}
	}
	set := func(duration int) func(*simulator.Simulator) map[string]any {
		return func(*simulator.Simulator) map[string]any { return with(setConfig(), "segment_duration", duration) }
	}
	newestProfile := func(sim *simulator.Simulator) int64 { all := sim.QualityProfiles(); return all[len(all)-1].ID }
	newestSet := func(sim *simulator.Simulator) int64 { all := sim.QualitySets(); return all[len(all)-1].ID }
	session := func(on bool) func(*simulator.Simulator) map[string]any {
		return func(sim *simulator.Simulator) map[string]any {
			if _, ok := sim.Live(identifiedLive); !ok {
				sim.AddLive(simulator.Live{LiveID: identifiedLive, Title: "Tonight"})
			}
			return map[string]any{"live_id": identifiedLive, "on_air": on}
		}
	}
	vod := func(environment string) func(*simulator.Simulator) map[string]any {
		return func(*simulator.Simulator) map[string]any { return with(generalConfig(), "env_type", environment) }
	}
	schedule := func(timeout string) func(*simulator.Simulator) map[string]any {
		return func(sim *simulator.Simulator) map[string]any {
			return with(scheduleConfig(sim), "timeouts", map[string]any{"delete": timeout})
		}
	}
	general := func(env string) func(*simulator.Simulator) map[string]any {
		return func(*simulator.Simulator) map[string]any { return with(generalConfig(), "env_type", env) }
	}
	newestLive := func(sim *simulator.Simulator) string { lives := sim.Lives(); return lives[len(lives)-1].LiveID }
	return []identified{
		{
			channelType, channel("rtmp://a.example.com/live"), channel("rtmp://b.example.com/live"),
			func(sim *simulator.Simulator) map[string]any {
				return map[string]any{"channel_id": sim.RestreamChannels()[0].ChannelID}
			},
			func(sim *simulator.Simulator) error {
				return sim.RemoveRestreamChannel(sim.RestreamChannels()[0].ChannelID)
			},
		},
		{
			generalType, general("REAL"), general("DEV"),
			func(sim *simulator.Simulator) map[string]any {
				return map[string]any{"channel_id": sim.GeneralChannels()[0].ChannelID}
			},
			func(sim *simulator.Simulator) error {
				return sim.RemoveGeneralChannel(sim.GeneralChannels()[0].ChannelID)
			},
		},
		{
			"livestation_curtain_content", content("5m"), content("6m"),
			func(sim *simulator.Simulator) map[string]any {
				return map[string]any{"content_id": sim.CurtainContents()[0].ID}
			},
			func(sim *simulator.Simulator) error {
				sim.RemoveCurtainContent(sim.CurtainContents()[0].ID)
				return nil
			},
		},
		{
			vodType, vod("REAL"), vod("DEV"),
			func(sim *simulator.Simulator) map[string]any {
				return map[string]any{"channel_id": sim.VODChannels()[0].ChannelID}
			},
			func(sim *simulator.Simulator) error { return sim.RemoveVODChannel(sim.VODChannels()[0].ChannelID) },
		},
		{
			scheduleType, schedule("5m"), schedule("6m"),
			func(sim *simulator.Simulator) map[string]any {
				return map[string]any{"schedule_id": sim.Schedules()[0].ID}
			},
			func(sim *simulator.Simulator) error {
				sim.RemoveSchedule(sim.Schedules()[0].ID)
				return nil
			},
		},
		{
			profileType, profile("5m"), profile("6m"),
			func(sim *simulator.Simulator) map[string]any {
				return map[string]any{"quality_profile_id": newestProfile(sim)}
			},
			func(sim *simulator.Simulator) error { sim.RemoveQualityProfile(newestProfile(sim)); return nil },
		},
		{
			setType, set(2000), set(4000),
			func(sim *simulator.Simulator) map[string]any { return map[string]any{"quality_set_id": newestSet(sim)} },
			func(sim *simulator.Simulator) error { sim.RemoveQualitySet(newestSet(sim)); return nil },
		},
		{
			"prism_live", live("2030-01-02T12:00:00+09:00"), live("2030-01-02T03:00:00Z"),
			func(sim *simulator.Simulator) map[string]any { return map[string]any{"live_id": newestLive(sim)} },
			func(sim *simulator.Simulator) error { return sim.RemoveLive(newestLive(sim)) },
		},
		{
			sessionType, session(true), session(false),
			func(*simulator.Simulator) map[string]any { return map[string]any{"live_id": identifiedLive} },
			func(sim *simulator.Simulator) error { return sim.RemoveLive(identifiedLive) },
		},
	}
}

// A CLI before 1.12 hands in no identity but wants one in each answer, even of what turns out to be gone; a newer one hands in
// what it knows, and refuses a change of it.
func TestIdentityIsInEveryAnswerAndNeverChanges(t *testing.T) {
	t.Parallel()
	for _, object := range allIdentified() {
		for _, remembers := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/the CLI remembers it %t", object.typeName, remembers), func(t *testing.T) {
				t.Parallel()
				sim, c := world(t)
				handed := func(identity *tfprotov6.ResourceIdentityData) *tfprotov6.ResourceIdentityData {
					if remembers {
						return identity
					}
					return nil
				}
				mustBe := func(when string, got *tfprotov6.ResourceIdentityData, want map[string]any) {
					t.Helper()
					if identity := c.identity(object.typeName, got); !reflect.DeepEqual(identity, want) {
						t.Errorf("%s: the identity is %v, want %v", when, identity, want)
					}
				}
				schema := c.Schema.ResourceSchemas[object.typeName]

				created := c.create(object.typeName, object.config(sim))
				want := object.identity(sim)
				mustBe("created", created.NewIdentity, want)

				read := func(state *tfprotov6.DynamicValue, private []byte, identity *tfprotov6.ResourceIdentityData) *tfprotov6.ReadResourceResponse {
					t.Helper()
					resp, err := c.Server.ReadResource(c.Ctx, &tfprotov6.ReadResourceRequest{TypeName: object.typeName, CurrentState: state, Private: private, CurrentIdentity: handed(identity)})
					c.must(err)
					if said := say(resp.Diagnostics); said != "" {
						t.Fatal(said)
					}
					return resp
				}
				seen := read(created.NewState, created.Private, created.NewIdentity)
				mustBe("read", seen.NewIdentity, want)

				config := c.dynamic(schema, object.changed(sim))
				planned, err := c.Server.PlanResourceChange(c.Ctx, &tfprotov6.PlanResourceChangeRequest{
					TypeName: object.typeName, PriorState: seen.NewState, PriorPrivate: seen.Private, PriorIdentity: handed(seen.NewIdentity), Config: config, ProposedNewState: c.proposed(schema, seen.NewState, config),
				})
				c.must(err)
				if len(planned.RequiresReplace) > 0 {
					t.Fatalf("the change is not made in place: %v", planned.RequiresReplace)
				}
				updated, err := c.Server.ApplyResourceChange(c.Ctx, &tfprotov6.ApplyResourceChangeRequest{
					TypeName: object.typeName, PriorState: seen.NewState, PlannedState: planned.PlannedState, PlannedPrivate: planned.PlannedPrivate, Config: config, PlannedIdentity: handed(planned.PlannedIdentity),
				})
				c.must(err)
				mustBe("updated", updated.NewIdentity, want)

				c.must(object.vanish(sim))
				gone := read(updated.NewState, updated.Private, updated.NewIdentity)
				if !c.decode(object.typeName, gone.NewState).IsNull() {
					t.Error("what is gone is still in state")
				}
				mustBe("gone", gone.NewIdentity, want)
			})
		}
	}
}

func TestImportByIdentityIsImportByID(t *testing.T) {
	t.Parallel()
	for _, object := range allIdentified() {
		t.Run(object.typeName, func(t *testing.T) {
			t.Parallel()
			sim, c := world(t)
			created := c.create(object.typeName, object.config(sim))
			writesBefore := sim.Writes()
			id := ""
			for _, value := range object.identity(sim) {
				switch value := value.(type) {
				case string:
					id = value
				case int64:
					id = strconv.FormatInt(value, 10)
				}
			}
			byID := c.imported(object.typeName, id, nil)
			byIdentity := c.imported(object.typeName, "", &tfprotov6.ResourceIdentityData{IdentityData: created.NewIdentity.IdentityData})
			if one, other := c.decode(object.typeName, byID.NewState), c.decode(object.typeName, byIdentity.NewState); !one.Equal(other) || one.IsNull() {
				t.Errorf("by id:\n%s\nby identity:\n%s", one, other)
			}
			for way, got := range map[string]*tfprotov6.ResourceIdentityData{"id": byID.NewIdentity, "identity": byIdentity.NewIdentity} {
				if identity := c.identity(object.typeName, got); !reflect.DeepEqual(identity, object.identity(sim)) {
					t.Errorf("by %s: the identity is %v", way, identity)
				}
			}
			if sim.Writes() != writesBefore {
				t.Errorf("an import has written: %v", sim.Routes())
			}
		})
	}
}

// What cannot be found again has no identity: a CLI would offer to import it.
func TestCurtainHasNoIdentity(t *testing.T) {
	t.Parallel()
	c := newProtocolClient(t)
	schemas, err := c.Server.GetResourceIdentitySchemas(c.Ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	c.must(err)
	if _, ok := schemas.IdentitySchemas[curtainType]; ok || len(schemas.IdentitySchemas) != len(allIdentified()) {
		t.Errorf("identities of %d resources, want %d", len(schemas.IdentitySchemas), len(allIdentified()))
	}
	for _, object := range allIdentified() {
		if typ := c.identityType(object.typeName); typ.Is(tftypes.Object{}) && len(typ.(tftypes.Object).AttributeTypes) != 1 {
			t.Errorf("the identity of %s is %s", object.typeName, typ)
		}
	}
}
