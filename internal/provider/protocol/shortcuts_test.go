package protocol

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// note is a resource whose Read and ModifyPlan do what a test wants.
type note struct{ of *notes }

// notes is a provider with that one resource.
type notes struct {
	emptyProvider
	ready      bool
	reads      int
	read       func(context.Context, resource.ReadRequest, *resource.ReadResponse)
	modifyPlan func(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse)
}

func (n *notes) Metadata(context.Context, provider.MetadataRequest, *provider.MetadataResponse) {}
func (n *notes) ResourceData() (any, bool)                                                      { return nil, n.ready }
func (n *notes) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return note{n} }}
}

func (note) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "note"
}

func (note) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"text":   schema.StringAttribute{Required: true},
		"pinned": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true)},
	}}
}

func (n note) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	n.of.reads++
	n.of.read(ctx, req, resp)
}

func (n note) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	n.of.modifyPlan(ctx, req, resp)
}

func (note) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (note) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (note) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

var noteType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"text": tftypes.String, "pinned": tftypes.Bool}}

func noteOf(t *testing.T, text string, pinned any) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.NewDynamicValue(noteType, tftypes.NewValue(noteType, map[string]tftypes.Value{
		"text": tftypes.NewValue(tftypes.String, text), "pinned": tftypes.NewValue(tftypes.Bool, pinned),
	}))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

// asked is the framework's server, which counts what it is asked.
type asked struct {
	frameworkServer
	reads, plans int
}

func (a *asked) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	a.reads++
	return a.frameworkServer.ReadResource(ctx, req)
}

func (a *asked) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	a.plans++
	return a.frameworkServer.PlanResourceChange(ctx, req)
}

func newNotes(t *testing.T, shortcuts bool) (*notes, *asked, tfprotov6.ProviderServer) {
	t.Helper()
	n := &notes{
		ready: true,
		read:  func(context.Context, resource.ReadRequest, *resource.ReadResponse) {},
		modifyPlan: func(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse) {
		},
	}
	framework := &asked{frameworkServer: providerserver.NewProtocol6(n)().(frameworkServer)}
	s, err := NewServer(framework, n, shortcuts)
	if err != nil {
		t.Fatal(err)
	}
	return n, framework, s
}

func privateOf(t *testing.T, keys map[string][]byte) []byte {
	t.Helper()
	encoded, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// The service is asked once whatever is found; the framework only where it has something to add.
func TestChangedReadIsMadeOnceAndReplayedThroughTheFramework(t *testing.T) {
	t.Parallel()
	nothing := func(context.Context, resource.ReadRequest, *resource.ReadResponse) {}
	for name, tc := range map[string]struct {
		read                  func(context.Context, resource.ReadRequest, *resource.ReadResponse)
		private               []byte
		notReady, noShortcuts bool
		framework             int
		text, said            string
	}{
		"nothing new":       {read: nothing, text: "old"},
		"with private keys": {read: nothing, text: "old", private: privateOf(t, map[string][]byte{"key": []byte(`"value"`)})},
		"another text": {read: func(ctx context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
			resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("text"), "new")...)
		}, text: "new"},
		"a warning": {read: func(_ context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
			resp.Diagnostics.AddWarning("Look", "top-secret")
		}, text: "old", said: "(secret)"},
		"another private key": {read: func(ctx context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
			resp.Diagnostics.Append(resp.Private.SetKey(ctx, "key", []byte(`"value"`))...)
		}, text: "old"},
		"gone": {read: func(ctx context.Context, _ resource.ReadRequest, resp *resource.ReadResponse) {
			resp.State.RemoveResource(ctx)
		}},
		"after an import":          {read: nothing, text: "old", private: privateOf(t, map[string][]byte{".import_before_read": []byte("true")}), framework: 1},
		"a provider not yet ready": {read: nothing, text: "old", notReady: true, framework: 1},
		"without shortcuts":        {read: nothing, text: "old", noShortcuts: true, framework: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, framework, s := newNotes(t, !tc.noShortcuts)
			n.read, n.ready = tc.read, !tc.notReady
			resp, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: "note", CurrentState: noteOf(t, "old", true), Private: tc.private})
			if err != nil {
				t.Fatal(err)
			}
			if n.reads != 1 || framework.reads != tc.framework {
				t.Errorf("the resource was read %d times, and the framework %d times, want 1 and %d", n.reads, framework.reads, tc.framework)
			}
			said := ""
			for _, diagnostic := range resp.Diagnostics {
				said += diagnostic.Detail
			}
			if text := textOf(t, resp.NewState); text != tc.text || said != tc.said {
				t.Errorf("found %q and said %q, want %q and %q", text, said, tc.text, tc.said)
			}
			if name == "another private key" && string(resp.Private) != string(privateOf(t, map[string][]byte{"key": []byte(`"value"`)})) {
				t.Errorf("private state is %s", resp.Private)
			}
		})
	}
}

func textOf(t *testing.T, state *tfprotov6.DynamicValue) (text string) {
	t.Helper()
	value, err := state.Unmarshal(noteType)
	if err != nil {
		t.Fatal(err)
	}
	if value.IsNull() {
		return ""
	}
	members := map[string]tftypes.Value{}
	if err := value.As(&members); err != nil {
		t.Fatal(err)
	}
	if err := members["text"].As(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

func TestPlanWithChangesOrDiagnosticsGoesThroughTheFramework(t *testing.T) {
	t.Parallel()
	nothing := func(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse) {}
	for name, tc := range map[string]struct {
		modifyPlan            func(context.Context, resource.ModifyPlanRequest, *resource.ModifyPlanResponse)
		text                  string
		configured, prior     any
		notReady, noShortcuts bool
		framework             int
	}{
		"nothing new":                 {modifyPlan: nothing, text: "old", prior: true},
		"a default that is overruled": {modifyPlan: nothing, text: "old", prior: false, configured: false},
		"a default that is missing":   {modifyPlan: nothing, text: "old", prior: false, framework: 1},
		"another text":                {modifyPlan: nothing, text: "new", prior: true, framework: 1},
		"a warning": {modifyPlan: func(_ context.Context, _ resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
			resp.Diagnostics.AddWarning("Look", "here")
		}, text: "old", prior: true, framework: 1},
		"a replacement": {modifyPlan: func(_ context.Context, _ resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("text"))
		}, text: "old", prior: true, framework: 1},
		"a changed plan": {modifyPlan: func(ctx context.Context, _ resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("text"), "new")...)
		}, text: "old", prior: true, framework: 1},
		"another private key": {modifyPlan: func(ctx context.Context, _ resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
			resp.Diagnostics.Append(resp.Private.SetKey(ctx, "key", []byte(`"value"`))...)
		}, text: "old", prior: true, framework: 1},
		"a provider not yet ready": {modifyPlan: nothing, text: "old", prior: true, notReady: true, framework: 1},
		"without shortcuts":        {modifyPlan: nothing, text: "old", prior: true, noShortcuts: true, framework: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, framework, s := newNotes(t, !tc.noShortcuts)
			n.modifyPlan, n.ready = tc.modifyPlan, !tc.notReady
			resp, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: "note", PriorState: noteOf(t, "old", tc.prior), ProposedNewState: noteOf(t, tc.text, tc.prior), Config: noteOf(t, tc.text, tc.configured),
			})
			if err != nil || resp.PlannedState == nil {
				t.Fatal(resp, err)
			}
			if framework.plans != tc.framework {
				t.Errorf("the framework was asked %d times, want %d", framework.plans, tc.framework)
			}
		})
	}
}
