// Package clienttest is what the tests of both clients ask of errors, texts and logs.
package clienttest

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
)

// WantKind ends the test unless err is of the kind, and returns its text.
func WantKind(t *testing.T, err error, want transport.Kind) string {
	t.Helper()
	var failure *transport.Error
	if !errors.As(err, &failure) {
		t.Fatalf("error is %v, want one of kind %d", err, want)
	}
	if failure.Kind != want {
		t.Fatalf("kind of %q is %d, want %d", err, failure.Kind, want)
	}
	return failure.Error()
}

// WantText fails the test for each of the words that the text lacks.
func WantText(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%q does not contain %q", text, word)
		}
	}
}

// WantNone fails the test for each of the words that the text has.
func WantNone(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(text, word) {
			t.Errorf("%q contains %q", text, word)
		}
	}
}

// Lines is a logger's output, readable while it is written.
type Lines struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *Lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *Lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
