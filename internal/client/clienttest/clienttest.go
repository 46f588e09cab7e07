// Package clienttest is what the tests of the clients ask of errors, texts and logs.
package clienttest

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
)

// WantKind ends the test unless err is a failure of the kind, and returns its text. This package knows nothing of the transport, whose
// tests use it too.
func WantKind[Failure error, Kind comparable](t *testing.T, err error, kind func(Failure) Kind, want Kind) string {
	t.Helper()
	var failure Failure
	if !errors.As(err, &failure) {
		t.Fatalf("error is %v, want one of kind %v", err, want)
	}
	if got := kind(failure); got != want {
		t.Fatalf("kind of %q is %v, want %v", err, got, want)
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

// Debug writes a line as log/slog has it.
func (l *Lines) Debug(ctx context.Context, message string, fields ...map[string]any) {
	l.log(ctx, slog.LevelDebug, message, fields)
}

// Warn writes a line as log/slog has it.
func (l *Lines) Warn(ctx context.Context, message string, fields ...map[string]any) {
	l.log(ctx, slog.LevelWarn, message, fields)
}

func (l *Lines) log(ctx context.Context, level slog.Level, message string, fields []map[string]any) {
	var attributes []slog.Attr
	for _, some := range fields {
		for _, name := range slices.Sorted(maps.Keys(some)) {
			attributes = append(attributes, slog.Any(name, some[name]))
		}
	}
	slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})).LogAttrs(ctx, level, message, attributes...)
}
