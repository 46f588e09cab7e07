package transport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }

func TestErrorSaysEverythingTheServiceSaid(t *testing.T) {
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

func TestAStreamKeyIsHiddenWithoutItsQueryAndSoAreTheLongValuesOfThat(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	transport.HideAddresses("KEY12345?x=1", "live?txSecret=abcdef0123&txTime=5f3a1b2c&mode=fast", "?streamname=stream-1&key=a%2Fb%2Fcdef", "plain-key")
	for text, want := range map[string]string{
		"stream KEY12345 of x=1":                    "stream (secret) of x=1",
		"stream KEY12345?x=1 is refused":            "stream (secret) is refused",
		"live stream, fast: abcdef0123 or 5f3a1b2c": "live stream, fast: (secret) or (secret)",
		"stream-1 a%2Fb%2Fcdef a/b/cdef plain-key":  "(secret) (secret) (secret) (secret)",
	} {
		if got := transport.Clean(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestAnAddressIsHiddenWithAllThatMayBeSecretInIt(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	transport.HideAddresses("rtmp://h.example/app/S3CRETKEY", "srt://h.example:9000?streamid=stream-key&passphrase=P4SSPHRASE", "rtmp://user:pa55w0rd@h.example/x")
	for text, want := range map[string]string{
		"rtmpUrl rtmp://h.example/app/S3CRETKEY: invalid value": "rtmpUrl (secret): invalid value",
		"rtmpUrl h.example/app/S3CRETKEY: invalid value":        "rtmpUrl (secret): invalid value",
		"passphrase P4SSPHRASE of stream-key":                   "passphrase (secret) of (secret)",
		"user and pa55w0rd":                                     "user and (secret)",
	} {
		if got := transport.Clean(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestCleanTakesSecretsOutInEveryForm(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	transport.Hide("", "abc", "topsecret", "topsecret-and-more", "a+b/c= d", "key/of it", "key%2Fof%20it")
	for text, want := range map[string]string{
		"":                         "",
		"key abc is short":         "key abc is short",
		"x topsecret y topsecret":  "x (secret) y (secret)",
		"topsecret-and-more":       "(secret)",
		"token=a%2Bb%2Fc%3D+d&x=1": "token=(secret)&x=1",
		"path /a+b%2Fc=%20d/":      "path /(secret)/",
		"plain a+b/c= d":           "plain (secret)",
		" nothing hidden ":         "nothing hidden",
		// One secret may be another as a path has it, and has forms of its own all the same.
		"twice key%252Fof%2520it": "twice (secret)",
	} {
		if got := transport.Clean(text); got != want {
			t.Errorf("Clean(%q) is %q, want %q", text, got, want)
		}
	}
}

func TestCleanIsSafeWhileSecretsAreAdded(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 500 {
			transport.Hide(fmt.Sprintf("secret-%d", i))
		}
	}()
	for range 500 {
		_ = transport.Clean("secret-1 secret-2")
	}
	<-done
	if got := transport.Clean("secret-499"); got != "(secret)" {
		t.Errorf("got %q", got)
	}
}

func TestPrintableDisarmsWhatATerminalWouldObey(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"red \x1b[31malert\x1b[0m":         "red  [31malert [0m",
		"line\r\nfake: error":              "line  fake: error",
		"bell\a null\x00 del\x7f c1\u009b": "bell  null  del  c1",
		"right\u202eto left\u2066":         "right to left",
		"sep\u2028para\u2029end":           "sep para end",
		"zero\u200bwidth\ufeff":            "zero width",
		"bad \xff\xfe utf-8":               "bad \uFFFD utf-8",
		"한글 그대로 🎬":                         "한글 그대로 🎬",
	} {
		if got := Printable(text); got != want {
			t.Errorf("Printable(%q) is %q, want %q", text, got, want)
		}
	}
	if got := Printable(strings.Repeat("한", 5000)); utf8.RuneCountInString(got) != maxTextRunes+1 || !strings.HasSuffix(got, "한…") {
		t.Errorf("a long text has %d runes", utf8.RuneCountInString(got))
	}
}

func FuzzPrintable(f *testing.F) {
	for _, seed := range []string{"", "plain", "\x1b]0;title\a", "\u202e\u2028\xff", strings.Repeat("x", 700)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Printable(text)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxTextRunes+1 {
			t.Errorf("%q is not valid or too long", got)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("%q holds control characters", got)
		}
	})
}
