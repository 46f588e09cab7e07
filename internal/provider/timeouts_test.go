package provider_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Each operation of every resource obeys its own member of `timeouts`, and no other: the others, the defaults and the time that a
// request has are all longer than this may take. What it says names that member and its value.
func TestEachOperationHasItsOwnTimeout(t *testing.T) {
	t.Parallel()
	schemas := newProtocolClient(t).Schema.ResourceSchemas
	resources := ofEveryResource("plain")
	longer := resources[scheduleType]
	longer.update = with(longer.update, "start_time", "2031-05-04T11:00:00Z") // another timeout alone is no request
	resources[scheduleType] = longer
	for typeName, schema := range schemas {
		for _, attribute := range schema.Block.Attributes {
			if attribute.Name != "timeouts" {
				continue
			}
			limits, ok := attribute.ValueType().(tftypes.Object)
			if !ok {
				t.Fatalf("timeouts of %s are %s", typeName, attribute.ValueType())
			}
			for operation := range limits.AttributeTypes {
				for request, cut := range cutRequests {
					t.Run(typeName+" "+operation+" "+request, func(t *testing.T) {
						t.Parallel()
						others := map[string]any{}
						for name, seconds := range map[string]string{"create": "20s", "read": "21s", "update": "22s", "delete": "23s"} {
							if _, ok := limits.AttributeTypes[name]; ok {
								others[name] = seconds
							}
						}
						of := resources[typeName]
						within := with(others, operation, "200ms")
						mustEndInTime(t, typeName, operation, cut, with(of.config, "timeouts", within), with(of.update, "timeouts", within), with(of.state, "timeouts", within))
					})
				}
			}
		}
	}
}

// cutRequests are the requests that a test may leave unanswered.
var cutRequests = map[string]func(*http.Request) bool{
	"first request": func(*http.Request) bool { return true },
	"first write":   func(r *http.Request) bool { return r.Method != http.MethodGet },
}

// silence is a service that falls silent once it is told to: one request is never answered, and those that come after it are.
type silence struct {
	*hostileService
	falls, met atomic.Bool
}

func serveSilence(t *testing.T, cut func(*http.Request) bool) (*silence, *protocolClient) {
	t.Helper()
	service := &silence{hostileService: &hostileService{id: "plain", alone: true}}
	service.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cut(r) && service.falls.CompareAndSwap(true, false) {
			service.met.Store(true)
			_, _ = io.Copy(io.Discard, r.Body) // or the server would not notice that the client has gone
			<-r.Context().Done()
			return
		}
		service.ServeHTTP(w, r)
	}))
	t.Cleanup(service.Close)
	return service, configured(t, with(service.settings(), "request_timeout", "5h"))
}

// mustEndInTime plans an operation, and carries it out on a service that falls silent.
func mustEndInTime(t *testing.T, typeName, operation string, cut func(*http.Request) bool, config, update, state map[string]any) {
	t.Helper()
	service, c := serveSilence(t, cut)
	held := c.dynamic(c.Schema.ResourceSchemas[typeName], state)
	var took time.Duration
	var said string
	begin := func() func() {
		service.falls.Store(true)
		began := time.Now()
		return func() { took = time.Since(began) }
	}
	switch operation {
	case "create":
		planned := c.plan(typeName, nil, config, nil)
		end := begin()
		said = say(c.apply(typeName, nil, config, planned).Diagnostics)
		end()
	case "read":
		end := begin()
		said = say(c.refresh(typeName, held, nil).Diagnostics)
		end()
	case "update":
		planned := c.plan(typeName, held, update, nil)
		if len(planned.RequiresReplace) > 0 {
			t.Fatalf("that is no update: %s is replaced", planned.RequiresReplace)
		}
		end := begin()
		said = say(c.apply(typeName, held, update, planned).Diagnostics)
		end()
	case "delete":
		planned := c.plan(typeName, held, nil, nil)
		end := begin()
		said = say(c.apply(typeName, held, nil, planned).Diagnostics)
		end()
	default:
		t.Fatalf("nobody has thought of a timeout of %s", operation)
	}
	if service.falls.Load() && !cut(&http.Request{Method: http.MethodGet}) {
		return // There was nothing to write.
	}
	if !service.met.Load() || !strings.Contains(said, "ERROR") {
		t.Errorf("no request met the silence (%t), or there was no error: %s", service.met.Load(), said)
	}
	if !strings.Contains(said, "the 200ms of `timeouts."+operation+"`") || strings.Contains(said, "request timeout") {
		t.Errorf("it does not say which limit was reached: %s", said)
	}
	if took > 15*time.Second {
		t.Errorf("it was given up after %s", took)
	}
}

func TestEachActionNamesItsTimeout(t *testing.T) {
	t.Parallel()
	for typeName, action := range newProtocolClient(t).Schema.ActionSchemas {
		for request, cut := range cutRequests {
			t.Run(typeName+" "+request, func(t *testing.T) {
				t.Parallel()
				service, c := serveSilence(t, cut)
				c.planned = func() { service.falls.Store(true) }
				_, said := c.invoke(typeName, argumentsOf(action.Schema.Block.Attributes, "plain", "200ms"))
				if service.met.Load() && (!strings.Contains(said, "the 200ms of `timeout`") || strings.Contains(said, "request timeout")) {
					t.Errorf("it does not say which limit was reached: %s", said)
				}
				if !service.met.Load() && request == "first request" {
					t.Errorf("no request met the silence: %s", said)
				}
			})
		}
	}
}
