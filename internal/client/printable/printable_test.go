package printable

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestControlSequencesAreRemovedFromTexts(t *testing.T) {
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
		if got := Text(text); got != want {
			t.Errorf("Text(%q) is %q, want %q", text, got, want)
		}
	}
	if got := Text(strings.Repeat("한", 5000)); utf8.RuneCountInString(got) != MaxText+1 || !strings.HasSuffix(got, "한…") {
		t.Errorf("a long text has %d runes", utf8.RuneCountInString(got))
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "plain", "\x1b]0;title\a", "\u202e\u2028\xff", strings.Repeat("x", 700)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Text(text)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > MaxText+1 {
			t.Errorf("%q is not valid or too long", got)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("%q holds control characters", got)
		}
	})
}

// What is just short enough is shown whole.
func TestTextIsCutOnlyBeyondItsLimit(t *testing.T) {
	t.Parallel()
	for length, want := range map[int]int{MaxText: MaxText, MaxText + 1: MaxText + 1} { // the last character is an ellipsis
		text := Text(strings.Repeat("ä", length))
		if got := len([]rune(text)); got != want || strings.HasSuffix(text, "…") != (length > MaxText) {
			t.Errorf("of %d characters, %d are shown", length, got)
		}
	}
}
