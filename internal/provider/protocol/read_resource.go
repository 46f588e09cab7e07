package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ReadResource answers without the framework if the resource's Read finds the state unchanged and returns no diagnostics. Any other response
// of that Read is replayed through the framework, so that the service is asked once.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	s.refreshed.Store(true)
	return redacted(ctx, s, s.readResource, req)
}

func (s *server) readResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	instance, rt, ok := s.newResource(ctx, req.TypeName)
	if !ok || req.CurrentState == nil || req.ProviderMeta != nil {
		return s.framework.ReadResource(ctx, req)
	}
	var read resource.ReadRequest
	var found resource.ReadResponse
	state, identity, ok := rt.decode(ctx, req.CurrentState, req.CurrentIdentity)
	if !ok || !decodePrivate(ctx, req.Private, &read.Private, &found.Private) {
		return s.framework.ReadResource(ctx, req)
	}
	read.State, read.Identity = state, identity
	found.State, found.Identity = state, cloneIdentity(identity)
	if req.ClientCapabilities != nil {
		read.ClientCapabilities.DeferralAllowed = req.ClientCapabilities.DeferralAllowed
	}
	stoppable, end := s.begin(ctx)
	defer end()
	instance.Read(stoppable, read, &found)
	if len(found.Diagnostics) == 0 && found.Deferred == nil && found.Private.Equal(read.Private) && found.State.Raw.Equal(state.Raw) {
		if identity, ok := sameIdentity(identity, found.Identity); ok {
			return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: identity}, nil
		}
	}
	return s.replay.ReadResource(context.WithValue(ctx, readKey{}, found), req)
}

// sameIdentity reports whether a read has left the identity as it was, or filled in one that an older CLI does not send, and encodes it for
// the response; nil if the resource has none.
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
