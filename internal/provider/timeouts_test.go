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
// request has are all longer than this may take.
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
				t.Run(typeName+" "+operation, func(t *testing.T) {
					t.Parallel()
					others := map[string]any{}
					for name, seconds := range map[string]string{"create": "20s", "read": "21s", "update": "22s", "delete": "23s"} {
						if _, ok := limits.AttributeTypes[name]; ok {
							others[name] = seconds
						}
					}
					of := resources[typeName]
					within := with(others, operation, "200ms")
					mustEndInTime(t, typeName, operation, with(of.config, "timeouts", within), with(of.update, "timeouts", within), with(of.state, "timeouts", within))
				})
			}
		}
	}
}

// mustEndInTime plans an operation, and carries it out on a service that falls silent: one request is never answered, and those that
// come after it are.
func mustEndInTime(t *testing.T, typeName, operation string, config, update, state map[string]any) {
	t.Helper()
	var silent, met atomic.Bool
	service := &hostileService{id: "plain", alone: true}
	service.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if silent.CompareAndSwap(true, false) {
			met.Store(true)
			_, _ = io.Copy(io.Discard, r.Body) // or the server would not notice that the client has gone
			<-r.Context().Done()
			return
		}
		service.ServeHTTP(w, r)
	}))
	t.Cleanup(service.Close)
	c := configured(t, with(service.settings(), "request_timeout", "5h"))
	held := c.dynamic(c.Schema.ResourceSchemas[typeName], state)
	var took time.Duration
	var said string
	begin := func() func() {
		silent.Store(true)
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
	if !met.Load() || !strings.Contains(said, "ERROR") {
		t.Errorf("no request met the silence (%t), or there was no error: %s", met.Load(), said)
	}
	if took > 15*time.Second {
		t.Errorf("it was given up after %s", took)
	}
}
