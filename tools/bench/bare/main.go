// Command bare is the least that a provider can be: resources with so many texts, one GET per object, and nothing else. It is
// what terraform-plugin-framework costs by itself, and so the measure for a provider that does more.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"reflect"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The environment: where the objects are, and the numbers of attributes for which there is a resource bare_NUMBER.
const (
	endpointVariable = "BARE_ENDPOINT"
	sizesVariable    = "BARE_SIZES"
)

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return bare{} }, providerserver.ServeOpts{Address: "registry.terraform.io/ncloud-live/bare", ProtocolVersion: 6})
	if err != nil {
		log.Fatal(err)
	}
}

type bare struct{}

func (bare) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "bare"
}
func (bare) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (bare) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (bare) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (bare) Resources(context.Context) (all []func() resource.Resource) {
	for _, text := range strings.Fields(os.Getenv(sizesVariable)) {
		size, err := strconv.Atoi(text)
		if err != nil {
			log.Fatal(err)
		}
		all = append(all, func() resource.Resource { return newObject(size) })
	}
	return all
}

// object is a resource with an id and size-1 computed texts.
type object struct {
	size int
	// model is what one would write as a struct if the size were fixed: a field with a tfsdk tag per attribute.
	model reflect.Type
}

func newObject(size int) *object {
	fields := []reflect.StructField{{Name: "ID", Type: reflect.TypeFor[types.String](), Tag: `tfsdk:"id"`}}
	for i := range size - 1 {
		fields = append(fields, reflect.StructField{
			Name: fmt.Sprintf("A%d", i), Type: reflect.TypeFor[types.String](), Tag: reflect.StructTag(fmt.Sprintf(`tfsdk:"a%d"`, i)),
		})
	}
	return &object{size: size, model: reflect.StructOf(fields)}
}

func (o *object) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = fmt.Sprintf("bare_%d", o.size)
}

func (o *object) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema.Attributes = map[string]schema.Attribute{"id": schema.StringAttribute{Required: true}}
	for i := range o.size - 1 {
		resp.Schema.Attributes[fmt.Sprintf("a%d", i)] = schema.StringAttribute{Computed: true}
	}
}

// get reads the object with this id into a new model.
func (o *object) get(ctx context.Context, id types.String) (model any, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, fmt.Sprintf("%s/bare/%d/%s", os.Getenv(endpointVariable), o.size-1, id.ValueString()), nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var answer map[string]string
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, err
	}
	value := reflect.New(o.model)
	value.Elem().Field(0).Set(reflect.ValueOf(id))
	for i := range o.size - 1 {
		value.Elem().Field(i + 1).Set(reflect.ValueOf(types.StringValue(answer[fmt.Sprintf("a%d", i)])))
	}
	return value.Interface(), nil
}

func (o *object) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var id types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("id"), &id)...)
	model, err := o.get(ctx, id)
	if err != nil {
		resp.Diagnostics.AddError("Object was not read", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func (o *object) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state := reflect.New(o.model)
	resp.Diagnostics.Append(req.State.Get(ctx, state.Interface())...)
	if resp.Diagnostics.HasError() {
		return
	}
	id, _ := state.Elem().Field(0).Interface().(types.String)
	model, err := o.get(ctx, id)
	if err != nil {
		resp.Diagnostics.AddError("Object was not read", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func (o *object) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (o *object) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
