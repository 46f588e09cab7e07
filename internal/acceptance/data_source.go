package acceptance

import (
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ValidateData validates the configuration of a data source.
func (p *Protocol) ValidateData(dataSource string, config Values) Diagnostics {
	p.t.Helper()
	resp, err := p.server.ValidateDataResourceConfig(p.ctx, &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: dataSource, Config: p.pack(p.dataSource(dataSource), config),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return resp.Diagnostics
}

func (p *Protocol) dataSource(name string) tftypes.Type {
	p.t.Helper()
	schema, ok := p.schemas.DataSourceSchemas[name]
	if !ok {
		p.t.Fatalf("there is no data source %q", name)
	}
	return schema.ValueType()
}

// Read reads a data source, and returns its attributes as Plain converts them; nil if the read failed. A nil config is an empty block.
func (p *Protocol) Read(dataSource string, config Values) (map[string]any, Diagnostics) {
	p.t.Helper()
	if config == nil {
		config = Values{}
	}
	kind := p.dataSource(dataSource)
	resp, err := p.server.ReadDataSource(p.ctx, &tfprotov6.ReadDataSourceRequest{TypeName: dataSource, Config: p.pack(kind, config)})
	if err != nil {
		p.t.Fatal(err)
	}
	if len(Diagnostics(resp.Diagnostics).Errors()) > 0 {
		return nil, resp.Diagnostics
	}
	value, err := resp.State.Unmarshal(kind)
	if err != nil {
		p.t.Fatal(err)
	}
	attributes, ok := Plain(value).(map[string]any)
	if !ok {
		p.t.Fatalf("%s has no attributes", dataSource)
	}
	return attributes, resp.Diagnostics
}

// MustRead is Read for a data source that must be read without diagnostics.
func (p *Protocol) MustRead(dataSource string, config Values) map[string]any {
	p.t.Helper()
	attributes, diags := p.Read(dataSource, config)
	diags.MustBeSilent(p.t)
	return attributes
}

// Plain converts a value to Go: string, int64, float64 for a number that is not whole, bool, []any, map[string]any, or nil for null and unknown.
func Plain(value tftypes.Value) any {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}
	var (
		text    string
		number  big.Float
		flag    bool
		items   []tftypes.Value
		members map[string]tftypes.Value
	)
	switch {
	case value.As(&text) == nil:
		return text
	case value.As(&number) == nil:
		if whole, accuracy := number.Int64(); accuracy == big.Exact {
			return whole
		}
		fraction, _ := number.Float64()
		return fraction
	case value.As(&flag) == nil:
		return flag
	case value.As(&items) == nil:
		list := make([]any, len(items))
		for i, item := range items {
			list[i] = Plain(item)
		}
		return list
	case value.As(&members) == nil:
		object := make(map[string]any, len(members))
		for name, member := range members {
			object[name] = Plain(member)
		}
		return object
	}
	return nil
}
