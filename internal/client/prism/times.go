package prism

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// korea is where a time without an offset is meant to be.
var korea = time.FixedZone("", 9*60*60)

// normalTime returns a service's time as RFC 3339. What is RFC 3339 already stays as it was sent; what cannot be read as a
// time at all becomes "".
func normalTime(text string) string {
	text = strings.TrimSpace(text)
	if text == "" || strictly(text) {
		return text
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05Z0700"} {
		if at, err := time.Parse(layout, text); err == nil {
			return written(at)
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04"} {
		if at, err := time.ParseInLocation(layout, text, korea); err == nil {
			return written(at)
		}
	}
	if epoch, err := strconv.ParseInt(text, 10, 64); err == nil && epoch > 0 {
		const firstMillis = 100_000_000_000 // as seconds this is the year 5138
		at := time.Unix(epoch, 0).UTC()
		if epoch >= firstMillis {
			at = time.UnixMilli(epoch).UTC()
		}
		return written(at)
	}
	return ""
}

// written is a time in RFC 3339, or "" where that has no way to write it: years have four digits, and offsets less than a day.
func written(at time.Time) string {
	if text := at.Format(time.RFC3339Nano); strictly(text) {
		return text
	}
	return ""
}

var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)

// strictly reports whether text is RFC 3339 to the letter; time.Parse lets some more pass, which others then refuse.
func strictly(text string) bool {
	_, err := time.Parse(time.RFC3339, text)
	return err == nil && rfc3339.MatchString(text)
}

// SameInstant reports whether two RFC 3339 texts mean the same moment.
func SameInstant(a, b string) bool {
	one, err1 := time.Parse(time.RFC3339, a)
	other, err2 := time.Parse(time.RFC3339, b)
	return a == b || err1 == nil && err2 == nil && one.Equal(other)
}
