package provider

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Serve serves the provider to a CLI until that ends it; with debug, to whoever reattaches.
func Serve(options Options, debug bool) error {
	var how []tf6server.ServeOpt
	if debug {
		how = append(how, tf6server.WithManagedDebug())
	}
	return tf6server.Serve(Address, Server(options), how...)
}

// Server returns the constructor of the provider as the protocol has it.
func Server(options Options) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		own := &livestationProvider{options: options}
		framework := providerserver.NewProtocol6(own)()
		if whole, ok := framework.(wholeServer); ok {
			// Resources are learned when one is asked for, which is long after the start.
			return lenientServer{spokenServer{whole, own}, own, sync.OnceValue(own.learnResources), &stops{}}
		}
		return framework
	}
}

// wholeServer is all that a server of the framework can do. Those parts of the protocol that have interfaces of their own
// would be lost on a CLI if they were not named here.
type wholeServer interface {
	tfprotov6.ProviderServerWithActions
	tfprotov6.ProviderServerWithListResource
	tfprotov6.ProviderServerWithStateStores
}

// lenientServer corrects the framework. It answers in its place where nothing is to be said of a configuration (accepted.go), where
// a read finds what the state has (refreshed.go), and where nothing is to be planned (settled.go), and writes long lists (listed.go).
// And where an object in a list or map is not known yet, such as `restream = { youtube = var.youtube }` while a CLI validates, the
// framework takes its members for missing (terraform-plugin-framework issue 186), and nobody could plan such a configuration at all.
type lenientServer struct {
	wholeServer
	provider *livestationProvider
	learned  func() map[string]learnedResource
	stops    *stops
}

const missingMember = "Missing Configuration for Required Attribute"

func (s lenientServer) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	if s.accepted(ctx, req) {
		return &tfprotov6.ValidateResourceConfigResponse{}, nil
	}
	resp, err := s.wholeServer.ValidateResourceConfig(ctx, req)
	if err != nil || len(resp.Diagnostics) == 0 {
		return resp, err
	}
	schemas, err := s.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	schema, ok := schemas.ResourceSchemas[req.TypeName]
	if !ok {
		return resp, nil
	}
	config, err := req.Config.Unmarshal(schema.ValueType())
	if err != nil {
		return nil, err
	}
	kept := []*tfprotov6.Diagnostic{}
	for _, diagnostic := range resp.Diagnostics {
		if diagnostic.Summary != missingMember || !insideUnknown(config, diagnostic.Attribute) {
			kept = append(kept, diagnostic)
		}
	}
	resp.Diagnostics = kept
	return resp, nil
}

// insideUnknown tells whether something that holds the attribute is not known yet.
func insideUnknown(config tftypes.Value, attribute *tftypes.AttributePath) bool {
	for at := attribute; at != nil && len(at.Steps()) > 1; {
		at = at.WithoutLastStep()
		found, _, err := tftypes.WalkAttributePath(config, at)
		if value, ok := found.(tftypes.Value); err == nil && ok && !value.IsKnown() {
			return true
		}
	}
	return false
}
