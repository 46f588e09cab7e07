package protocol

import (
	"context"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// named is a provider that the framework can serve.
type named struct{ emptyProvider }

func (named) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "named"
}

func TestCallContextsAreReleased(t *testing.T) {
	t.Parallel()
	s, err := NewServer(providerserver.NewProtocol6(named{})(), named{}, true)
	if err != nil {
		t.Fatal(err)
	}
	type key struct{}
	for name, call := range map[string]func(ctx context.Context) error{
		"validation": func(ctx context.Context) error {
			_, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "named_object"})
			return err
		},
		"function": func(ctx context.Context) error {
			_, err := s.CallFunction(ctx, &tfprotov6.CallFunctionRequest{Name: "named_function"})
			return err
		},
	} {
		loggers := new([64]byte)
		kept := weak.Make(loggers)
		if err := call(context.WithValue(context.Background(), key{}, loggers)); err != nil {
			t.Fatal(name, err)
		}
		runtime.GC()
		if kept.Value() != nil {
			t.Errorf("%s: what the call was handed is still there", name)
		}
	}
	runtime.KeepAlive(s)
}

func TestCallContextIsCancelledAfterTheCall(t *testing.T) {
	t.Parallel()
	type key struct{}
	ctx := newCallContext(context.WithValue(context.Background(), key{}, "loggers"))
	below, cancel := context.WithCancel(ctx)
	if below.Value(key{}) != "loggers" || below.Err() != nil {
		t.Error("the context of a call that lasts is not the caller's")
	}
	ctx.end()
	if below.Value(key{}) != nil || ctx.Err() == nil {
		t.Error("the context of a call that has ended is still the caller's")
	}
	cancel() // as a stop does with all calls that there were
}
