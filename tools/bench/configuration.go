package main

import (
	"encoding/json"
	"fmt"
)

// source is where the providers are said to come from. The host is written out, so that Terraform and OpenTofu name them alike.
const source = "registry.terraform.io/ncloud-live/"

// builtIn is the provider of terraform_data.
const builtIn = "terraform.io/builtin/terraform"

func requirement(provider string) string {
	return fmt.Sprintf("terraform {\n  required_providers {\n    %s = { source = %q }\n  }\n}\n\n", provider, source+provider)
}

func counted(resource string, n int, block string) string {
	return fmt.Sprintf("resource %q \"test\" {\n  count = %d\n%s\n}\n", resource, n, block)
}

// configuration is that of n objects of the kind.
func (k kind) configuration(n int) string {
	return requirement("livestation") + counted(k.resource, n, k.block)
}

// floorConfiguration is that of n terraform_data which hold what an object of ours holds. The CLI makes them itself, so they cost
// what every object costs there, and those of no provider can cost less.
func floorConfiguration(n int, payload []byte) string {
	return counted("terraform_data", n, "  input = "+string(payload))
}

func withoutNulls(attributes map[string]any) map[string]any {
	kept := map[string]any{}
	for name, value := range attributes {
		switch value := value.(type) {
		case nil:
		case map[string]any:
			kept[name] = withoutNulls(value)
		default:
			kept[name] = value
		}
	}
	return kept
}

// bareResource is that of the bare provider with so many attributes.
func bareResource(attributes int) string { return fmt.Sprintf("bare_%d", attributes) }

func bareConfiguration(n, attributes int) string {
	return requirement("bare") + counted(bareResource(attributes), n, `  id = "object-${count.index}"`)
}

func bareState(i int) map[string]any { return map[string]any{"id": bareID(i)} }

func bareID(i int) string { return fmt.Sprintf("object-%d", i) }

// stateOf is a state of n objects.
func stateOf(provider, resource string, n int, attributes func(i int) map[string]any) ([]byte, error) {
	instances := make([]map[string]any, n)
	for i := range n {
		instances[i] = map[string]any{"index_key": i, "schema_version": 0, "attributes": attributes(i)}
	}
	return json.Marshal(map[string]any{
		"version": 4, "terraform_version": "1.0.0", "serial": 1, "lineage": "benchmark", "outputs": map[string]any{},
		"resources": []map[string]any{{
			"mode": "managed", "type": resource, "name": "test", "instances": instances,
			"provider": fmt.Sprintf("provider[%q]", provider),
		}},
	})
}
