// Package printable makes texts from outside fit to be shown: a terminal would obey control characters, and a service may send any
// amount of text. Secrets are the transport's to hide.
package printable

import (
	"strings"
	"unicode"
)

const (
	// MaxText is the most that is shown of a text that came from a service, in characters.
	MaxText = 600
	// MaxSentence is the most that is shown of a sentence that was put together of several such texts, in characters.
	MaxSentence = 4 * MaxText
)

// Text replaces control and format characters by blanks and cuts what is very long.
func Text(text string) string { return upTo(MaxText, text) }

// Sentence is Text for a text that was put together of several.
func Sentence(text string) string { return upTo(MaxSentence, text) }

func upTo(most int, text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return ' '
		}
		return r
	}, text)
	if runes := []rune(strings.TrimSpace(text)); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return strings.TrimSpace(text)
}
