package lenientjson_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/lenientjson"
)

// FuzzParts holds the parts of any JSON to what encoding/json finds in it, and wants no more than an end of what is none.
func FuzzParts(f *testing.F) {
	for _, seed := range []string{
		`{}`, `[]`, `null`, `{"lives":[{"liveId":"1"},{"liveId":2}],"next":null}`, ` { "Lives" : [ 1 , "two" , [ 3 ] , { } ] , "lives":[]} `,
		`{"a\"lives":{"lives":[]},"li\u0076es":{"x":"}],:{["}}`, `["\\","\"",",:"]`, `{"lives":1,"LIVES":2}`, `{"lives"`, `{]}[`, `"lives"`, `{"lives":"\`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		value, found := lenientjson.Member(data, "lives")
		var elements []json.RawMessage
		for element := range lenientjson.Elements(data) {
			elements = append(elements, element)
		}
		if !json.Valid(data) {
			return
		}
		var object struct {
			Lives *json.RawMessage `json:"lives"`
		}
		isObject := bytes.HasPrefix(bytes.TrimSpace(data), []byte("{"))
		if json.Unmarshal(data, &object) == nil && isObject {
			// A null leaves no pointer, so that it looks like none.
			if object.Lives != nil && (!found || !bytes.Equal(value, *object.Lives)) {
				t.Errorf("lives of %s are %s, %v; want %s", data, value, found, *object.Lives)
			}
			if object.Lives == nil && found && string(value) != "null" {
				t.Errorf("%s has lives: %s", data, value)
			}
		} else if found {
			t.Errorf("%s has lives, and is no object", data)
		}
		var array []json.RawMessage
		if json.Unmarshal(data, &array) != nil {
			array = nil
		}
		if len(array) != len(elements) {
			t.Fatalf("%s has %d elements, want %d", data, len(elements), len(array))
		}
		for i := range array {
			if !bytes.Equal(array[i], elements[i]) {
				t.Errorf("element %d of %s is %s, want %s", i, data, elements[i], array[i])
			}
		}
	})
}

func TestPartsAreNotCopies(t *testing.T) {
	t.Parallel()
	body := []byte(`{"lives":["1"]}`)
	lives, _ := lenientjson.Member(body, "lives")
	for element := range lenientjson.Elements(lives) {
		copy(body[bytes.IndexByte(body, '1'):], "2")
		if string(element) != `"2"` {
			t.Errorf("the element stays %s", element)
		}
	}
	if string(lives) != `["2"]` {
		t.Errorf("the list stays %s", lives)
	}
}
