package provider_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// longestMessage is more than any message of the provider needs, and little enough to be read.
const longestMessage = 16000

// mustBePrintable fails the test if a text is enormous, or holds what a terminal would obey. Lines are the provider's own.
func mustBePrintable(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s: the text is not UTF-8: %q", what, text)
	}
	if length := utf8.RuneCountInString(text); length > longestMessage {
		t.Errorf("%s: %d characters are shown: %.200q", what, length, text)
	}
	if at := strings.IndexFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
	}); at >= 0 {
		t.Errorf("%s: holds what a terminal would obey: ...%q...", what, text[max(0, at-100):min(len(text), at+60)])
	}
}
