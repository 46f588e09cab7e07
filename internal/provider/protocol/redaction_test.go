package protocol

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

const secret = "top-secret"

// emptyProvider is a provider without resources that knows one secret.
type emptyProvider struct{ provider.Provider }

func (emptyProvider) Resources(context.Context) []func() resource.Resource { return nil }
func (emptyProvider) ResourceData() (any, bool)                            { return nil, false }
func (emptyProvider) Redact(line string) string                            { return strings.ReplaceAll(line, secret, "(secret)") }

// Whatever an object forgets: what it says has no secrets and nothing that a terminal obeys, and keeps its lines.
func TestRedactMasksSecretsAndKeepsLines(t *testing.T) {
	t.Parallel()
	s := &server{provider: emptyProvider{}}
	for said, want := range map[string]string{
		"": "", "one line": "one line", "two\n\nlines\n": "two\n\nlines\n", "  - an item\n    more": "  - an item\n    more",
		"is top-secret now\nand top-secret": "is (secret) now\nand (secret)", "\x1b]0;x\a\r\nred\u202e\u2028": "]0;x\nred", "\xff": "\uFFFD",
		"   ": "   ", "  top-secret": "  (secret)",
	} {
		if got := s.redact(said); got != want {
			t.Errorf("%q became %q, want %q", said, got, want)
		}
	}
	if got := s.redact(strings.Repeat("x", 1<<20)); len(got) > 3000 {
		t.Errorf("a line of %d bytes is shown", len(got))
	}
	if got := s.redact(strings.Repeat("x\n", 1<<20)); strings.Count(got, "\n") > maxLines {
		t.Errorf("%d lines are shown", strings.Count(got, "\n"))
	}
}

// A call that the framework can answer is redacted, or it cannot be made at all.
func TestEveryCallIsRedacted(t *testing.T) {
	t.Parallel()
	made, err := NewServer(leakyServer{}, emptyProvider{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := made.(tfprotov6.StateStoreServer); ok {
		t.Fatal("state stores are passed on, and nobody redacts what they say")
	}
	stores, known := reflect.TypeFor[tfprotov6.StateStoreServer](), 0
	calls := reflect.TypeOf(providerserver.NewProtocol6(emptyProvider{})())
	for i := range calls.NumMethod() {
		name := calls.Method(i).Name
		if _, ok := stores.MethodByName(name); ok {
			continue
		}
		known++
		call := reflect.ValueOf(made).MethodByName(name)
		if !call.IsValid() {
			t.Errorf("%s: the framework has this call, and it is not passed on", name)
			continue
		}
		request := reflect.New(call.Type().In(1).Elem())
		answer := call.Call([]reflect.Value{reflect.ValueOf(context.Background()), request})[0]
		shown := textsOf(answer)
		if carriesText(answer.Type(), map[reflect.Type]bool{}) != (len(shown) > 0) {
			t.Errorf("%s: this test does not know where %s has texts for people", name, answer.Type())
		}
		for _, text := range shown {
			if strings.Contains(text, secret) || !strings.Contains(text, "(secret)") {
				t.Errorf("%s shows %q", name, text)
			}
		}
	}
	if known < 28 {
		t.Errorf("the framework has only %d calls", known)
	}
}

// saying makes a response that says the secret at each place that textsOf looks at.
func saying[T any]() *T {
	response := new(T)
	switch response := any(response).(type) {
	case *tfprotov6.StopProviderResponse:
		response.Error = secret
	case *tfprotov6.CallFunctionResponse:
		response.Error = &tfprotov6.FunctionError{Text: secret}
	case *tfprotov6.ListResourceServerStream:
		response.Results = func(push func(tfprotov6.ListResourceResult) bool) {
			_ = push(tfprotov6.ListResourceResult{DisplayName: secret, Diagnostics: diagnostics()})
		}
	case *tfprotov6.InvokeActionServerStream:
		response.Events = func(push func(tfprotov6.InvokeActionEvent) bool) {
			_ = push(tfprotov6.InvokeActionEvent{Type: tfprotov6.ProgressInvokeActionEventType{Message: secret}}) &&
				push(tfprotov6.InvokeActionEvent{Type: tfprotov6.CompletedInvokeActionEventType{Diagnostics: diagnostics()}})
		}
	default:
		if field := reflect.ValueOf(response).Elem().FieldByName("Diagnostics"); field.IsValid() {
			field.Set(reflect.ValueOf(diagnostics()))
		}
	}
	return response
}

func diagnostics() []*tfprotov6.Diagnostic {
	return []*tfprotov6.Diagnostic{{Severity: tfprotov6.DiagnosticSeverityError, Summary: secret, Detail: secret}}
}

// textsOf are all texts in a response that is otherwise empty, and in what it streams.
func textsOf(value reflect.Value) (texts []string) {
	switch value.Kind() {
	case reflect.String:
		return []string{value.String()}
	case reflect.Pointer, reflect.Interface:
		if !value.IsNil() {
			return textsOf(value.Elem())
		}
	case reflect.Slice:
		for i := range value.Len() {
			texts = append(texts, textsOf(value.Index(i))...)
		}
	case reflect.Func:
		for event := range value.Seq() {
			texts = append(texts, textsOf(event)...)
		}
	case reflect.Struct:
		if value.Type() == reflect.TypeFor[tfprotov6.Diagnostic]() {
			return []string{value.FieldByName("Summary").String(), value.FieldByName("Detail").String()}
		}
		for i := range value.NumField() {
			if value.Type().Field(i).IsExported() {
				texts = append(texts, textsOf(value.Field(i))...)
			}
		}
	}
	return texts
}

// carriesText tells whether values of a type can hold a diagnostic, an error, or a stream of either.
func carriesText(kind reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[kind] {
		return false
	}
	seen[kind] = true
	switch kind {
	case reflect.TypeFor[tfprotov6.Diagnostic](), reflect.TypeFor[tfprotov6.FunctionError](), reflect.TypeFor[tfprotov6.InvokeActionEventType](), reflect.TypeFor[tfprotov6.StopProviderResponse]():
		return true
	}
	switch kind.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return carriesText(kind.Elem(), seen)
	case reflect.Func:
		return kind.NumIn() > 0 && carriesText(kind.In(0), seen)
	case reflect.Struct:
		for i := range kind.NumField() {
			if carriesText(kind.Field(i).Type, seen) {
				return true
			}
		}
	}
	return false
}

// bareServer is a server that has the interface of the protocol alone, without those that stand beside it.
type bareServer struct{ tfprotov6.ProviderServer }

func TestFrameworkServerWithUnknownCallsIsRefused(t *testing.T) {
	t.Parallel()
	made, err := NewServer(bareServer{leakyServer{}}, emptyProvider{}, true)
	if made != nil || err == nil || !strings.Contains(err.Error(), "terraform-plugin-framework") {
		t.Errorf("got %v, %v", made, err)
	}
}
