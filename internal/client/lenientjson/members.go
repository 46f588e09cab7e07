package lenientjson

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
)

// Member finds a member of a JSON object by its name, in capitals or not; of several the last, as encoding/json does. What it
// returns is part of data, not a copy: an answer may be long. It finds nothing where data is no object.
func Member(data json.RawMessage, name string) (value json.RawMessage, found bool) {
	if kind(data) != "an object" {
		return nil, false
	}
	var key string
	for part := range parts(data) {
		if !part.value {
			key = ""
			_ = json.Unmarshal(part.text, &key) // data is valid, or was looked at in vain
		} else if strings.EqualFold(key, name) {
			value, found = part.text, true
		}
	}
	return value, found
}

// Elements goes through a JSON array; each element is part of data, not a copy.
func Elements(data json.RawMessage) iter.Seq[json.RawMessage] {
	return func(yield func(json.RawMessage) bool) {
		if !Array(data) {
			return
		}
		for part := range parts(data) {
			if part.value && !yield(part.text) {
				return
			}
		}
	}
}

// part is a name or a value in an object or array.
type part struct {
	text  json.RawMessage
	value bool
}

// parts goes through the names and values of an object, or the values of an array, which must be valid JSON. It knows only as much
// of that as is needed to tell where a value ends.
func parts(data []byte) iter.Seq[part] {
	return func(yield func(part) bool) {
		depth, begin := 0, 0
		for i := 0; i < len(data); i++ {
			switch data[i] {
			case '"':
				for i++; i < len(data) && data[i] != '"'; i++ {
					if data[i] == '\\' {
						i++
					}
				}
			case '{', '[':
				if depth++; depth == 1 {
					begin = i + 1
				}
			case ':', ',', '}', ']':
				closing := data[i] == '}' || data[i] == ']'
				if depth == 1 {
					text := bytes.TrimSpace(data[begin:i])
					begin = i + 1
					if len(text) > 0 && !yield(part{text, data[i] != ':'}) {
						return
					}
				}
				if closing {
					depth--
				}
			}
		}
	}
}
