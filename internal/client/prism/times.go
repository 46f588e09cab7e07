package prism

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// korea is the time zone of a time without an offset.
var korea = time.FixedZone("", 9*60*60)

// normalTime returns a service's time as RFC 3339. A time in RFC 3339 stays as it was sent, and a text that is no time becomes "".
func normalTime(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || isRFC3339(text) {
		return text
	}
	// RFC 3339 allows small letters, which Go does not take, and Java adds the name of the zone in brackets.
	text, _, _ = strings.Cut(strings.ToUpper(text), "[")
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z0700"} {
		if at, err := time.Parse(layout, text); err == nil {
			return formatRFC3339(at)
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, text, korea); err == nil {
			return formatRFC3339(at)
		}
	}
	if epoch, err := strconv.ParseInt(text, 10, 64); err == nil && epoch > 0 {
		const firstMillis = 100_000_000_000 // as seconds this is the year 5138
		at := time.Unix(epoch, 0).UTC()
		if epoch >= firstMillis {
			at = time.UnixMilli(epoch).UTC()
		}
		return formatRFC3339(at)
	}
	return ""
}

// formatRFC3339 formats a time in RFC 3339, or returns "" for one that it cannot express: years have four digits, and offsets are less
// than a day.
func formatRFC3339(at time.Time) string {
	if text := at.Format(time.RFC3339Nano); isRFC3339(text) {
		return text
	}
	return ""
}

var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)

// isRFC3339 reports whether text is strictly RFC 3339. time.Parse accepts more, which others then refuse.
func isRFC3339(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil && rfc3339.MatchString(text)
}

// SameInstant reports whether two RFC 3339 texts mean the same moment.
func SameInstant(a, b string) bool {
	one, err1 := time.Parse(time.RFC3339, a)
	other, err2 := time.Parse(time.RFC3339, b)
	return a == b || err1 == nil && err2 == nil && one.Equal(other)
}
