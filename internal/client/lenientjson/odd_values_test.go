package lenientjson

import (
	"encoding/json"
	"testing"
)

// What no value of the kind can be is null, and no number that somebody might believe.
func TestValuesOutOfRangeAreNull(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`-1e300`, `1e300`, `"-1e300"`, `"NaN"`, `"Inf"`, `"-Inf"`} {
		var whole Int
		if err := json.Unmarshal([]byte(text), &whole); err != nil || whole.Valid {
			t.Errorf("%s is %+v, %v", text, whole, err)
		}
	}
	for _, text := range []string{`"NaN"`, `"Inf"`, `"-Inf"`} {
		var number Float
		if err := json.Unmarshal([]byte(text), &number); err != nil || number.Valid {
			t.Errorf("%s is %+v, %v", text, number, err)
		}
	}
}

// State is UTF-8, whatever a service sends.
func TestTextIsAlwaysUTF8(t *testing.T) {
	t.Parallel()
	var text String
	if err := text.UnmarshalJSON([]byte("\"a\xffb\"")); err != nil || text != "a\uFFFDb" {
		t.Errorf("it is %q, %v", text, err)
	}
}

func TestEmptyTextInPlaceOfTheWholeIsNull(t *testing.T) {
	t.Parallel()
	var object struct{ Name String }
	if err := Unmarshal([]byte(` ""`), &object); err != nil {
		t.Error(err)
	}
	if err := Unmarshal([]byte(`"text"`), &object); err == nil {
		t.Error("a text is taken for an object")
	}
}
