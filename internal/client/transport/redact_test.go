package transport

import (
	"fmt"
	"io"
	"log"
	"testing"
)

func discardLog() *log.Logger { return log.New(io.Discard, "", 0) }

func TestStreamKeyIsHiddenWithoutItsQueryAndWithTheQuerysLongValues(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	transport.HideAddresses("KEY12345?x=1", "live?txSecret=abcdef0123&txTime=5f3a1b2c&mode=fast", "?streamname=stream-1&key=a%2Fb%2Fcdef", "plain-key", "KEY-OF-1?backup=1/KEY-OF-2")
	for text, want := range map[string]string{
		"stream KEY12345 of x=1":                    "stream (secret) of x=1",
		"stream KEY12345?x=1 is refused":            "stream (secret) is refused",
		"live stream, fast: abcdef0123 or 5f3a1b2c": "live stream, fast: (secret) or (secret)",
		"stream-1 a%2Fb%2Fcdef a/b/cdef plain-key":  "(secret) (secret) (secret) (secret)",
		"stream KEY-OF-2, else KEY-OF-1":            "stream (secret), else (secret)",
	} {
		if got := transport.Clean(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestAddressIsHiddenWithItsSecretParts(t *testing.T) {
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

func TestCleanMasksSecretsInEveryEncoding(t *testing.T) {
	t.Parallel()
	transport := New(quick)
	transport.Hide("", "abc", "topsecret", "topsecret-and-more", "a+b/c= d", "key/of it", "key%2Fof%20it", "wxyz", "two words", "two\nlines")
	for text, want := range map[string]string{
		"":                         "",
		"key abc is short":         "key abc is short",
		"x topsecret y topsecret":  "x (secret) y (secret)",
		"topsecret-and-more":       "(secret)",
		"token=a%2Bb%2Fc%3D+d&x=1": "token=(secret)&x=1",
		"path /a+b%2Fc=%20d/":      "path /(secret)/",
		"plain a+b/c= d":           "plain (secret)",
		" nothing hidden ":         "nothing hidden",
		"four wxyz":                "four (secret)",
		// Before a line break becomes a blank, and afterwards.
		"of two\nlines": "of (secret)",
		"of two\nwords": "of (secret)",
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
