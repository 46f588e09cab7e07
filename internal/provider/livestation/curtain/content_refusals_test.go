package curtain_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A CLI stops at bad input before it plans.
func TestAccCurtainContentRefusals_badInputStopsTheCLI(t *testing.T) {
	sim := acceptance.Start(t)
	livestationtest.Run(t, resource.TestStep{
		Config:      acceptance.Config(sim, livestationtest.Impatient, "", filler([]string{"/curtain/notice.gif"})),
		ExpectError: livestationtest.Says("Unsupported file", "file_path", ".png", "/curtain/notice.gif"),
	})
	livestationtest.MustHaveAsked(t, sim)
}

func TestCurtainContentRefusals_badInputIsBlamedOnItsAttribute(t *testing.T) {
	sim := acceptance.Start(t)
	provider := livestationtest.Configured(t, sim, nil)
	file := func(i int) string {
		return fmt.Sprintf(`AttributeName("content").ElementKeyInt(%d).AttributeName("file_path"):`, i)
	}
	with := func(name string, value any) acceptance.Values {
		config := contentOf("/a.png")
		config[name] = value
		return config
	}
	for _, bad := range []struct {
		config acceptance.Values
		words  []string
	}{
		{contentOf(), []string{`AttributeName("content"):`, "at least 1 elements and at most 10"}},
		{contentOf("/0.mp4", "/1.mp4", "/2.mp4", "/3.mp4", "/4.mp4", "/5.mp4", "/6.mp4", "/7.mp4", "/8.mp4", "/9.mp4", "/10.mp4"), []string{`AttributeName("content"):`, "at most 10", "got: 11"}},
		{contentOf("/a.png", "/b.gif"), []string{file(1), "Unsupported file", "/b.gif"}},
		{contentOf("/curtain/notice"), []string{file(0), "Unsupported file", "/curtain/notice"}},
		{contentOf(""), []string{file(0), "Unsupported file"}},
		{contentOf("/a.png", "/.png"), []string{file(1), "Unsupported file", "no name before the extension", `"/.png"`}},
		{contentOf("/curtain/.mp4"), []string{file(0), "Unsupported file", "no name before the extension"}},
		{contentOf("a.png", "/b.png"), []string{file(0), "must begin with /"}},
		{contentOf("/a.mp3"), []string{`AttributeName("content"):`, "Audio alone is not supported", "Add an image"}},
		{contentOf("/a.mp3", "/b.M4A"), []string{`AttributeName("content"):`, "Audio alone is not supported"}},
		{with("content", []any{acceptance.Values{"bucket_name": "", "file_path": "/a.png"}}), []string{`AttributeName("bucket_name"):`, "is empty"}},
		{with("timeouts", acceptance.Values{"create": "soon"}), []string{`AttributeName("timeouts").AttributeName("create"):`, `"soon"`, "duration above zero"}},
		{with("status", "READY"), []string{`AttributeName("status")`}},
	} {
		diags := provider.Validate("livestation_curtain_content", bad.config)
		diags.MustFail(t, bad.words...)
		if errors := diags.Errors(); len(errors) != 1 {
			t.Errorf("%v: %d errors, want 1: %q", bad.config, len(errors), errors)
		}
	}
	for _, good := range []acceptance.Values{
		contentOf("/a.JPG"), contentOf("/a.jpeg", "/a.m4a"), contentOf("/dir.d/a b.mp4"), contentOf("/a.mp3", acceptance.Unknown), contentOf(acceptance.Unknown),
		{"content": acceptance.Unknown},
	} {
		provider.Validate("livestation_curtain_content", good).MustBeSilent(t)
	}
	livestationtest.MustHaveAsked(t, sim)
}

// What only the service knows to be wrong is refused by it, with its code, on the attribute that is to blame.
func TestCurtainContentRefusals_theServicesOwnRefusalIsShown(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkErrorCodeString}, func(t *testing.T, sim *simulator.Simulator) {
		provider := livestationtest.Configured(t, sim, nil)
		for _, files := range [][]any{{"/a.png", "/b.png"}, {"/a.png", "/b.mp4"}, {"/a.png", "/b.mp3", "/c.mp3"}} {
			plan := provider.Plan("livestation_curtain_content", acceptance.Object{}, contentOf(files...))
			plan.MustBeSilent(t)
			sim.ResetRequests()
			object, diags := provider.Apply("livestation_curtain_content", plan)
			diags.MustFail(t, `AttributeName("content"):`, "Curtain content was not created", "250002", "INVALID_FORMAT", "mp4", "100 MB")
			if len(provider.Attributes("livestation_curtain_content", object)) > 0 {
				t.Error("something is in state")
			}
			livestationtest.MustHaveAsked(t, sim, "content.create")
		}
		noContentLeft(t, sim)
	})
}

func TestCurtainContentRefusals_eleventhContentIsRefused(t *testing.T) {
	livestationtest.EveryQuirkOf(t, []simulator.Quirk{"", simulator.QuirkErrorCodeString, simulator.QuirkContentListShowsDeleted}, func(t *testing.T, sim *simulator.Simulator) {
		var last int64
		for range 10 {
			last = sim.AddCurtainContent(simulator.CurtainContent{})
		}
		content := managedContent(t, sim)
		content.Try(files(notice)).MustFail(t, "Curtain content was not created", `AttributeName("content")`, "Up to 10 curtain contents can be created", "250001",
			"An account can have up to 10 contents", "delete one")
		mustHaveWritten(t, sim, "content.create")
		sim.RemoveCurtainContent(last)
		content.Do(acceptance.Create, files(notice))
		content.Has(acceptance.Values{"status": "READY"})
		content.Apply(nil)
		if left := keptContents(sim); len(left) != 9 {
			t.Errorf("%d contents are left, want the 9 of somebody else", len(left))
		}
	})
}

func TestCurtainContentRefusals_wrongKeysLoseNothing(t *testing.T) {
	sim := acceptance.Start(t)
	object, id := made(t, sim, livestationtest.Configured(t, sim, nil))
	stranger := livestationtest.Configured(t, sim, acceptance.Values{"secret_key": "another-secret-key"})
	want := []string{"200", "Authentication Failed", "secret_key", "clock"}

	plan := stranger.Plan("livestation_curtain_content", acceptance.Object{}, contentOf("/b.png"))
	plan.MustBeSilent(t)
	created, diags := stranger.Apply("livestation_curtain_content", plan)
	diags.MustFail(t, append(want, "Curtain content was not created")...)
	if len(stranger.Attributes("livestation_curtain_content", created)) > 0 {
		t.Error("something is in state")
	}
	after, changed, diags := stranger.Refresh("livestation_curtain_content", object)
	diags.MustFail(t, append(want, "Nothing was changed in state")...)
	if len(changed) > 0 || len(stranger.Attributes("livestation_curtain_content", after)) == 0 {
		t.Errorf("the refresh changed %q", changed)
	}
	left, diags := stranger.Apply("livestation_curtain_content", stranger.Plan("livestation_curtain_content", object, nil))
	diags.MustFail(t, append(want, "stays in state", strconv.FormatInt(id, 10))...)
	if len(stranger.Attributes("livestation_curtain_content", left)) == 0 {
		t.Error("the content is not in state any more")
	}
	theContent(t, sim)
}

// Only the service's own word that there is no such content removes it from state.
func TestCurtainContentRefusals_aFailedReadRemovesNothingFromState(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"404 page": {Kind: simulator.FaultNotJSON, Status: http.StatusNotFound}, "404 without a body": {Kind: simulator.FaultEmptyBody, Status: http.StatusNotFound},
		"gateway's 404": {Status: http.StatusNotFound, Body: `{"error":{"errorCode":"300","message":"Not Found Exception","details":"URL not found."}}`},
		"HTML":          {Kind: simulator.FaultNotJSON}, "500": {Status: http.StatusInternalServerError}, "403": {Status: http.StatusForbidden}, "reset": {Kind: simulator.FaultReset},
		"wrong shape": {Kind: simulator.FaultWrongShape}, "redirect": {Kind: simulator.FaultRedirect, Location: "http://127.0.0.1:9/"},
	} {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			provider := livestationtest.Configured(t, sim, acceptance.Values{"max_retries": 1})
			object, _ := made(t, sim, provider)
			fault.Route = "content.get"
			sim.Inject(fault)
			after, changed, diags := provider.Refresh("livestation_curtain_content", object)
			diags.MustFail(t, "Curtain content could not be read", "Nothing was changed in state")
			if len(changed) > 0 || len(provider.Attributes("livestation_curtain_content", after)) == 0 {
				t.Errorf("the refresh changed %q", changed)
			}
		})
	}
}

// lost are the ways in which an answer to a write says nothing about what became of it.
var lost = map[string]simulator.Fault{
	"reset": {Kind: simulator.FaultReset}, "closed": {Kind: simulator.FaultClose}, "500": {Status: http.StatusInternalServerError},
	"gateway 502": {Kind: simulator.FaultNotJSON, Status: http.StatusBadGateway}, "HTML": {Kind: simulator.FaultNotJSON}, "empty": {Kind: simulator.FaultEmptyBody},
	"wrong shape": {Kind: simulator.FaultWrongShape},
}

func TestCurtainContentFaults_lostAnswerToACreationThatTookEffectIsAdopted(t *testing.T) {
	for name, fault := range lost {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			// One of the same files, made long ago, and one that somebody has deleted are not taken for the new one.
			inputs := []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/notice.mp3"}, {BucketName: "media-bkt", FilePath: "/curtain/notice.png"}}
			old := sim.AddCurtainContent(simulator.CurtainContent{Inputs: inputs})
			sim.AddCurtainContent(simulator.CurtainContent{Inputs: inputs, Status: simulator.StatusDeleted})
			livestationtest.Must(t, sim.EditCurtainContent(old, func(content *simulator.CurtainContent) { content.RegisterTime = content.RegisterTime.AddDate(0, 0, -1) }))
			fault.Route, fault.AfterEffect = "content.create", true
			sim.Inject(fault)
			content := managedContent(t, sim)
			content.Apply(files(notice))
			mustHaveWritten(t, sim, "content.create")
			content.Has(acceptance.Values{"status": "READY", "content_id": keptContents(sim)[1].ID})
			content.NothingToDo(files(notice))
			content.Apply(nil)
			if left := keptContents(sim); len(left) != 1 || left[0].ID != old {
				t.Errorf("left are %+v, want the old one alone", left)
			}
		})
	}
}

func TestCurtainContentFaults_lostAnswerToACreationThatTookNoEffectIsAnErrorWithoutASecondPOST(t *testing.T) {
	for name, fault := range lost {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			fault.Route = "content.create"
			lift := sim.Inject(fault)
			content := managedContent(t, sim)
			content.Try(files(notice)).MustFail(t, "Curtain content may have been created", "media-bkt/curtain/notice.png", "not sent again blindly", "livestation_curtain_contents",
				"terraform import livestation_curtain_content.NAME CONTENT_ID")
			mustHaveWritten(t, sim, "content.create")
			lift()
			content.Do(acceptance.Create, files(notice))
			mustBeReady(t, sim, content)
			content.Apply(nil)
			noContentLeft(t, sim)
		})
	}
}

// Several new contents of the same files: which one is ours cannot be told, and none is taken.
func TestCurtainContentFaults_lostAnswerAmongTwinsIsAnError(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "content.create", Kind: simulator.FaultReset, AfterEffect: true, Do: func(sim *simulator.Simulator) {
		sim.AddCurtainContent(simulator.CurtainContent{Inputs: []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/notice.png"}}})
	}})
	managedContent(t, sim).Try(files(notice[:1])).MustFail(t, "may have been created", "more than one content of these sources", "cannot be told")
	mustHaveWritten(t, sim, "content.create")
}

func TestCurtainContentFaults_lostAnswerToADeletion(t *testing.T) {
	for name, fault := range lost {
		t.Run(name, func(t *testing.T) {
			sim := acceptance.Start(t)
			provider := livestationtest.Configured(t, sim, nil)
			fault.Route, fault.Times = "content.delete", 1
			for _, takesEffect := range []bool{true, false} {
				object, _ := made(t, sim, provider)
				fault.AfterEffect = takesEffect
				sim.Inject(fault)
				left, diags := provider.Apply("livestation_curtain_content", provider.Plan("livestation_curtain_content", object, nil))
				if takesEffect {
					diags.MustBeSilent(t)
				} else {
					diags.MustFail(t, "Curtain content was not deleted", "stays in state")
					if len(provider.Attributes("livestation_curtain_content", left)) == 0 {
						t.Error("the content is not in state any more")
					}
				}
				livestationtest.MustHaveAsked(t, sim, "content.delete", "content.get")
				for _, content := range keptContents(sim) {
					sim.RemoveCurtainContent(content.ID)
				}
			}
		})
	}
}

// A creation that the service turns away unseen is sent again; one that it may have seen is not.
func TestCurtainContentFaults_onlyUnseenWritesAreRepeated(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "content.create", Status: http.StatusTooManyRequests, Times: 2})
	sim.Inject(simulator.Fault{Route: "content.get", Status: http.StatusServiceUnavailable, Times: 2})
	content := managedContent(t, sim)
	content.Apply(files(notice))
	mustHaveWritten(t, sim, "content.create", "content.create", "content.create")
	mustBeReady(t, sim, content)
	content.Apply(nil)
	noContentLeft(t, sim)
}

// Nothing has an id yet that could be checked: what does not exist is a file or its bucket.
func TestCurtainContentRefusals_aMissingFileIsNamed(t *testing.T) {
	sim := acceptance.Start(t)
	sim.Inject(simulator.Fault{Route: "content.create", Status: 404, Body: `{"error": {"errorCode": 250004, "message": "file not found.", "errorName": "NOT_FOUND"}}`})
	p := acceptance.Configured(t, acceptance.ProviderBlock(sim))
	_, diags := p.Apply("livestation_curtain_content", p.Plan("livestation_curtain_content", acceptance.Object{}, orderOf("/a.png")))
	diags.MustFail(t, `AttributeName("content")`, "was not created", "whether each of the files exists", "media/a.png")
	if text := strings.Join(diags.Errors(), ""); strings.Contains(text, "Check the id") {
		t.Errorf("the error speaks of an id: %s", text)
	}
}
