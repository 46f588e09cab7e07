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

// Serve serves the provider to a CLI until that ends it; with debug, to whoever reattaches.
func Serve(options Options, debug bool) error {
	server, err := Server(options)()
	if err != nil {
		return err
	}
	var how []tf6server.ServeOpt
	if debug {
		how = append(how, tf6server.WithManagedDebug())
	}
	return tf6server.Serve(Address, func() tfprotov6.ProviderServer { return server }, how...)
}

// Server returns the constructor of the provider as the protocol has it.
func Server(options Options) func() (tfprotov6.ProviderServer, error) {
	return func() (tfprotov6.ProviderServer, error) {
		own := &livestationProvider{options: options}
		shortcuts := !options.WithoutShortcuts && os.Getenv(ShortcutsVariable) != "off"
		return protocol.NewServer(providerserver.NewProtocol6(own)(), own, shortcuts)
	}
}

// ResourceData is what resources are configured with; false before that is known, and where they are deferred.
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
