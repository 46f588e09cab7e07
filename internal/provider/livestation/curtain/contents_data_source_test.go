package curtain_test

import (
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// threeContents are one that is ready, one that could not be made and one that was deleted.
func threeContents(t *testing.T, sim *simulator.Simulator) []simulator.CurtainContent {
	t.Helper()
	files := []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/a.png"}, {BucketName: "media-bkt", FilePath: "/curtain/a.mp3"}}
	// The ids run against the order of creation, and the list is by id.
	sim.AddCurtainContent(simulator.CurtainContent{ID: 30, Inputs: files})
	sim.AddCurtainContent(simulator.CurtainContent{ID: 20, Status: simulator.StatusProcessingFail})
	sim.AddCurtainContent(simulator.CurtainContent{ID: 10, Status: simulator.StatusDeleted})
	sim.Advance(time.Minute)
	livestationtest.Must(t, sim.EditCurtainContent(30, func(content *simulator.CurtainContent) {
		content.UpdatedTime = content.RegisterTime.Add(40 * time.Second)
	}))
	contents := sim.CurtainContents()
	slices.Reverse(contents)
	return contents
}

func shownContent(content simulator.CurtainContent) map[string]any {
	input := []any{}
	for _, file := range content.Inputs {
		input = append(input, file.BucketName+file.FilePath)
	}
	want := map[string]any{
		"content_id": content.ID, "status": content.Status, "file_size": nil, "file_duration": nil,
		"registered_time": livestationtest.InUTC(content.RegisterTime), "updated_time": livestationtest.InUTC(content.UpdatedTime), "input": input,
	}
	if content.Status == simulator.StatusReady {
		want["file_size"], want["file_duration"] = int64(1843200), int64(300)
	}
	return want
}

func TestCurtainContentsData_everyFieldIsExactUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectContent, func(t *testing.T, sim *simulator.Simulator, quirk simulator.Quirk) {
		contents := threeContents(t, sim)
		deleted, failed, ready := shownContent(contents[0]), shownContent(contents[1]), shownContent(contents[2])
		provider := livestationtest.Configured(t, sim, nil)
		for status, want := range map[any][]any{
			nil: {failed, ready}, "READY": {ready}, "PROCESSING_FAIL": {failed}, "CREATING": {}, "DELETED": {deleted},
		} {
			if status == "DELETED" && quirk == simulator.QuirkContentGoneAfterDelete {
				want = []any{}
			}
			sim.ResetRequests()
			livestationtest.MustHold(t, provider.MustRead("livestation_curtain_contents", acceptance.Values{"status": status}), map[string]any{"status": status, "contents": want})
			for _, request := range sim.Requests() {
				if request.Route != "content.list" || status == nil && request.Query.Has("status") || status != nil && request.Query.Get("status") != status {
					t.Errorf("status %v: request was %s", status, request.Line())
				}
			}
		}
	})
}

func TestCurtainContentsData_allPages(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkTotalMissing, simulator.QuirkContentListShowsDeleted}, func(t *testing.T, sim *simulator.Simulator) {
		var want []int64
		for i := range 230 {
			content := simulator.CurtainContent{}
			if i%3 == 0 {
				content.Status = simulator.StatusDeleted
			}
			id := sim.AddCurtainContent(content)
			if i%3 != 0 {
				want = append(want, id)
			}
		}
		var got []int64
		for _, content := range livestationtest.Configured(t, sim, nil).MustRead("livestation_curtain_contents", nil)["contents"].([]any) {
			got = append(got, content.(map[string]any)["content_id"].(int64))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the list is %v, want %v", got, want)
		}
	})
}

func TestCurtainContentsData_badInputNeverReachesTheService(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	for _, status := range []string{"", "ready", "PUBLISH"} {
		provider.ValidateData("livestation_curtain_contents", acceptance.Values{"status": status}).MustFail(t, `AttributeName("status")`, "one of")
	}
	livestationtest.MustHaveAsked(t, sim)
}

func TestCurtainContentsData_aFailedReadIsAnErrorAndNoEmptyList(t *testing.T) {
	livestationtest.FailedRead(t, "livestation_curtain_contents", "content.list", func(*simulator.Simulator) acceptance.Values { return acceptance.Values{} })
}

// Values on a real CLI.
func TestAccCurtainContentsData_onACLI(t *testing.T) {
	sim := acceptance.Start(t)
	contents := threeContents(t, sim)
	config := acceptance.Config(sim, livestationtest.Impatient, "", `
data "livestation_curtain_contents" "test" {
  status = "READY"
}
`)
	at := func(address string, path tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data."+address+".test", path, want)
	}
	livestationtest.Run(t,
		resource.TestStep{
			Config: config,
			ConfigStateChecks: []statecheck.StateCheck{
				at("livestation_curtain_contents", tfjsonpath.New("contents").AtSliceIndex(0).AtMapKey("content_id"), knownvalue.Int64Exact(contents[2].ID)),
				at("livestation_curtain_contents", tfjsonpath.New("contents"), knownvalue.ListSizeExact(1)),
			},
			Check: livestationtest.Wrote(sim),
		},
		resource.TestStep{Config: config, ConfigPlanChecks: livestationtest.NothingPlanned()},
	)
}
