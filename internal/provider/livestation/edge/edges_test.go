package edge_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	profilesType = "livestation_edge_profiles"
	edgesType    = "livestation_edges"
)

func TestEdgeProfilesAreListedByIDAndChosenByTheirExactName(t *testing.T) {
	sim := acceptance.Start(t)
	sim.AddEdgeProfile(simulator.EdgeProfile{ID: 5, Name: "live-2"})
	sim.AddEdgeProfile(simulator.EdgeProfile{ID: 3, Name: "live"})
	provider := livestationtest.Configured(t, sim, nil)
	profile := func(id int64, name string) any { return map[string]any{"profile_id": id, "name": name} }
	for name, want := range map[any][]any{
		nil: {profile(3, "live"), profile(5, "live-2"), profile(simulator.DefaultEdgeProfileID, "simulator")}, "live": {profile(3, "live")}, "liv": {}, "LIVE": {},
	} {
		livestationtest.MustHold(t, provider.MustRead(profilesType, acceptance.Values{"name": name}), map[string]any{"name": name, "profiles": want})
		livestationtest.MustHaveAsked(t, sim, "edge-profile.list")
	}
}

func TestEdgesAreExactAndExcludeDeletedOnes(t *testing.T) {
	const written = "2006-01-02T15:04:05.000Z" // by the service, which has milliseconds throughout
	sim := acceptance.Start(t)
	other := sim.AddEdgeProfile(simulator.EdgeProfile{Name: "other"})
	sim.AddEdge(simulator.Edge{ID: 7009, Name: "stopped", Status: simulator.EdgeStopped, Region: "JAPAN"})
	sim.AddEdge(simulator.Edge{ID: 6000, Status: simulator.EdgeDeleted})
	sim.AddEdge(simulator.Edge{ID: 6001, ProfileID: other})
	provider := livestationtest.Configured(t, sim, nil)
	want := []any{}
	for _, edge := range sim.Edges() {
		if edge.ProfileID == simulator.DefaultEdgeProfileID && edge.Status != simulator.EdgeDeleted {
			want = append(want, map[string]any{
				"instance_no": edge.ID, "name": edge.Name, "domain": edge.Domain, "region_type": edge.Region, "status": edge.Status,
				"registration_date": edge.RegistrationDate.UTC().Format(written), "modify_date": edge.ModifyDate.UTC().Format(written),
			})
		}
	}
	if len(want) != 2 {
		t.Fatalf("the world has %d edges, want 2", len(want))
	}
	livestationtest.MustHold(t, provider.MustRead(edgesType, acceptance.Values{"profile_id": simulator.DefaultEdgeProfileID}),
		map[string]any{"profile_id": simulator.DefaultEdgeProfileID, "edges": want})
	livestationtest.MustHaveAsked(t, sim, "edge.list")
	empty := sim.AddEdgeProfile(simulator.EdgeProfile{Name: "empty"})
	livestationtest.MustHold(t, provider.MustRead(edgesType, acceptance.Values{"profile_id": empty}), map[string]any{"profile_id": empty, "edges": []any{}})
}

// Global Edge wants no region, which it does not know.
func TestEdgeRequestsCarryNoRegion(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Configured(t, sim, nil).MustRead(profilesType, acceptance.Values{})
	for _, request := range sim.Requests() {
		if region := request.Header.Get("x-ncp-region_code"); region != "" {
			t.Errorf("%s has region %q", request.Route, region)
		}
	}
}

func TestEdgeProfileThatDoesNotExistIsAnErrorOnItsAttribute(t *testing.T) {
	sim := acceptance.Start(t)
	_, diags := livestationtest.Configured(t, sim, nil).Read(edgesType, acceptance.Values{"profile_id": 999})
	diags.MustFail(t, `AttributeName("profile_id")`, "Edges could not be listed", "0032", "livestation_edge_profiles")
}

func TestEdgeInputThatIsBadNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	provider.ValidateData(edgesType, acceptance.Values{"profile_id": 0}).MustFail(t, `AttributeName("profile_id")`, "at least 1")
	provider.ValidateData(edgesType, acceptance.Values{}).MustFail(t, "profile_id")
	provider.ValidateData(edgesType, acceptance.Values{"profile_id": acceptance.Unknown}).MustBeSilent(t)
	provider.ValidateData(profilesType, acceptance.Values{"name": ""}).MustFail(t, `AttributeName("name")`)
	provider.ValidateData(profilesType, acceptance.Values{"name": acceptance.Unknown}).MustBeSilent(t)
	livestationtest.MustHaveAsked(t, sim)
}

func TestEdgeReadThatFailsIsAnErrorAndNoEmptyList(t *testing.T) {
	for source, config := range map[string]acceptance.Values{profilesType: {}, edgesType: {"profile_id": simulator.DefaultEdgeProfileID}} {
		route := map[string]string{profilesType: "edge-profile.list", edgesType: "edge.list"}[source]
		t.Run(source, func(t *testing.T) {
			sim := acceptance.Start(t)
			read := func(settings acceptance.Values) acceptance.Diagnostics {
				_, diags := livestationtest.Configured(t, sim, settings).Read(source, config)
				return diags
			}
			for name, fault := range map[string]simulator.Fault{
				"HTML": {Kind: simulator.FaultNotJSON}, "empty": {Kind: simulator.FaultEmptyBody}, "shape": {Kind: simulator.FaultWrongShape}, "cut": {Kind: simulator.FaultTruncated},
				"500": {Status: 500}, "404 page": {Kind: simulator.FaultNotJSON, Status: 404}, "reset": {Kind: simulator.FaultReset},
			} {
				fault.Route = route
				lift := sim.Inject(fault)
				if errors := read(acceptance.Values{"max_retries": 0}).Errors(); len(errors) != 1 {
					t.Errorf("%s, %s: errors are %q", source, name, errors)
				}
				lift()
			}
			// A read may be repeated, so a passing fault is none.
			sim.Inject(simulator.Fault{Route: route, Status: 503, Times: 2})
			read(nil).MustBeSilent(t)
			sim.ResetRequests()
			read(acceptance.Values{"secret_key": "another-secret-key"}).MustFail(t, "Global Edge", "200", "secret_key")
			read(acceptance.Values{"edge_endpoint": "http://127.0.0.1:1", "max_retries": 0}).MustFail(t, "Global Edge", "edge_endpoint")
		})
	}
}

// What a service that runs ahead of its reference tells is shown, and what it does not tell is null.
func TestEdgesWithFewMembersAreShown(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "edge.list", Status: 200, Body: `{"code":"0000","message":"Success","result":[{"id":"12","statusType":"RESTING","registrationDate":1767291042123,"modifyDate":"2026-03-01T00:15:20.100Z"}]}`})
	livestationtest.MustHold(t, livestationtest.Configured(t, sim, nil).MustRead(edgesType, acceptance.Values{"profile_id": 1}), map[string]any{
		"profile_id": int64(1), "edges": []any{map[string]any{
			"instance_no": int64(12), "name": nil, "domain": nil, "region_type": nil, "status": "RESTING", "registration_date": "2026-01-01T18:10:42.123Z",
			"modify_date": "2026-03-01T00:15:20.100Z", // as the service writes it
		}},
	})
}

func TestAccEdges_onACLI(t *testing.T) {
	sim := acceptance.Start(t)
	config := acceptance.Config(sim, livestationtest.Impatient, "", `
data "livestation_edge_profiles" "test" {
  name = "simulator"
}

data "livestation_edges" "test" {
  profile_id = tolist(data.livestation_edge_profiles.test.profiles)[0].profile_id
}
`)
	livestationtest.Run(t,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("data.livestation_edges.test", tfjsonpath.New("edges").AtSliceIndex(0).AtMapKey("domain"), knownvalue.StringExact(simulator.DefaultEdgeDomain)),
			},
			Check: livestationtest.Wrote(sim),
		},
		resource.TestStep{Config: config, ConfigPlanChecks: livestationtest.NothingPlanned()},
	)
	if !slices.Contains(sim.Routes(), "edge.list") {
		t.Errorf("requests were %q", sim.Routes())
	}
}
