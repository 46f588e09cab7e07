// Package protocol stands between a CLI and the framework's server, with one file per call that it has a part in. It redacts
// everything that is said to people, saves the framework's work on objects that have not changed, corrects one of its errors, and
// lets what is interrupted say so. No Terraform object knows this package, and it knows none of them.
package protocol

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Provider is the provider behind the framework's server.
type Provider interface {
	provider.Provider
	// ResourceData returns what resources are configured with; false while they cannot be called, because the provider is not configured
	// yet or has deferred everything.
	ResourceData() (any, bool)
	// Redact masks all secrets in one line of text.
	Redact(line string) string
}

// frameworkServer has all calls that are passed on to the framework. Those for state stores are not, since the provider has none.
type frameworkServer interface {
	tfprotov6.ProviderServerWithActions
	tfprotov6.ProviderServerWithListResource
}

// server implements each call of the protocol itself instead of embedding the framework's server, so that none bypasses the redaction.
type server struct {
	framework frameworkServer
	provider  Provider
	shortcuts bool
	types     func() map[string]resourceType
	replay    tfprotov6.ProviderServer
	// running holds the *call of each call that a stop must cancel and wait for.
	running sync.Map
	// refreshed is set once an object has been read or imported since the provider was configured.
	refreshed atomic.Bool
}

var _ frameworkServer = (*server)(nil)

// NewServer puts this package in front of the framework's server. Without shortcuts, the framework does all of its work itself.
// It fails if the framework's server lacks a part of the protocol that this package has to redact.
func NewServer(framework tfprotov6.ProviderServer, p Provider, shortcuts bool) (tfprotov6.ProviderServer, error) {
	complete, ok := framework.(frameworkServer)
	if !ok {
		return nil, fmt.Errorf("the framework's server (%T) no longer has the calls for actions or list resources under the names known here, "+
			"so what they say could not be redacted; the provider must be adapted to this version of terraform-plugin-framework", framework)
	}
	types := sync.OnceValue(func() map[string]resourceType { return typesOf(p) })
	return &server{framework: complete, provider: p, shortcuts: shortcuts, types: types, replay: providerserver.NewProtocol6(replayProvider{p})()}, nil
}
