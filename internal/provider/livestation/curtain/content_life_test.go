package curtain_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const contentAddress = "livestation_curtain_content.test"

// filler is a content of files in media-bkt; lines are further attributes.
func filler(files []string, lines ...string) string {
	var list strings.Builder
	for _, file := range files {
		fmt.Fprintf(&list, "    { bucket_name = \"media-bkt\", file_path = %q },\n", file)
	}
	return fmt.Sprintf("resource \"livestation_curtain_content\" \"test\" {\n  content = [\n%s  ]\n  %s\n}\n", list.String(), strings.Join(lines, "\n  "))
}

func fillerConfig(sim *simulator.Simulator, files []string, lines ...string) string {
	return acceptance.Config(sim, livestationtest.Impatient, "", filler(files, lines...))
}

var (
	notice = []string{"/curtain/notice.png", "/curtain/notice.mp3"}
	clips  = []string{"/curtain/one.mp4", "/curtain/two.MP4"}
)

// theContent is the one content that is not deleted.
func theContent(t *testing.T, sim *simulator.Simulator) simulator.CurtainContent {
	t.Helper()
	contents := keptContents(sim)
	if len(contents) != 1 {
		t.Fatalf("%d contents exist, want 1: %+v", len(contents), contents)
	}
	return contents[0]
}

func keptContents(sim *simulator.Simulator) []simulator.CurtainContent {
	return slices.DeleteFunc(sim.CurtainContents(), func(content simulator.CurtainContent) bool { return content.Status == simulator.StatusDeleted })
}

func noContentLeft(t *testing.T, sim *simulator.Simulator) {
	t.Helper()
	if left := keptContents(sim); len(left) > 0 {
		t.Errorf("contents are left, of the ten that an account can have: %+v", left)
	}
}

// contentInState hands the content's attributes in state to a function.
type contentInState func(attributes map[string]any) error

func (check contentInState) CheckState(_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	for _, object := range req.State.Values.RootModule.Resources {
		if object.Address == contentAddress {
			resp.Error = check(object.AttributeValues)
			return
		}
	}
	resp.Error = fmt.Errorf("%s is not in state", contentAddress)
}

// asTheService expects of the content in state what the service has.
func asTheService(sim *simulator.Simulator) statecheck.StateCheck {
	return contentInState(func(attributes map[string]any) error {
		contents := keptContents(sim)
		if len(contents) != 1 {
			return fmt.Errorf("%d contents exist", len(contents))
		}
		content := contents[0]
		id := strconv.FormatInt(content.ID, 10)
		for name, want := range map[string]string{
			"id": id, "content_id": id, "status": content.Status, "file_size": strconv.FormatInt(content.FileSize, 10),
			"file_duration": strconv.FormatInt(content.FileDuration, 10), "registered_time": livestationtest.InUTC(content.RegisterTime),
		} {
			if got := fmt.Sprint(attributes[name]); got != want {
				return fmt.Errorf("%s is %s, want %s", name, got, want)
			}
		}
		return nil
	})
}

func isReady() []statecheck.StateCheck {
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue(contentAddress, tfjsonpath.New("status"), knownvalue.StringExact("READY")),
		statecheck.ExpectKnownValue(contentAddress, tfjsonpath.New("file_size"), knownvalue.Int64Exact(1843200)),
		statecheck.ExpectKnownValue(contentAddress, tfjsonpath.New("file_duration"), knownvalue.Int64Exact(300)),
	}
}

// managedContent is one content with a provider that does not wait long.
func managedContent(t *testing.T, sim *simulator.Simulator) *acceptance.Managed {
	t.Helper()
	return acceptance.Manage(t, "livestation_curtain_content", func() *acceptance.Protocol { return livestationtest.Configured(t, sim, nil) })
}

// mustBeReady fails unless the one content is ready in state, and in state as the service has it.
func mustBeReady(t *testing.T, sim *simulator.Simulator, content *acceptance.Managed) {
	t.Helper()
	content.Has(acceptance.Values{"status": "READY", "file_size": int64(1843200), "file_duration": int64(300)})
	livestationtest.Must(t, asTheService(sim).(contentInState)(content.State()))
}

// files are values for files in media-bkt.
func files(paths []string) acceptance.Values {
	list := make([]any, len(paths))
	for i := range paths {
		list[i] = paths[i]
	}
	return contentOf(list...)
}

// mustHaveWritten fails unless exactly these writes were made since the log was last emptied, and empties it.
func mustHaveWritten(t *testing.T, sim *simulator.Simulator, routes ...string) {
	t.Helper()
	livestationtest.Must(t, livestationtest.Wrote(sim, routes...)(nil))
	sim.ResetRequests()
}

// The whole life of a content, under every choice that the API reference leaves open: creation, a quiet plan, another timeout,
// other files, and deletion.
func TestCurtainContent_lifeUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectContent, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		content := acceptance.Manage(t, "livestation_curtain_content", func() *acceptance.Protocol { return livestationtest.Configured(t, sim, nil) })
		of := func(files []string) acceptance.Values {
			var list []any
			for _, file := range files {
				list = append(list, acceptance.Values{"bucket_name": "media-bkt", "file_path": file})
			}
			return acceptance.Values{"content": list}
		}
		ready := func(config acceptance.Values, writes ...string) {
			t.Helper()
			sim.ResetRequests()
			content.Apply(config)
			livestationtest.Must(t, livestationtest.Wrote(sim, writes...)(nil))
			state := content.State()
			if state["status"] != "READY" || state["file_size"] != int64(1843200) || state["file_duration"] != int64(300) {
				t.Errorf("in state is %v", state)
			}
			livestationtest.Must(t, asTheService(sim).(contentInState)(state))
			content.NothingToDo(config)
			livestationtest.Must(t, livestationtest.Wrote(sim, writes...)(nil))
		}

		ready(of(notice), "content.create")
		want := []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/notice.png"}, {BucketName: "media-bkt", FilePath: "/curtain/notice.mp3"}}
		if content := theContent(t, sim); !slices.Equal(content.Inputs, want) {
			t.Errorf("the service holds %+v", content)
		}
		patient := of(notice)
		patient["timeouts"] = acceptance.Values{"create": "5m"}
		if content.Plan(patient).Replaces {
			t.Error("another timeout makes another content")
		}
		ready(patient)
		if !content.Plan(of(clips)).Replaces {
			t.Error("other files do not make another content")
		}
		ready(of(clips), "content.delete", "content.create")
		sim.ResetRequests()
		content.Apply(nil)
		livestationtest.Must(t, livestationtest.Wrote(sim, "content.delete")(nil))
		noContentLeft(t, sim)
	})
}

func TestAccCurtainContent_waitsUntilItIsReady(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithCreation(0, 3))
	livestationtest.Run(t, resource.TestStep{
		Config: fillerConfig(sim, notice),
		Check: livestationtest.Then(func() {
			if got := livestationtest.AfterLooks(t, sim, "content.list"); !slices.Equal(got, []string{"content.create", "content.get", "content.get", "content.get", "content.get"}) {
				t.Errorf("requests were %q", got)
			}
		}),
		ConfigStateChecks: isReady(),
	})
	noContentLeft(t, sim)
}

// A content counts against the account's ten from the first answer on: whatever fails after that, its id is in state.
func TestCurtainContent_staysInStateWhenTheWaitFails(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{"HTML": {Kind: simulator.FaultNotJSON}, "500": {Status: 500}, "no shape": {Kind: simulator.FaultWrongShape}} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			fault.Route = "content.get"
			lift := sim.Inject(fault)
			content := managedContent(t, sim)
			content.Try(files(notice)).MustFail(t, "Curtain content is not ready", "kept in state", "untaint")
			lift()
			theContent(t, sim)
			sim.ResetRequests()
			content.Do(acceptance.Replace, files(notice)) // tainted, so it was in state
			mustHaveWritten(t, sim, "content.delete", "content.create")
			content.Apply(nil)
			noContentLeft(t, sim)
		})
	}
}

func TestCurtainContent_destroyEndsOneThatNeverBecameReady(t *testing.T) {
	t.Parallel()
	memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
		content := acceptance.Manage(t, "livestation_curtain_content", process)
		content.Try(files(notice)).MustFail(t, "is not ready", "status was CREATING", "kept in state")
		theContent(t, sim)
		content.Do(acceptance.Destroy, nil)
		noContentLeft(t, sim)
		mustHaveWritten(t, sim, "content.create", "content.delete")
	}, simulator.WithCreation(time.Hour, 0))
}

// Each operation obeys its own timeout, and no other; the others are longer than this may take.
func TestCurtainContent_eachOperationHasItsOwnTimeout(t *testing.T) {
	for operation, route := range map[string]string{"create": "content.get", "delete": "content.delete"} {
		t.Run(operation, func(t *testing.T) {
			t.Parallel()
			memnet.BubbleWith(t, acceptance.Values{"request_timeout": "5h"}, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				limits := acceptance.Values{"create": "1h", "delete": "1h"}
				limits[operation] = "20s"
				config, content := files(notice), acceptance.Manage(t, "livestation_curtain_content", process)
				config["timeouts"] = limits
				order := config
				if operation == "delete" {
					content.Apply(config)
					order = nil
				}
				sim.Inject(simulator.Fault{Route: route, Kind: simulator.FaultHang})
				began := time.Now()
				if errors := content.Try(order).Errors(); len(errors) == 0 {
					t.Error("there was no error")
				}
				if took := time.Since(began); took > time.Minute {
					t.Errorf("it was given up after %s", took)
				}
				theContent(t, sim)
			})
		})
	}
}

func TestCurtainContent_thatCannotBeMadeStaysInStateUntilItIsReplaced(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkContentSlow, simulator.QuirkContentCreateOnlyID}, func(t *testing.T, sim *simulator.Simulator) {
		broken := []string{"/curtain/broken.mp4"}
		sim.FailProcessingOf(broken[0])
		content := managedContent(t, sim)
		content.Try(files(broken)).MustFail(t, "Curtain content could not be made", `AttributeName("content")`, "PROCESSING_FAIL", "mp4", "tainted")
		first := theContent(t, sim)
		if first.Status != simulator.StatusProcessingFail {
			t.Errorf("the service holds %+v", first)
		}
		sim.ResetRequests()
		content.Do(acceptance.Replace, files(clips))
		mustHaveWritten(t, sim, "content.delete", "content.create")
		if now := theContent(t, sim); now.ID == first.ID {
			t.Errorf("content %d is still there", first.ID)
		}
		mustBeReady(t, sim, content)
		content.Apply(nil)
		noContentLeft(t, sim)
	})
}

func TestCurtainContent_disappears(t *testing.T) {
	for name, disappear := range map[string]func(*simulator.Simulator, int64){
		"without a trace": func(sim *simulator.Simulator, id int64) { sim.RemoveCurtainContent(id) },
		"as deleted": func(sim *simulator.Simulator, id int64) {
			_ = sim.EditCurtainContent(id, func(content *simulator.CurtainContent) { content.Status = simulator.StatusDeleted })
		},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			content := managedContent(t, sim)
			content.Apply(files(notice))
			disappear(sim, theContent(t, sim).ID)
			sim.ResetRequests()
			content.Do(acceptance.Create, files(notice))
			mustHaveWritten(t, sim, "content.create")
			content.Apply(nil)
			noContentLeft(t, sim)
		})
	}
}

// made creates a content by protocol and returns it with its configuration.
func made(t *testing.T, sim *simulator.Simulator, provider *acceptance.Protocol) (acceptance.Object, int64) {
	t.Helper()
	object := provider.Create("livestation_curtain_content", contentOf("/curtain/notice.png"))
	id := theContent(t, sim).ID
	sim.ResetRequests()
	return object, id
}

func contentOf(files ...any) acceptance.Values {
	list := []any{}
	for _, file := range files {
		list = append(list, acceptance.Values{"bucket_name": "media-bkt", "file_path": file})
	}
	return acceptance.Values{"content": list}
}

// Somebody else is quicker, between the refresh and the delete.
func TestCurtainContent_deletingAMissingContentIsSuccessUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectContent, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		for _, status := range []string{"", simulator.StatusDeleted} {
			provider := livestationtest.Configured(t, sim, nil)
			object, id := made(t, sim, provider)
			plan := provider.Plan("livestation_curtain_content", object, nil)
			plan.MustBeSilent(t)
			if status == "" {
				sim.RemoveCurtainContent(id)
			} else {
				livestationtest.Must(t, sim.EditCurtainContent(id, func(content *simulator.CurtainContent) { content.Status = status }))
			}
			_, diags := provider.Apply("livestation_curtain_content", plan)
			diags.MustBeSilent(t)
			if count := sim.Count("content.delete"); count != 1 {
				t.Errorf("%d deletions were sent, want 1", count)
			}
		}
	})
}

func TestCurtainContent_inUseIsNotDeletedAndStaysInState(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkContentInUseRefused))
	channel := sim.AddGeneralChannel(simulator.GeneralChannel{})
	provider := livestationtest.Configured(t, sim, nil)
	object, id := made(t, sim, provider)
	provider.Create("livestation_curtain", acceptance.Values{"channel_id": channel, "content_ids": []any{int(id)}})
	destroy := func() (acceptance.Object, acceptance.Diagnostics) {
		return provider.Apply("livestation_curtain_content", provider.Plan("livestation_curtain_content", object, nil))
	}
	left, diags := destroy()
	diags.MustFail(t, "Curtain content was not deleted", "250005", strconv.FormatInt(id, 10), "stays in state", "curtain is over")
	if len(provider.Attributes("livestation_curtain_content", left)) == 0 {
		t.Error("the content is not in state any more")
	}
	if status := theContent(t, sim).Status; status != simulator.StatusReady {
		t.Errorf("its status is %s", status)
	}
	sim.EndCurtain(channel)
	if _, diags = destroy(); len(diags) > 0 {
		t.Errorf("got %q", diags.Errors())
	}
	noContentLeft(t, sim)
}

// Both in one configuration: the curtain comes down before its content goes.
func TestAccCurtainContent_underACurtainInOneConfiguration(t *testing.T) {
	sim := acceptance.Start(t, simulator.WithQuirks(simulator.QuirkContentInUseRefused, simulator.QuirkContentSlow))
	channel := sim.AddGeneralChannel(simulator.GeneralChannel{})
	curtain := fmt.Sprintf("resource \"livestation_curtain\" \"test\" {\n  channel_id = %q\n  content_ids = [%s.content_id]\n}\n", channel, contentAddress)
	livestationtest.Run(t,
		resource.TestStep{
			Config: acceptance.Config(sim, livestationtest.Impatient, "", filler(notice)+curtain), Check: resource.ComposeTestCheckFunc(livestationtest.Wrote(sim, "content.create", "curtain.insert"), livestationtest.Then(func() {
				if laid, ok := sim.Curtain(channel); !ok || !slices.Equal(laid.ContentIDs, []int64{theContent(t, sim).ID}) {
					t.Errorf("the curtain is %+v", laid)
				}
			})),
		},
	)
	noContentLeft(t, sim)
	if got := livestationtest.Writes(sim); !slices.Equal(got, []string{"content.create", "curtain.insert", "curtain.remove", "content.delete"}) {
		t.Errorf("writes were %q", got)
	}
}

// A content that is being made, or was left alone by an edit elsewhere, is no change to plan for.
func TestCurtainContent_refreshIsQuietUnderEveryQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectContent, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		provider := livestationtest.Configured(t, sim, nil)
		object, id := made(t, sim, provider)
		livestationtest.Must(t, sim.EditCurtainContent(id, func(content *simulator.CurtainContent) { content.UpdatedTime = content.UpdatedTime.Add(time.Hour) }))
		after, changed, diags := provider.Refresh("livestation_curtain_content", object)
		diags.MustBeSilent(t)
		if len(changed) > 0 {
			t.Errorf("the refresh changed %q", changed)
		}
		plan := provider.Plan("livestation_curtain_content", after, contentOf("/curtain/notice.png"))
		plan.MustBeSilent(t)
		if plan.Replaces {
			t.Error("the plan replaces the content")
		}
		livestationtest.MustHaveAsked(t, sim, "content.get")
	})
}
