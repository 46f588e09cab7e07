package provider

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

// ReadResource answers in place of the framework where a read finds what the state has, and has nothing to say. Where it finds
// anything else, the framework makes the answer, of what was found: the service is asked once.
func (s lenientServer) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	read, err := s.readRequest(ctx, req)
	if err != nil {
		return s.wholeServer.ReadResource(ctx, req)
	}
	one, ok := s.resource(ctx, s.learned()[req.TypeName])
	if !ok {
		return s.wholeServer.ReadResource(ctx, req)
	}
	unchanged, err := privateState(ctx, read.Private, req.Private)
	if err != nil {
		return s.wholeServer.ReadResource(ctx, req)
	}
	found := resource.ReadResponse{State: read.State, Private: read.Private}
	if read.Identity != nil {
		identity := *read.Identity
		found.Identity = &identity
	}
	reading, done := s.stops.watch(ctx)
	one.Read(reading, read, &found)
	done()
	if len(found.Diagnostics) == 0 && found.Deferred == nil && found.Private.Equal(unchanged) && found.State.Raw.Equal(read.State.Raw) {
		if identity, ok := sameIdentity(read.Identity, found.Identity); ok {
			return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: identity}, nil
		}
	}
	return s.wholeServer.ReadResource(service.WithRead(ctx, &found), req)
}

// StopProvider ends what waits in a read, and in whatever the framework has begun.
func (s lenientServer) StopProvider(ctx context.Context, req *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.stops.stop()
	return s.wholeServer.StopProvider(ctx, req)
}

// stops ends the contexts of reads that are under way when a CLI is interrupted, as the framework does with its own.
type stops struct {
	mu  sync.Mutex
	now chan struct{}
}

// watch returns a context that also ends at the next stop. The caller calls done when it needs it no more.
func (s *stops) watch(ctx context.Context) (watched context.Context, done func()) {
	s.mu.Lock()
	if s.now == nil {
		s.now = make(chan struct{})
	}
	now := s.now
	s.mu.Unlock()
	watched, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-now:
			cancel()
		case <-watched.Done():
		}
	}()
	return watched, cancel
}

func (s *stops) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now != nil {
		close(s.now)
		s.now = nil
	}
}

// errNotHere is why the framework must make the request by itself.
var errNotHere = errors.New("the framework has to read")

// readRequest is what the framework makes of a request.
func (s lenientServer) readRequest(ctx context.Context, req *tfprotov6.ReadResourceRequest) (read resource.ReadRequest, err error) {
	known, ok := s.learned()[req.TypeName]
	if !ok || s.provider.configured.Load() == nil || s.provider.deferring.Load() || req.CurrentState == nil || req.ProviderMeta != nil {
		return read, errNotHere
	}
	if req.ClientCapabilities != nil {
		read.ClientCapabilities.DeferralAllowed = req.ClientCapabilities.DeferralAllowed
	}
	read.State.Schema = known.schema
	if read.State.Raw, err = req.CurrentState.Unmarshal(known.kind); err != nil {
		return read, err
	}
	if read.State.Raw.IsNull() {
		return read, errNotHere
	}
	if known.identity.Attributes != nil {
		kind := known.identity.Type().TerraformType(ctx)
		read.Identity = &tfsdk.ResourceIdentity{Schema: known.identity, Raw: tftypes.NewValue(kind, nil)}
		if req.CurrentIdentity != nil && req.CurrentIdentity.IdentityData != nil {
			if read.Identity.Raw, err = req.CurrentIdentity.IdentityData.Unmarshal(kind); err != nil {
				return read, err
			}
		}
	}
	read.Private, err = privateState(ctx, read.Private, req.Private)
	return read, err
}

// privateState decodes a private state. Its type has no name outside of the framework, so it is taken from a value. Notes that
// the framework has made for itself, as after an import, are left to the framework.
func privateState[T any, P interface {
	*T
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}](ctx context.Context, _ P, encoded []byte) (P, error) {
	made := P(new(T))
	made.SetKey(ctx, "nothing", nil) // makes it empty rather than absent, as one is that a read leaves without notes
	if len(encoded) == 0 {
		return made, nil
	}
	var notes map[string][]byte
	if err := json.Unmarshal(encoded, &notes); err != nil {
		return nil, err
	}
	for key, value := range notes {
		if made.SetKey(ctx, key, value).HasError() {
			return nil, errNotHere // it is one of the framework's own
		}
	}
	return made, nil
}

// sameIdentity tells whether a read has left an identity as it was, or filled in one that an older CLI does not hand over, and
// gives it as an answer has it; nil where the resource has none.
func sameIdentity(before, after *tfsdk.ResourceIdentity) (*tfprotov6.ResourceIdentityData, bool) {
	if before == nil || after == nil {
		return nil, before == nil && after == nil
	}
	if after.Raw.IsNull() || !before.Raw.IsNull() && !before.Raw.Equal(after.Raw) {
		return nil, false
	}
	data, err := tfprotov6.NewDynamicValue(after.Raw.Type(), after.Raw)
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}, err == nil
}
