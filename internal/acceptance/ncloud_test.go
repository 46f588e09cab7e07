package acceptance_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	providerschema "github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// NAVER Cloud's own provider cannot be downloaded in a test. This binary stands in for it under its name, with the resources that
// the documentation uses, and asks for the settings that the real one asks for.

const ncloudBinary = "terraform-provider-ncloud"

// servesNcloud serves the stand-in if a CLI has started this binary under its name.
func servesNcloud() bool {
	if filepath.Base(os.Args[0]) != ncloudBinary {
		return false
	}
	options := providerserver.ServeOpts{Address: "registry.terraform.io/NaverCloudPlatform/ncloud"}
	if providerserver.Serve(context.Background(), func() provider.Provider { return ncloud{} }, options) != nil {
		os.Exit(1)
	}
	return true
}

// takeNcloud lets the CLI take the provider ncloud from this binary too.
func (c *folderCLI) takeNcloud() {
	c.t.Helper()
	self, err := os.Executable()
	if err != nil {
		c.t.Fatal(err)
	}
	plugins := filepath.Join(c.t.TempDir(), "plugins")
	if err := os.Mkdir(plugins, 0o700); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(plugins, ncloudBinary)); err != nil {
		c.t.Fatal(err)
	}
	for _, variable := range c.environment {
		if settings, ok := strings.CutPrefix(variable, "TF_CLI_CONFIG_FILE="); ok {
			text, err := os.ReadFile(settings)
			if err != nil {
				c.t.Fatal(err)
			}
			with := strings.Replace(string(text), "dev_overrides {\n", fmt.Sprintf("dev_overrides {\n    \"NaverCloudPlatform/ncloud\" = %q\n", plugins), 1)
			if err := os.WriteFile(settings, []byte(with), 0o600); err != nil {
				c.t.Fatal(err)
			}
		}
	}
}

type ncloud struct{}

func (ncloud) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "ncloud"
}

func (ncloud) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = providerschema.Schema{Attributes: map[string]providerschema.Attribute{
		"access_key":  providerschema.StringAttribute{Optional: true},
		"secret_key":  providerschema.StringAttribute{Optional: true},
		"region":      providerschema.StringAttribute{Optional: true},
		"site":        providerschema.StringAttribute{Optional: true},
		"support_vpc": providerschema.BoolAttribute{Optional: true},
	}}
}

func (ncloud) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var vpc types.Bool
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("support_vpc"), &vpc)...)
	if !vpc.ValueBool() {
		resp.Diagnostics.AddError("Classic environment is no longer supported", "")
	}
	for _, name := range []string{"access_key", "secret_key", "region"} {
		var argument types.String
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), &argument)...)
		if argument.ValueString() == "" && os.Getenv("NCLOUD_"+strings.ToUpper(name)) == "" {
			resp.Diagnostics.AddError("missing provider configuration: "+strings.ToUpper(name), "")
		}
	}
}

func (ncloud) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (ncloud) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return bucket{} },
		func() resource.Resource { return file{} },
	}
}

type bucket struct{}

type bucketModel struct {
	ID           types.String `tfsdk:"id"`
	BucketName   types.String `tfsdk:"bucket_name"`
	CreationDate types.String `tfsdk:"creation_date"`
}

func (bucket) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "ncloud_objectstorage_bucket"
}

func (bucket) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id":            schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}},
		"bucket_name":   schema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
		"creation_date": schema.StringAttribute{Computed: true},
	}}
}

func (bucket) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan bucketModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	plan.ID, plan.CreationDate = plan.BucketName, types.StringValue("2026-01-02T03:04:05Z")
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (bucket) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (bucket) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (bucket) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// file is an object in a bucket. As of the real one, its contents are not looked at.
type file struct{}

type fileModel struct {
	ID     types.String `tfsdk:"id"`
	Bucket types.String `tfsdk:"bucket"`
	Key    types.String `tfsdk:"key"`
	Source types.String `tfsdk:"source"`
}

func (file) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "ncloud_objectstorage_object"
}

func (file) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	replaced := []planmodifier.String{stringplanmodifier.RequiresReplace()}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"id":     schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}},
		"bucket": schema.StringAttribute{Required: true, PlanModifiers: replaced},
		"key":    schema.StringAttribute{Required: true, PlanModifiers: replaced},
		"source": schema.StringAttribute{Required: true, Sensitive: true, PlanModifiers: replaced},
	}}
}

func (file) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan fileModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if _, err := os.Stat(plan.Source.ValueString()); err != nil {
		resp.Diagnostics.AddError("CREATING ERROR", "invalid source path")
		return
	}
	plan.ID = types.StringValue(plan.Bucket.ValueString() + "/" + plan.Key.ValueString())
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (file) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (file) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (file) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
