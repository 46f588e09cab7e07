package protocol

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// ReadResource answers without the framework where a resource's Read finds what the state has and says nothing. Whatever else it finds
// goes through the framework, which is handed the response of that Read; the service is asked once.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	s.refreshed.Store(true)
	return redacted(ctx, s, s.readResource, req)
}

func (s *server) readResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	one, known, ok := s.resource(ctx, req.TypeName)
	if !ok || req.CurrentState == nil || req.ProviderMeta != nil {
		return s.framework.ReadResource(ctx, req)
	}
	read, err := readRequest(ctx, known, req)
	if err != nil || read.State.Raw.IsNull() {
		return s.framework.ReadResource(ctx, req)
	}
	before, err := privateState(ctx, read.Private, req.Private)
	if err != nil {
		return s.framework.ReadResource(ctx, req)
	}
	found := resource.ReadResponse{State: read.State, Private: read.Private}
	if read.Identity != nil {
		identity := *read.Identity
		found.Identity = &identity
	}
	stoppable, end := s.calls.begin(ctx)
	defer end()
	one.Read(stoppable, read, &found)
	if len(found.Diagnostics) == 0 && found.Deferred == nil && found.Private.Equal(before) && found.State.Raw.Equal(read.State.Raw) {
		if identity, ok := sameIdentity(read.Identity, found.Identity); ok {
			return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private, NewIdentity: identity}, nil
		}
	}
	return s.replay.ReadResource(context.WithValue(ctx, readKey{}, found), req)
}

// readRequest is what the framework makes of a request.
func readRequest(ctx context.Context, known resourceType, req *tfprotov6.ReadResourceRequest) (read resource.ReadRequest, err error) {
	if req.ClientCapabilities != nil {
		read.ClientCapabilities.DeferralAllowed = req.ClientCapabilities.DeferralAllowed
	}
	read.State.Schema = known.schema
	if read.State.Raw, err = req.CurrentState.Unmarshal(known.kind); err != nil {
		return read, err
	}
	if read.Identity, err = known.identityOf(ctx, req.CurrentIdentity); err != nil {
		return read, err
	}
	read.Private, err = privateState(ctx, read.Private, req.Private)
	return read, err
}

// sameIdentity tells whether a read has left an identity as it was, or filled in one that an older CLI does not hand over, and
// gives it as a response has it; nil where the resource has none.
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
