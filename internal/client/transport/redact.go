package transport

import (
	"net/url"
	"slices"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// Hide adds values that Clean and Mask remove from texts, plain or escaped for a URL, JSON or HTML. Values shorter than four characters are
// not hidden: removing them would mangle every text and protect nothing.
func (t *Transport) Hide(values ...string) {
	t.hiding.Lock()
	defer t.hiding.Unlock()
	for _, value := range values {
		if len(value) >= 4 {
			t.secrets[value] = struct{}{}
		}
	}
}

// shortestPart is the shortest part of a secret that is hidden on its own. Shorter parts are words such as "live" or "true", which would be
// removed from every text.
const shortestPart = 6

// HideAddresses hides ingest addresses and stream keys, and those parts of them that are secret on their own. A service may name a stream
// by its key without the query, or an address without its scheme, and a query may contain secrets: live?txSecret=...&txTime=...
func (t *Transport) HideAddresses(addresses ...string) {
	t.Hide(addresses...)
	for _, address := range addresses {
		name, query, _ := strings.Cut(address, "?")
		if _, rest, ok := strings.Cut(address, "://"); ok {
			name = rest
		}
		parts := append(queryValues(query), name)
		if parsed, err := url.Parse(strings.TrimSpace(address)); err == nil && parsed.User != nil {
			password, _ := parsed.User.Password()
			parts = append(parts, password)
		}
		t.Hide(slices.DeleteFunc(parts, func(part string) bool { return len(part) < shortestPart })...)
	}
}

// queryValues returns the values of a query, both encoded and decoded.
func queryValues(query string) (values []string) {
	for _, pair := range strings.FieldsFunc(query, func(r rune) bool { return strings.ContainsRune("&;?/", r) }) {
		value := pair[strings.Index(pair, "=")+1:]
		decoded, _ := url.QueryUnescape(value) // "" if it is not well encoded
		values = append(values, value, decoded)
	}
	return values
}

// Clean makes a text from a service fit to be shown: known secrets are removed, control characters, which a terminal would interpret, become
// blanks, and very long texts are cut.
func (t *Transport) Clean(text string) string {
	// Masked again, because replacing a character may have completed a secret.
	return t.Mask(printable.Text(t.Mask(text)))
}

// Mask removes known secrets from a text. tflog masks only its own lines, but diagnostics may contain secrets too.
func (t *Transport) Mask(text string) string {
	var present []string
	decoded := printable.Decode(text)
	t.hiding.RLock()
	for secret := range t.secrets {
		if strings.Contains(text, secret) {
			present = append(present, secret)
		}
		// The text is decoded, and not each secret escaped: a long list has thousands of them.
		present = append(present, decoded.Spellings(secret)...)
	}
	t.hiding.RUnlock()
	slices.SortFunc(present, func(a, b string) int { return len(b) - len(a) }) // Longest first: one may be the beginning of another.
	for _, secret := range present {
		text = strings.ReplaceAll(text, secret, "(secret)")
	}
	return text
}
