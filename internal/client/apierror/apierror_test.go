package apierror

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

func TestErrorTextContainsAllDetailsFromTheService(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]*Error{
		"PRISM: could not start live 1: live is disabled (HTTP 409, code 4091, DISABLED, request id t-1).": {
			Service: "PRISM", Operation: "start live 1", Status: 409, Code: "4091", Name: "DISABLED", Message: "live is disabled.", RequestID: "t-1"},
		"PRISM: could not start live 1: connection refused.":             {Service: "PRISM", Operation: "start live 1", Message: "connection refused"},
		"PRISM: could not start live 1: no reason was given (HTTP 500).": {Service: "PRISM", Operation: "start live 1", Status: 500},
		"PRISM: could not start live a b: it.":                           {Service: "PRISM", Operation: "start live a\nb", Message: "it"},
	} {
		if got := err.Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestKindIsFoundThroughWrapping(t *testing.T) {
	t.Parallel()
	inner := &Error{Kind: Lost, Err: context.Canceled}
	err := fmt.Errorf("outside: %w, looking: %w", inner, &Error{Kind: Gone})
	if !Is(err, Gone, Lost) || Is(err, Gone, Conflict) || !Stopped(err) {
		t.Error("the kind of the first error does not decide")
	}
	for _, other := range []error{nil, errors.New("another")} {
		if Is(other, Refused) || Stopped(other) {
			t.Errorf("%v has a kind", other)
		}
	}
}

func TestWaitErrorNamesItsCause(t *testing.T) {
	t.Parallel()
	late, cancelLate := context.WithTimeout(t.Context(), 0)
	defer cancelLate()
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	read := &Error{Service: "Live Station", Operation: "read channel 1", Message: "no complete answer within the request timeout of 30s", Err: context.DeadlineExceeded}
	for name, test := range map[string]struct {
		ctx  context.Context
		err  error
		kind Kind
		want string
	}{
		"out of time":               {late, late.Err(), NotYet, "the time allowed for it ran out (context deadline exceeded); its status was CREATING."},
		"out of time during a read": {late, &Error{Operation: "read channel 1", Err: late.Err()}, NotYet, "the time allowed for it ran out (context deadline exceeded); its status was CREATING."},
		"interrupted":               {stopped, stopped.Err(), NotYet, "the wait was interrupted (context canceled); its status was CREATING."},
		"slow read":                 {t.Context(), read, Failed, "Live Station: could not read channel 1: no complete answer within the request timeout of 30s; its status was CREATING."},
	} {
		err := Waited(test.ctx, "Live Station", "see channel 1 become ready", "its status was CREATING", test.err)
		if want := "Live Station: could not see channel 1 become ready: " + test.want; err.Kind != test.kind || err.Error() != want || !Stopped(err) {
			t.Errorf("%s: got kind %d, %s", name, err.Kind, err)
		}
	}
}

func FuzzErrorIsOneSentenceFitToBeShown(f *testing.F) {
	for _, text := range []string{"", "plain", "two\nlines", "\x1b]0;title\a", "\u202e\u2028\xff", strings.Repeat("x", 700)} {
		f.Add(text, text, text, text, text, 503)
	}
	f.Fuzz(func(t *testing.T, operation, code, name, message, requestID string, status int) {
		err := &Error{Service: "PRISM", Operation: operation, Code: code, Name: name, Message: message, RequestID: requestID, Status: status}
		if length := utf8.RuneCountInString(err.Error()); length > printable.MaxSentence+4*printable.MaxText+200 {
			t.Errorf("%d characters are shown", length)
		}
		if !strings.HasPrefix(err.Error(), "PRISM: could not ") || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%q is no sentence", err.Error())
		}
		if text := err.Error(); !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("%q holds what a terminal would obey", text)
		}
	})
}
