package provider

import (
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/protocol"
)

// ShortcutsVariable is the environment variable that turns the shortcuts past the framework off, with the value "off".
const ShortcutsVariable = "LIVESTATION_PROTOCOL_SHORTCUTS"

// Serve serves the provider to the CLI that started this process, until the CLI ends it; with debug, to any CLI that reattaches.
func Serve(options Options, debug bool) error {
	server, err := Server(options)()
	if err != nil {
		return err
	}
	var opts []tf6server.ServeOpt
	if debug {
		opts = append(opts, tf6server.WithManagedDebug())
	}
	return tf6server.Serve(Address, func() tfprotov6.ProviderServer { return server }, opts...)
}

// Server returns the constructor of the provider's protocol server.
func Server(options Options) func() (tfprotov6.ProviderServer, error) {
	return func() (tfprotov6.ProviderServer, error) {
		p := &livestationProvider{options: options}
		shortcuts := !options.WithoutShortcuts && os.Getenv(ShortcutsVariable) != "off"
		return protocol.NewServer(providerserver.NewProtocol6(p)(), p, shortcuts)
	}
}

// ResourceData returns what resources are configured with; false until the provider is configured, and if all objects are deferred.
func (p *livestationProvider) ResourceData() (any, bool) {
	configured := p.configured.Load()
	if configured == nil || p.deferring.Load() {
		return nil, false
	}
	return *configured, true
}

// Redact masks the secrets of all services in a text.
func (p *livestationProvider) Redact(text string) string {
	if configured := p.configured.Load(); configured != nil {
		return configured.Mask(text)
	}
	return text
}
