package transport

import (
	"net/url"
	"slices"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/printable"
)

// Hide adds values that Clean takes out of texts, as they are and as they stand in a query or a path. Values shorter than four characters
// are not hidden: taking them out would mangle every text without protecting anything.
func (t *Transport) Hide(values ...string) {
	t.hiding.Lock()
	defer t.hiding.Unlock()
	for _, value := range values {
		if len(value) >= 4 {
			t.secrets[value] = struct{}{}
		}
	}
}

// shortestPart is the length from which a part of a secret is hidden by itself. Shorter ones are words such as "live" or "true",
// which would be taken out of every text.
const shortestPart = 6

// HideAddresses hides ingest addresses and stream keys: whole, and the parts that are secret by themselves. A service may name a stream
// by its key without the query, or an address without its scheme, and a query can hold secrets of its own: live?txSecret=...&txTime=...
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

// queryValues are the values of a query, as they stand and decoded.
func queryValues(query string) (values []string) {
	for _, pair := range strings.FieldsFunc(query, func(r rune) bool { return strings.ContainsRune("&;?/", r) }) {
		value := pair[strings.Index(pair, "=")+1:]
		decoded, _ := url.QueryUnescape(value) // "" where it is not encoded well
		values = append(values, value, decoded)
	}
	return values
}

// Clean makes a text from outside fit to be shown: known secrets are taken out, control characters (a terminal would obey
// them) become blanks, and what is very long is cut.
func (t *Transport) Clean(text string) string {
	// Once more at the end: where a character was replaced, a secret may have become whole.
	return t.Mask(printable.Text(t.Mask(text)))
}

// Mask takes known secrets out of a text, and leaves the rest as it is. tflog can mask values in its own lines only, and these are in
// diagnostics too.
func (t *Transport) Mask(text string) string {
	var present []string
	escapes := strings.ContainsAny(text, "%+")
	t.hiding.RLock()
	for secret := range t.secrets {
		forms := []string{secret}
		if escapes { // Kept in three spellings each, the secrets of a long list would take most of its memory.
			forms = append(forms, url.QueryEscape(secret), url.PathEscape(secret))
		}
		present = append(present, slices.DeleteFunc(forms, func(form string) bool { return !strings.Contains(text, form) })...)
	}
	t.hiding.RUnlock()
	slices.SortFunc(present, func(a, b string) int { return len(b) - len(a) }) // Longest first: one may be the beginning of another.
	for _, secret := range present {
		text = strings.ReplaceAll(text, secret, "(secret)")
	}
	return text
}
