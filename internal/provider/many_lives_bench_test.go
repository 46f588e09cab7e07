package provider_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A channel with many lives, as the data source reads it; the simulator's part is in it.
func BenchmarkReadAThousandLives(b *testing.B) {
	for _, logger := range []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", provider.LogVariable} {
		b.Setenv(logger, "OFF")
	}
	sim, err := simulator.Start()
	good(b, err)
	b.Cleanup(sim.Close)
	for i := range 1000 {
		sim.AddLive(simulator.Live{Title: fmt.Sprintf("Evening show %d", i), Description: "Live from the kitchen"})
	}
	ctx := context.Background()
	server, err := acceptance.Factories()["livestation"]()
	good(b, err)
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	good(b, err)
	pack := func(schema *tfprotov6.Schema, values map[string]any) *tfprotov6.DynamicValue {
		packed, err := tfprotov6.NewDynamicValue(schema.ValueType(), typed(schema.ValueType(), values))
		good(b, err)
		return &packed
	}
	_, err = server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: coreVersion, Config: pack(schemas.Provider, settingsOf(sim))})
	good(b, err)
	config := pack(schemas.DataSourceSchemas["prism_channel_lives"], map[string]any{"channel_id": simulator.DefaultChannelID})
	b.ReportAllocs()
	for b.Loop() {
		resp, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: "prism_channel_lives", Config: config})
		good(b, err)
		if len(resp.Diagnostics) > 0 {
			b.Fatal(resp.Diagnostics[0].Summary, resp.Diagnostics[0].Detail)
		}
	}
}
