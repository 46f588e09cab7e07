#!/bin/sh
# For the plan modifiers of attributes in a SetNestedAttribute, terraform-plugin-framework takes as prior state of an element the one that stands
# at the same place of the prior set, though a set has no order. So UseNonNullStateForUnknown, made for nested attributes, gives a new element
# the id of another one, and RequiresReplace replaces the whole resource where an element is removed and nothing about the others has changed.
# It depends on the order in which a CLI happens to send the elements. In a MapNestedAttribute they are matched by their keys.
# Exits with 0 as long as that is so, with 1 once it has changed, and with 2 if it cannot tell.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > go.mod <<'MOD'
module finding

go 1.26
MOD
cat > main.go <<'GO'
package main

import (
	"context"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

type probe struct{}

func (probe) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "probe"
}
func (probe) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (probe) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (probe) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (probe) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return channel{} }}
}

type channel struct{}

func (channel) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "probe_channel"
}
func (channel) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	target := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"name": schema.StringAttribute{Required: true},
		"kind": schema.StringAttribute{Required: true, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
		"id":   schema.StringAttribute{Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseNonNullStateForUnknown()}},
	}}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"set": schema.SetNestedAttribute{Optional: true, NestedObject: target},
		"map": schema.MapNestedAttribute{Optional: true, NestedObject: target},
	}}
}
func (channel) Create(context.Context, resource.CreateRequest, *resource.CreateResponse) {}
func (channel) Read(context.Context, resource.ReadRequest, *resource.ReadResponse)       {}
func (channel) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}
func (channel) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

var (
	targetType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String, "kind": tftypes.String, "id": tftypes.String}}
	setType    = tftypes.Set{ElementType: targetType}
	mapType    = tftypes.Map{ElementType: targetType}
	objectType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"set": setType, "map": mapType}}
)

type target struct {
	name, kind string
	id         any
}

func (t target) value() tftypes.Value {
	return tftypes.NewValue(targetType, map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, t.name), "kind": tftypes.NewValue(tftypes.String, t.kind), "id": tftypes.NewValue(tftypes.String, t.id),
	})
}

func inSet(targets ...target) tftypes.Value {
	var elements []tftypes.Value
	for _, t := range targets {
		elements = append(elements, t.value())
	}
	return tftypes.NewValue(objectType, map[string]tftypes.Value{"set": tftypes.NewValue(setType, elements), "map": tftypes.NewValue(mapType, nil)})
}

func inMap(targets ...target) tftypes.Value {
	elements := make(map[string]tftypes.Value)
	for _, t := range targets {
		elements[t.name] = t.value()
	}
	return tftypes.NewValue(objectType, map[string]tftypes.Value{"set": tftypes.NewValue(setType, nil), "map": tftypes.NewValue(mapType, elements)})
}

func sent(value tftypes.Value) *tfprotov6.DynamicValue {
	data, err := tfprotov6.NewDynamicValue(objectType, value)
	must(err)
	return &data
}

// planned tells the ids by name, and whether the object is to be replaced. The proposed state is what a CLI makes of the other two.
func planned(prior, proposed, config tftypes.Value) string {
	resp, err := providerserver.NewProtocol6(probe{})().PlanResourceChange(context.Background(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: "probe_channel", PriorState: sent(prior), ProposedNewState: sent(proposed), Config: sent(config),
	})
	must(err)
	for _, diagnostic := range resp.Diagnostics {
		must(fmt.Errorf("%s: %s", diagnostic.Summary, diagnostic.Detail))
	}
	state, err := resp.PlannedState.Unmarshal(objectType)
	must(err)
	var attributes, byName map[string]tftypes.Value
	var elements []tftypes.Value
	must(state.As(&attributes))
	must(attributes["set"].As(&elements))
	must(attributes["map"].As(&byName))
	for _, element := range byName {
		elements = append(elements, element)
	}
	var told []string
	for _, element := range elements {
		var name, id string
		must(element.As(&attributes))
		must(attributes["name"].As(&name))
		id = "unknown"
		if attributes["id"].IsKnown() {
			must(attributes["id"].As(&id))
		}
		told = append(told, name+" has "+id)
	}
	sort.Strings(told)
	return fmt.Sprintf("%s; replaced: %t", strings.Join(told, ", "), len(resp.RequiresReplace) > 0)
}

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
}

func main() {
	a, b, added := target{"a", "rtmp", "id-a"}, target{"b", "srt", "id-b"}, target{"new", "rtmp", nil}
	configuredA, configuredB := target{"a", "rtmp", nil}, target{"b", "srt", nil}
	mapped := planned(inMap(a, b), inMap(a, b, added), inMap(configuredA, configuredB, added))
	last := planned(inSet(a, b), inSet(a, b, added), inSet(configuredA, configuredB, added))
	first := planned(inSet(a, b), inSet(added, a, b), inSet(added, configuredA, configuredB))
	mappedLeft := planned(inMap(a, b), inMap(b), inMap(configuredB))
	lastLeft := planned(inSet(b, a), inSet(b), inSet(configuredB))
	firstLeft := planned(inSet(a, b), inSet(b), inSet(configuredB))
	fmt.Println("output:    added to a map:         ", mapped)
	fmt.Println("output:    added to a set, last:   ", last)
	fmt.Println("output:    added to a set, first:  ", first)
	fmt.Println("output:    a removed from a map:   ", mappedLeft)
	fmt.Println("output:    a removed, last in a set:", lastLeft)
	fmt.Println("output:    a removed, first in it: ", firstLeft)
	added3, left := "a has id-a, b has id-b, new has unknown; ", "b has id-b; replaced: "
	if !strings.HasPrefix(mapped, added3) || !strings.HasPrefix(last, added3) || mappedLeft != left+"false" || lastLeft != left+"false" {
		os.Exit(2)
	}
	if !strings.HasPrefix(first, "a has id-a, b has id-b, new has id-a; ") || firstLeft != left+"true" {
		os.Exit(1)
	}
}
GO
go get github.com/hashicorp/terraform-plugin-framework@v1.19.0 > get.log 2>&1 || { cat get.log; exit 2; }
go mod tidy > get.log 2>&1 || { cat get.log; exit 2; }
go build -o finding . > build.log 2>&1 || { cat build.log; exit 2; }

echo "version:   $(go list -m github.com/hashicorp/terraform-plugin-framework)"
echo "behaviour: plan modifiers in a set of nested objects see the prior value of whichever object stood at the same place"
code=0
./finding || code=$?
case $code in
0) echo "result:    as described" ;;
1) echo "result:    changed" ;;
esac
exit "$code"
