package protocol

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// slow is a framework's server whose streams say their last word only once they are stopped and let go.
type slow struct {
	leakyServer
	stops   chan struct{}
	release chan struct{}
}

func (s slow) InvokeAction(ctx context.Context, _ *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	return &tfprotov6.InvokeActionServerStream{Events: func(push func(tfprotov6.InvokeActionEvent) bool) {
		<-ctx.Done()
		<-s.release
		push(tfprotov6.InvokeActionEvent{Type: tfprotov6.CompletedInvokeActionEventType{Diagnostics: diagnostics()}})
	}}, nil
}

func (s slow) ListResource(ctx context.Context, _ *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return &tfprotov6.ListResourceServerStream{Results: func(push func(tfprotov6.ListResourceResult) bool) {
		<-ctx.Done()
		<-s.release
		push(tfprotov6.ListResourceResult{Diagnostics: diagnostics()})
	}}, nil
}

func (s slow) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.stops <- struct{}{}
	return &tfprotov6.StopProviderResponse{}, nil
}

// streaming begins an action and a list, and returns what they say once both have ended.
func streaming(t *testing.T, s tfprotov6.ProviderServer) (said chan *tfprotov6.Diagnostic) {
	t.Helper()
	whole := s.(frameworkServer)
	said = make(chan *tfprotov6.Diagnostic, 2)
	action, err := whole.InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := whole.ListResource(t.Context(), &tfprotov6.ListResourceRequest{})
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for event := range action.Events {
			said <- event.Type.(tfprotov6.CompletedInvokeActionEventType).Diagnostics[0]
		}
	}()
	go func() {
		for result := range list.Results {
			said <- result.Diagnostics[0]
		}
	}()
	return said
}

func TestStopWaitsForTheLastEventOfActionsAndLists(t *testing.T) {
	t.Parallel()
	framework := slow{stops: make(chan struct{}, 9), release: make(chan struct{})}
	s, err := NewServer(framework, emptyProvider{}, true)
	if err != nil {
		t.Fatal(err)
	}
	said := streaming(t, s)
	stopped := make(chan error)
	go func() {
		_, err := s.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{})
		stopped <- err
	}()
	<-framework.stops
	select {
	case err := <-stopped:
		t.Fatal("it returned while streams were running:", err)
	case framework.release <- struct{}{}:
	}
	<-said
	select {
	case err := <-stopped:
		t.Fatal("it returned while a stream was running:", err)
	case framework.release <- struct{}{}:
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if last := <-said; last.Summary != "(secret)" {
		t.Errorf("got %q", last.Summary)
	}
	// Nothing is running any more.
	if _, err := s.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{}); err != nil {
		t.Error(err)
	}
}

// What a CLI has given up is not waited for.
func TestCancelledStopReturnsAtOnce(t *testing.T) {
	t.Parallel()
	framework := slow{stops: make(chan struct{}, 9), release: make(chan struct{})}
	s, err := NewServer(framework, emptyProvider{}, true)
	if err != nil {
		t.Fatal(err)
	}
	said := streaming(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.StopProvider(ctx, &tfprotov6.StopProviderRequest{}); err != nil {
		t.Error(err)
	}
	close(framework.release)
	<-said
	<-said
}

// What does not end when it is stopped holds up no CLI for ever.
func TestStopGivesUpAfterItsLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		made, err := NewServer(leakyServer{}, emptyProvider{}, true)
		if err != nil {
			t.Fatal(err)
		}
		_, end := made.(*server).begin(context.Background())
		defer end()
		began := time.Now()
		if _, err := made.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{}); err != nil || time.Since(began) != stopLimit {
			t.Errorf("it returned after %s: %v", time.Since(began), err)
		}
	})
}

// A plan that asks the service is interrupted as a read is, also where the framework has no part in it.
func TestStopCancelsAPlanAndARead(t *testing.T) {
	t.Parallel()
	n, _, s := newNotes(t, true)
	asking := make(chan struct{})
	wait := func(ctx context.Context) {
		close(asking)
		if <-ctx.Done(); !errors.Is(ctx.Err(), context.Canceled) {
			t.Error("it was not stopped:", ctx.Err())
		}
	}
	patient, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	n.read = func(ctx context.Context, _ resource.ReadRequest, _ *resource.ReadResponse) { wait(ctx) }
	n.modifyPlan = func(ctx context.Context, _ resource.ModifyPlanRequest, _ *resource.ModifyPlanResponse) { wait(ctx) }
	state := noteOf(t, "old", true)
	for _, call := range []func() error{
		func() error {
			_, err := s.ReadResource(patient, &tfprotov6.ReadResourceRequest{TypeName: "note", CurrentState: state})
			return err
		},
		func() error {
			_, err := s.PlanResourceChange(patient, &tfprotov6.PlanResourceChangeRequest{TypeName: "note", PriorState: state, ProposedNewState: state, Config: state})
			return err
		},
	} {
		asking = make(chan struct{})
		ended := make(chan error)
		go func() { ended <- call() }()
		<-asking
		if _, err := s.StopProvider(context.Background(), &tfprotov6.StopProviderRequest{}); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}
