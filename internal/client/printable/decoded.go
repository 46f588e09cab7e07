package printable

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Decoded is a text beside what it says once the characters in it that are escaped for a URL, JSON or HTML are themselves again.
type Decoded struct {
	text, plain string
	// from is where in text each byte of plain comes from, and last the end of text. It is nil if nothing in the text is escaped.
	from []int
}

// Decode undoes one level of escapes: %2F and %2f, \/ and \u002f, &amp; and &#x2F;. Escapes of different kinds may be mixed.
func Decode(text string) Decoded {
	if !strings.ContainsAny(text, `%+\&`) {
		return Decoded{text: text, plain: text}
	}
	var plain strings.Builder
	from := make([]int, 0, len(text)+1)
	for i := 0; i < len(text); {
		said, length := escape(text[i:])
		plain.WriteString(said)
		for range len(said) {
			from = append(from, i)
		}
		i += length
	}
	return Decoded{text, plain.String(), append(from, len(text))}
}

// Spellings returns the parts of the text that say value with at least one character escaped, as they are spelled there. A blank may be a
// plus, as in a query.
func (d Decoded) Spellings(value string) (spellings []string) {
	if d.from == nil || value == "" {
		return nil
	}
	forms := []string{value}
	if strings.Contains(value, " ") {
		forms = append(forms, strings.ReplaceAll(value, " ", "+"))
	}
	for _, form := range forms {
		for at := 0; ; at += len(form) {
			next := strings.Index(d.plain[at:], form)
			if next < 0 {
				break
			}
			at += next
			if spelling := d.text[d.from[at]:d.from[at+len(form)]]; spelling != value {
				spellings = append(spellings, spelling)
			}
		}
	}
	return spellings
}

// entities are the ways in which HTML escapes what a URL or a key may contain, besides numbers.
var entities = map[string]string{"&amp": "&", "&quot": `"`, "&apos": "'", "&lt": "<", "&gt": ">"}

// escape returns what the first character of a text says, escaped or not, and how many bytes spell it.
func escape(text string) (said string, length int) {
	switch text[0] {
	case '%':
		if said, err := url.PathUnescape(text[:min(len(text), 3)]); err == nil {
			return said, 3
		}
	case '\\':
		if code, ok := number(text, 2, 6, 16); ok && text[1] == 'u' && utf8.ValidRune(code) {
			return string(code), 6
		}
		if len(text) > 1 && strings.ContainsRune(`"\/`, rune(text[1])) {
			return text[1:2], 2
		}
	case '&':
		end := strings.IndexByte(text[:min(len(text), len("&#x0000;"))], ';')
		if end < 0 {
			break
		}
		if said, ok := entities[text[:end]]; ok {
			return said, end + 1
		}
		code, ok := number(text, 2, end, 10)
		if end > 2 && (text[2] == 'x' || text[2] == 'X') {
			code, ok = number(text, 3, end, 16)
		}
		if ok && text[1] == '#' && utf8.ValidRune(code) {
			return string(code), end + 1
		}
	}
	return text[:1], 1
}

// number reads text[from:to] as the number of a character.
func number(text string, from, to, base int) (rune, bool) {
	if to > len(text) || from >= to {
		return 0, false
	}
	code, err := strconv.ParseUint(text[from:to], base, 32)
	if err != nil || code > utf8.MaxRune {
		return 0, false
	}
	return rune(code), true
}
