package transport

import (
	"net/url"
	"sort"
	"strings"
	"sync"
	"unicode"
)

// maxTextRunes is the most that is shown of a text that came from a service.
const maxTextRunes = 600

// maxMessageRunes is the most that is shown of a sentence that was put together of several such texts.
const maxMessageRunes = 4 * maxTextRunes

// secrets is the set of values that must not appear in any text that leaves the process.
type secrets struct {
	mu     sync.RWMutex
	values map[string]struct{}
}

// Hide adds values that Clean takes out of texts. Values shorter than four characters are not hidden: taking them out
// would mangle every text without protecting anything.
func (t *Transport) Hide(values ...string) {
	t.secrets.mu.Lock()
	defer t.secrets.mu.Unlock()
	if t.secrets.values == nil {
		t.secrets.values = map[string]struct{}{}
	}
	for _, value := range values {
		if len(value) >= 4 {
			// A service may show a secret as it stood in the query or in the path.
			for _, form := range []string{value, url.QueryEscape(value), url.PathEscape(value)} {
				t.secrets.values[form] = struct{}{}
			}
		}
	}
}

// Clean makes a text from outside fit to be shown: known secrets are taken out, control characters (a terminal would obey
// them) become blanks, and what is very long is cut.
func (t *Transport) Clean(text string) string {
	// Once more at the end: where a character was replaced, a secret may have become whole.
	return t.Mask(Printable(t.Mask(text)))
}

// Mask takes known secrets out of a text, and leaves the rest as it is.
func (t *Transport) Mask(text string) string {
	if text == "" {
		return ""
	}
	t.secrets.mu.RLock()
	present := make([]string, 0, 4)
	for value := range t.secrets.values {
		if strings.Contains(text, value) {
			present = append(present, value)
		}
	}
	t.secrets.mu.RUnlock()
	// Longest first: one secret may be the beginning of another.
	sort.Slice(present, func(i, j int) bool { return len(present[i]) > len(present[j]) })
	for _, value := range present {
		text = strings.ReplaceAll(text, value, "(secret)")
	}
	return text
}

// Printable replaces control and format characters by blanks and cuts what is very long.
func Printable(text string) string { return printable(text, maxTextRunes) }

// Sentence is Printable for a text that was put together of several.
func Sentence(text string) string { return printable(text, maxMessageRunes) }

func printable(text string, most int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
