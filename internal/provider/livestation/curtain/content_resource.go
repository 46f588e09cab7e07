package curtain

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	tfpath "github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/apierror"
	api "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/models"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/planwarnings"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/timeouts"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

// contentResource is prepared material for curtains.
type contentResource struct{ service *livestation.Service }

var (
	_ resource.ResourceWithConfigure      = (*contentResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*contentResource)(nil)
	_ resource.ResourceWithIdentity       = (*contentResource)(nil)
	_ resource.ResourceWithImportState    = (*contentResource)(nil)
	_ resource.ResourceWithValidateConfig = (*contentResource)(nil)
)

// NewContentResource returns the resource `livestation_curtain_content`.
func NewContentResource() resource.Resource { return &contentResource{} }

func (r *contentResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "livestation_curtain_content"
}

const (
	contentCreateTimeout = 10 * time.Minute
	contentDeleteTimeout = 5 * time.Minute
)

func (r *contentResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("Prepares filler content for live curtains from files in Object Storage. Live Station keeps its own copy: if a file changes later, the content does not. "+
			"Replace the resource to read the file again.\n\n"+
			"An account can have %d contents. A file may have up to 100 MB. Images (`png`, `jpg`, `jpeg`) become a video of 5 minutes, with sound if you add an audio file (`aac`, `mp3`, `m4a`); "+
			"videos are `mp4`. Audio alone is not supported.", api.MaxCurtainContents),
		Attributes: map[string]schema.Attribute{
			"content": schema.ListNestedAttribute{
				Required:            true,
				MarkdownDescription: "Source files of the content, 1 to 10. Changing them replaces the content.",
				Validators:          []validator.List{listvalidator.SizeBetween(1, 10)},
				PlanModifiers: []planmodifier.List{listplanmodifier.RequiresReplaceIf(
					func(_ context.Context, req planmodifier.ListRequest, resp *listplanmodifier.RequiresReplaceIfFuncResponse) {
						resp.RequiresReplace = !req.StateValue.IsNull()
					}, "Changing it replaces the content.", "Changing it replaces the content.",
				)},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"bucket_name": schema.StringAttribute{
						Required:            true,
						MarkdownDescription: "Name of the Object Storage bucket.",
						Validators:          []validator.String{validate.RequiredText()},
					},
					"file_path": schema.StringAttribute{
						Required:            true,
						MarkdownDescription: "Path of the file in the bucket, beginning with `/`, such as `/curtain/notice.png`.",
						Validators:          []validator.String{contentFile},
					},
				}},
			},
			"timeouts": timeouts.Attribute(ctx, timeouts.Opts{
				Create: true, Delete: true,
				CreateDescription: "How long creation may take, including the wait until the content is ready. Default `10m`.",
				DeleteDescription: "How long deletion may take. Default `5m`.",
			}),

			"id":            schema.StringAttribute{Computed: true, MarkdownDescription: "Same as `content_id`, as a string."},
			"content_id":    schema.Int64Attribute{Computed: true, MarkdownDescription: "Id of the content, for `content_ids` of a `livestation_curtain`."},
			"status":        schema.StringAttribute{Computed: true, MarkdownDescription: "`CREATING`, `READY` or `PROCESSING_FAIL`."},
			"file_size":     schema.Int64Attribute{Computed: true, MarkdownDescription: "Size of the content in bytes."},
			"file_duration": schema.Int64Attribute{Computed: true, MarkdownDescription: "Length of the content in seconds."},
			"registered_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{},
				MarkdownDescription: "Time of creation, in RFC 3339 and UTC."},
		},
	}
}

func (r *contentResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"content_id": identityschema.Int64Attribute{RequiredForImport: true, Description: "Id of the curtain content."},
	}}
}

func (r *contentResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.service = service.Of[livestation.Service](req.ProviderData, &resp.Diagnostics)
}

func (r *contentResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config contentModel
	resp.Diagnostics.Append(models.Get(ctx, req.Config, &config)...)
	if resp.Diagnostics.HasError() || config.Content.IsUnknown() {
		return
	}
	for _, element := range config.Content.Elements() {
		if element.IsUnknown() || element.IsNull() {
			return // The framework refuses null in words of its own.
		}
	}
	var files []contentFileModel
	resp.Diagnostics.Append(config.Content.ElementsAs(ctx, &files, false)...)
	for _, file := range files {
		if file.FilePath.IsUnknown() || mediaKind(file.FilePath.ValueString()) != "audio" {
			return
		}
	}
	if len(files) > 0 && !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddAttributeError(tfpath.Root("content"), "Audio alone is not supported",
			"Live Station makes no content from audio files alone. Add an image (png, jpg, jpeg), or use a video (mp4).")
	}
}

func (r *contentResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan contentModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	timeout, diags := plan.Timeouts.Create(ctx, contentCreateTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	inputs, diags := plan.inputs(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "create", timeout)
	defer cancel()
	id, found, err := client.CreateCurtainContent(ctx, inputs)
	if err != nil {
		resp.Diagnostics.Append(contentCreateError(inputs, err))
		return
	}
	// The id is in state before anything else can fail or wait.
	plan.setID(id)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, tfpath.Root("content_id"), id)...)
	if found {
		resp.Diagnostics.AddWarning("Answer to the creation was lost", fmt.Sprintf(
			"The service sent no usable response, but then showed exactly one new content of these files: %d. It is assumed to be the one requested.", id))
	}
	content, err := client.WaitForCurtainContent(ctx, id)
	plan.setFromAPI(content)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
	switch {
	case errors.Is(err, api.ErrProcessingFailed):
		resp.Diagnostics.AddAttributeError(tfpath.Root("content"), "Curtain content could not be made", fmt.Sprintf(
			"%s\n\nLook at the files: images are png, jpg or jpeg, videos mp4, audio aac, mp3 or m4a, each up to 100 MB. Content %d stays in state, marked as tainted: the next apply replaces it.", err, id))
	case err != nil:
		resp.Diagnostics.AddError("Curtain content is not ready", livestation.IncompleteCreation(fmt.Sprintf("Content %d", id), "livestation_curtain_content", err))
	}
}

func contentCreateError(inputs []api.ContentInput, err error) diag.Diagnostic {
	if apierror.Is(err, apierror.Lost) {
		return diag.NewErrorDiagnostic("Curtain content may have been created", fmt.Sprintf(
			"%s\n\nThe creation of a content of %s was sent, and no response shows whether it took effect. It is not sent again blindly, because an account can have only %d contents. "+
				"List the contents (data source livestation_curtain_contents). If there is a new one of these files, import it before you apply again: terraform import livestation_curtain_content.NAME CONTENT_ID",
			err, sources(inputs), api.MaxCurtainContents))
	}
	if apierror.Is(err, apierror.Gone) {
		return diag.NewAttributeErrorDiagnostic(tfpath.Root("content"), "Curtain content was not created", fmt.Sprintf(
			"%s\n\nCheck whether each of the files exists in a bucket of this account and zone: %s.", err, sources(inputs)))
	}
	if apierror.Is(err, apierror.Throttled, apierror.Unauthorised, apierror.Unsent) { // It says nothing about the files.
		return diag.NewErrorDiagnostic("Curtain content was not created", livestation.Explain(err))
	}
	return diag.NewAttributeErrorDiagnostic(tfpath.Root("content"), "Curtain content was not created", livestation.Explain(err)+fmt.Sprintf(
		"\n\nAn account can have up to %d contents; delete one that is not needed if that is the limit met. Images are png, jpg or jpeg, videos mp4, audio aac, mp3 or m4a and not alone, each up to 100 MB.", api.MaxCurtainContents))
}

// sources names the files of a content as the service shows them.
func sources(inputs []api.ContentInput) string {
	names := make([]string, len(inputs))
	for i, input := range inputs {
		names[i] = input.BucketName + input.FilePath
	}
	return strings.Join(names, " and ")
}

func (r *contentResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state contentModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	client.ClaimCurtainContent(state.ContentID.ValueInt64())
	r.service.Contents.Read(planwarnings.Held{ID: state.ID.ValueString()})
	// First of all: CLIs older than 1.12 require an identity even if the object turns out to be gone.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, tfpath.Root("content_id"), state.ContentID)...)
	content, err := client.CurtainContent(ctx, state.ContentID.ValueInt64())
	if apierror.Is(err, apierror.Gone) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.AddError("Curtain content could not be read", livestation.Explain(err)+"\n\nNothing was changed in state.")
		return
	}
	if state.Content.IsNull() {
		resp.Diagnostics.Append(state.setContentFromAPI(ctx, content)...)
	}
	state.ID = types.StringValue(strconv.FormatInt(state.ContentID.ValueInt64(), 10))
	state.setFromAPI(content)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &state)...)
}

// Update only records changed timeouts.
func (r *contentResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan contentModel
	resp.Diagnostics.Append(models.Get(ctx, req.Plan, &plan)...)
	// CLIs older than 1.12 send no identity, and reject a response without one.
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, tfpath.Root("content_id"), plan.ContentID)...)
	resp.Diagnostics.Append(models.Set(ctx, &resp.State.Raw, &plan)...)
}

func (r *contentResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state contentModel
	resp.Diagnostics.Append(models.Get(ctx, req.State, &state)...)
	timeout, diags := state.Timeouts.Delete(ctx, contentDeleteTimeout)
	resp.Diagnostics.Append(diags...)
	client, diags := r.service.Client()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := timeouts.Within(ctx, "delete", timeout)
	defer cancel()
	if err := client.DeleteCurtainContent(ctx, state.ContentID.ValueInt64()); err != nil {
		resp.Diagnostics.AddError("Curtain content was not deleted", fmt.Sprintf("%s\n\nContent %d stays in state. A content that a running curtain shows may not be deletable until the curtain is over.",
			livestation.Explain(err), state.ContentID.ValueInt64()))
	}
}

func (r *contentResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	validate.ImportNumber(ctx, req, "content_id", "livestation_curtain_content.NAME 512", resp)
}

// mediaKind returns what a file is, by its extension; "" for what Live Station does not take
// [media-livestation-curtaincontent-curtaincontentcreate].
func mediaKind(file string) string {
	switch strings.ToLower(path.Ext(file)) {
	case ".png", ".jpg", ".jpeg":
		return "image"
	case ".mp4":
		return "video"
	case ".aac", ".mp3", ".m4a":
		return "audio"
	}
	return ""
}

// contentFile accepts paths of files that Live Station takes.
var contentFile = validate.Text("must "+contentFileMust, func(at tfpath.Path, file string, diags *diag.Diagnostics) {
	if problem := validate.FileProblem(file, contentFileMust, func(file string) bool { return mediaKind(file) != "" }); problem != "" {
		diags.AddAttributeError(at, "Unsupported file for a curtain content", fmt.Sprintf("`%s` %s", at, problem))
	}
})

const contentFileMust = "begin with / and end in .png, .jpg, .jpeg, .mp4, .aac, .mp3 or .m4a"
