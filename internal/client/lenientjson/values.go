// Package lenientjson holds JSON values that accept what services really send: numbers where the reference says string, strings where it
// says number, null where it says nothing.
package lenientjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// String reads a JSON string, number or boolean as text. Null, absent and "" are all "".
type String string

// UnmarshalJSON never goes through a float, so that ids of any length stay as they are.
func (s *String) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	switch {
	case bytes.Equal(data, []byte("null")):
		*s = ""
		return nil
	case len(data) > 0 && data[0] == '"':
		if n := len(data) - 1; n > 0 && data[n] == '"' && !bytes.ContainsAny(data[1:n], `"\\`) && utf8.Valid(data) {
			*s = String(data[1:n]) // A call of encoding/json for each text would be most of what a long list allocates.
			return nil
		}
		var text string
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		*s = String(text)
		return nil
	case len(data) > 0 && (data[0] == '{' || data[0] == '['):
		return fmt.Errorf("found %s where a text or number belongs", kind(data))
	}
	*s = String(data)
	return nil
}

// Part is a value within the text that json.Unmarshal was given. Unlike json.RawMessage it is not a copy, of which a long list would need one
// per level. So the text must not be changed, and json.Decoder, which reuses its buffer, must not be used.
type Part []byte

// UnmarshalJSON keeps data, null included.
func (p *Part) UnmarshalJSON(data []byte) error {
	*p = data
	return nil
}

// Int reads a JSON number or numeric string. Anything else is null.
type Int struct {
	Value int64
	Valid bool
}

// UnmarshalJSON truncates fractions.
func (i *Int) UnmarshalJSON(data []byte) error {
	var text String
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	*i = Int{}
	trimmed := strings.TrimSpace(string(text))
	if value, err := strconv.ParseInt(trimmed, 10, 64); err == nil {
		*i = Int{value, true}
	} else if value, err := strconv.ParseFloat(trimmed, 64); err == nil && value > -(1<<62) && value < 1<<62 {
		*i = Int{int64(value), true}
	}
	return nil
}

// Pointer is nil for null.
func (i Int) Pointer() *int64 {
	if !i.Valid {
		return nil
	}
	return &i.Value
}

// Float reads a JSON number or numeric string. Anything that is no finite number is null.
type Float struct {
	Value float64
	Valid bool
}

// UnmarshalJSON accepts what is listed at Float.
func (f *Float) UnmarshalJSON(data []byte) error {
	var text String
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	value, err := strconv.ParseFloat(strings.TrimSpace(string(text)), 64)
	*f = Float{}
	if err == nil && !math.IsInf(value, 0) && !math.IsNaN(value) {
		*f = Float{value, true}
	}
	return nil
}

// Pointer is nil for null.
func (f Float) Pointer() *float64 {
	if !f.Valid {
		return nil
	}
	return &f.Value
}

// Bool reads a JSON boolean, "true"/"false", "Y"/"N" or 0/1. Anything else is null.
type Bool struct {
	Value bool
	Valid bool
}

// UnmarshalJSON accepts the spellings listed at Bool.
func (b *Bool) UnmarshalJSON(data []byte) error {
	var text String
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	switch strings.ToUpper(strings.TrimSpace(string(text))) {
	case "TRUE", "Y", "1":
		*b = Bool{true, true}
	case "FALSE", "N", "0":
		*b = Bool{false, true}
	default:
		*b = Bool{}
	}
	return nil
}

// Pointer is nil for null.
func (b Bool) Pointer() *bool {
	if !b.Valid {
		return nil
	}
	return &b.Value
}

// Millis is a point in time that a service writes as milliseconds since the Unix epoch; the zero time is null.
type Millis struct{ time.Time }

// lastMilli is the end of the year 9999. RFC 3339 cannot express later times, so they are null.
var lastMilli = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli() - 1

// UnmarshalJSON accepts a number, a numeric string and an RFC 3339 string. Times outside the years 1970 to 9999 are null.
func (m *Millis) UnmarshalJSON(data []byte) error {
	var text String
	if err := text.UnmarshalJSON(data); err != nil {
		return err
	}
	*m = Millis{}
	var number Int
	if err := number.UnmarshalJSON(data); err == nil && number.Valid {
		m.Time = time.UnixMilli(number.Value).UTC()
	} else if at, err := time.Parse(time.RFC3339, string(text)); err == nil {
		m.Time = at.UTC()
	}
	if milli := m.UnixMilli(); milli <= 0 || milli > lastMilli {
		m.Time = time.Time{}
	}
	return nil
}

// Unmarshal is json.Unmarshal, but reads "" in place of an object or a list as null.
func Unmarshal(data []byte, value any) error {
	err := json.Unmarshal(data, value)
	var mismatch *json.UnmarshalTypeError
	if errors.As(err, &mismatch) && mismatch.Value == "string" {
		return json.Unmarshal(nullForEmpty(data), value)
	}
	return err
}

// nullForEmpty replaces each value that is "" by null; data must be valid JSON.
func nullForEmpty(data []byte) []byte {
	result := make([]byte, 0, len(data)+64)
	isValue := true // The next text is a value: data itself, or what follows a colon.
	for i := 0; i < len(data); i++ {
		if data[i] != '"' {
			if !bytes.ContainsRune([]byte(" \t\r\n"), rune(data[i])) {
				isValue = data[i] == ':'
			}
			result = append(result, data[i])
			continue
		}
		end := i + 1
		for ; data[end] != '"'; end++ {
			if data[end] == '\\' {
				end++
			}
		}
		if isValue && end == i+1 {
			result = append(result, "null"...)
		} else {
			result = append(result, data[i:end+1]...)
		}
		i, isValue = end, false
	}
	return result
}

// Object reports whether data, which must be valid JSON, is an object with at least one member.
func Object(data []byte) bool {
	data = bytes.TrimSpace(data)
	return kind(data) == "an object" && len(data) > 1 && len(bytes.TrimSpace(data[1:len(data)-1])) > 0
}

// Array reports whether data is a JSON array.
func Array(data []byte) bool { return kind(data) == "an array" }

// Absent reports whether data is missing, null or an object without members.
func Absent(data []byte) bool {
	data = bytes.TrimSpace(data)
	return len(data) == 0 || bytes.Equal(data, []byte("null")) || kind(data) == "an object" && !Object(data)
}

func kind(data []byte) string {
	switch data = bytes.TrimSpace(data); {
	case len(data) == 0:
		return "nothing"
	case data[0] == '{':
		return "an object"
	case data[0] == '[':
		return "an array"
	}
	return "a value"
}
