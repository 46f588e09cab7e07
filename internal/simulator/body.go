package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// bodyFault is what is wrong with a body, before a service has put it into its own words.
type bodyFault struct {
	kind  bodyFaultKind
	field string
	why   string
}

type bodyFaultKind int

const (
	malformed bodyFaultKind = iota
	unknownField
	wrongType
	missingField
	badValue
	noFault
)

// fields is a JSON object whose members have not been looked at yet. Its methods keep the first fault and then give zero
// values, so that a handler can read all it wants and ask once.
type fields struct {
	path    string
	members map[string]json.RawMessage
	unknown bodyFaultKind // what a member is that is not known; the objects inside are read alike
	fault   *bodyFault
}

// readFields reads an object that may have only the known members. Duplicate members are refused: parsers disagree on
// which one counts.
func readFields(raw []byte, known ...string) *fields {
	return readFieldsWith(unknownField, raw, "", known...)
}

// readFieldsWith is readFields for a body whose unknown members are another fault, or none.
func readFieldsWith(unknown bodyFaultKind, raw []byte, path string, known ...string) *fields {
	f := &fields{path: path, members: map[string]json.RawMessage{}, unknown: unknown}
	dec := json.NewDecoder(bytes.NewReader(raw))
	if token, err := dec.Token(); err != nil || token != json.Delim('{') {
		if err == nil && json.Valid(raw) {
			f.fail(wrongType, "", "an object is wanted")
		} else {
			f.fail(malformed, "", "not JSON")
		}
		return f
	}
	for dec.More() {
		token, err := dec.Token()
		name, _ := token.(string)
		var value json.RawMessage
		if err == nil {
			err = dec.Decode(&value)
		}
		if err != nil {
			f.fail(malformed, "", err.Error())
			return f
		}
		if _, twice := f.members[name]; twice {
			f.fail(malformed, name, "given twice")
		}
		if unknown != noFault && !slices.Contains(known, name) {
			f.fail(unknown, name, "no such field")
		}
		f.members[name] = value
	}
	if _, err := dec.Token(); err != nil {
		f.fail(malformed, "", "not JSON")
	} else if _, err := dec.Token(); err != io.EOF {
		f.fail(malformed, "", "more than one value")
	}
	return f
}

func (f *fields) fail(kind bodyFaultKind, field, why string) {
	if f.fault == nil {
		f.fault = &bodyFault{kind, strings.TrimPrefix(strings.TrimSuffix(f.path+"."+field, "."), "."), why}
	}
}

func (f *fields) has(name string) bool {
	_, ok := f.members[name]
	return ok
}

func (f *fields) need(name string) bool {
	if !f.has(name) {
		f.fail(missingField, name, "required")
		return false
	}
	return true
}

// text is a required, non-empty string.
func (f *fields) text(name string) string {
	if !f.need(name) {
		return ""
	}
	value := f.optionalText(name)
	if value == "" {
		f.fail(missingField, name, "empty")
	}
	return value
}

func (f *fields) optionalText(name string) string {
	if !f.has(name) {
		return ""
	}
	var value *string
	if err := json.Unmarshal(f.members[name], &value); err != nil || value == nil {
		f.fail(wrongType, name, "a string is wanted")
		return ""
	}
	return *value
}

// oneOf is an optional string out of a list; the first of the list is the default.
func (f *fields) oneOf(name string, values ...string) string {
	if !f.has(name) {
		return values[0]
	}
	value := f.optionalText(name)
	if f.fault == nil && !slices.Contains(values, value) {
		f.fail(badValue, name, "not one of "+strings.Join(values, ", "))
	}
	return value
}

func (f *fields) optionalInt(name string, fallback int64) int64 {
	if !f.has(name) {
		return fallback
	}
	value, ok := wholeNumber(f.members[name])
	if !ok {
		f.fail(wrongType, name, "a whole number is wanted")
	}
	return value
}

// integer is a required whole number.
func (f *fields) integer(name string) int64 {
	if !f.need(name) {
		return 0
	}
	return f.optionalInt(name, 0)
}

// integerIn is a required whole number between two limits.
func (f *fields) integerIn(name string, least, most int64) int64 {
	value := f.integer(name)
	if f.fault == nil && (value < least || value > most) {
		f.fail(badValue, name, fmt.Sprintf("%d to %d is wanted", least, most))
	}
	return value
}

// integers is a required array of whole numbers.
func (f *fields) integers(name string) []int64 {
	var values []int64
	for _, raw := range f.list(name) {
		value, ok := wholeNumber(raw)
		if !ok {
			f.fail(wrongType, name, "whole numbers are wanted")
		}
		values = append(values, value)
	}
	return values
}

// texts is a required array of strings.
func (f *fields) texts(name string) []string {
	var values []string
	if f.need(name) {
		if err := json.Unmarshal(f.members[name], &values); err != nil || values == nil {
			f.fail(wrongType, name, "an array of strings is wanted")
		}
	}
	return values
}

// number is a required number, whole or not.
func (f *fields) number(name string) float64 {
	if !f.need(name) {
		return 0
	}
	var value *float64
	if err := json.Unmarshal(f.members[name], &value); err != nil || value == nil {
		f.fail(wrongType, name, "a number is wanted")
		return 0
	}
	return *value
}

// flag is a required boolean.
func (f *fields) flag(name string) bool {
	return f.need(name) && f.optionalFlag(name)
}

func (f *fields) optionalFlag(name string) bool {
	if !f.has(name) {
		return false
	}
	var value *bool
	if err := json.Unmarshal(f.members[name], &value); err != nil || value == nil {
		f.fail(wrongType, name, "true or false is wanted")
		return false
	}
	return *value
}

// choice is a required string out of a list.
func (f *fields) choice(name string, values ...string) string {
	value := f.text(name)
	if f.fault == nil && !slices.Contains(values, value) {
		f.fail(badValue, name, "not one of "+strings.Join(values, ", "))
	}
	return value
}

// list is a required array.
func (f *fields) list(name string) []json.RawMessage {
	if !f.need(name) {
		return nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(f.members[name], &items); err != nil || items == nil {
		f.fail(wrongType, name, "an array is wanted")
	}
	return items
}

// child reads the i-th object of an array, and takes over its fault once its members have been read.
func (f *fields) child(raw json.RawMessage, name string, i int, known []string, read func(*fields)) {
	f.inside(raw, fmt.Sprintf("%s[%d]", name, i), known, read)
}

// object reads a required member that is an object, and takes over its fault. read is not called where it is missing.
func (f *fields) object(name string, known []string, read func(*fields)) {
	if f.need(name) {
		f.inside(f.members[name], name, known, read)
	}
}

func (f *fields) inside(raw json.RawMessage, path string, known []string, read func(*fields)) {
	c := readFieldsWith(f.unknown, raw, strings.TrimPrefix(f.path+"."+path, "."), known...)
	if c.fault == nil {
		read(c)
	}
	if c.fault != nil && f.fault == nil {
		f.fault = c.fault
	}
}

// wholeNumber refuses 5.0, 5e0, "5" and null alike: the documented type is Integer.
func wholeNumber(raw json.RawMessage) (int64, bool) {
	n, err := strconv.ParseInt(string(bytes.TrimSpace(raw)), 10, 64)
	return n, err == nil
}
