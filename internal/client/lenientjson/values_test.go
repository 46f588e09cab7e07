package lenientjson

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestStringReadsAnyScalarAsText(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]String{
		`"text"`:                  "text",
		`""`:                      "",
		`null`:                    "",
		`900017`:                  "900017",
		`9223372036854775808`:     "9223372036854775808",
		`12345678901234567890123`: "12345678901234567890123",
		`-0`:                      "-0",
		`1.50`:                    "1.50",
		`1e3`:                     "1e3",
		`true`:                    "true",
		`false`:                   "false",
		`"\ud55c \"x\" \n"`:       "한 \"x\" \n",
		` "blanks outside" `:      "blanks outside",
		`" blanks inside "`:       " blanks inside ",
		`"null"`:                  "null",
	} {
		got := String("before")
		if err := json.Unmarshal([]byte(body), &got); err != nil || got != want {
			t.Errorf("%s is %q, want %q: %v", body, got, want, err)
		}
	}
}

func TestScalarsRefuseObjectsAndArrays(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `{"a":"secret"}`, `[]`, `["secret"]`} {
		for name, target := range map[string]json.Unmarshaler{"String": new(String), "Int": new(Int), "Bool": new(Bool), "Millis": new(Millis)} {
			err := json.Unmarshal([]byte(body), target)
			if err == nil {
				t.Errorf("%s takes %s", name, body)
			} else if strings.Contains(err.Error(), "secret") {
				t.Errorf("the error of %s shows the value: %v", name, err)
			}
		}
	}
}

func TestIntReadsNumbersAndDigitsInText(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Int{
		`0`:                     {0, true},
		`"0"`:                   {0, true},
		`42`:                    {42, true},
		`"42"`:                  {42, true},
		`" 42 "`:                {42, true},
		`-7`:                    {-7, true},
		`9223372036854775807`:   {9223372036854775807, true},
		`"9223372036854775807"`: {9223372036854775807, true},
		`12.9`:                  {12, true},
		`1e3`:                   {1000, true},
		`9223372036854775808`:   {},
		`1e300`:                 {},
		`"NaN"`:                 {},
		`"Inf"`:                 {},
		`null`:                  {},
		`""`:                    {},
		`"many"`:                {},
		`true`:                  {},
	} {
		got := Int{99, true}
		if err := json.Unmarshal([]byte(body), &got); err != nil || got != want {
			t.Errorf("%s is %+v, want %+v: %v", body, got, want, err)
		}
		if pointer := got.Pointer(); (pointer != nil) != want.Valid || pointer != nil && *pointer != want.Value {
			t.Errorf("the pointer of %s is wrong", body)
		}
	}
}

func TestBoolReadsEverySpelling(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]Bool{
		`true`: {true, true}, `"true"`: {true, true}, `"TRUE"`: {true, true}, `"Y"`: {true, true}, `"y"`: {true, true}, `1`: {true, true}, `"1"`: {true, true}, `" true "`: {true, true},
		`false`: {false, true}, `"false"`: {false, true}, `"N"`: {false, true}, `0`: {false, true}, `"0"`: {false, true},
		`null`: {}, `""`: {}, `"maybe"`: {}, `2`: {}, `-1`: {},
	} {
		got := Bool{true, true}
		if err := json.Unmarshal([]byte(body), &got); err != nil || got != want {
			t.Errorf("%s is %+v, want %+v: %v", body, got, want, err)
		}
	}
}

func TestMillisReadsEpochAndText(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 1, 1, 0, 0, 0, 123_000_000, time.UTC)
	for body, want := range map[string]time.Time{
		`1767225600123`:                   at,
		`"1767225600123"`:                 at,
		`"2026-01-01T00:00:00.123Z"`:      at,
		`"2026-01-01T09:00:00.123+09:00"`: at,
		`0`:                               {},
		`-5`:                              {},
		`null`:                            {},
		`""`:                              {},
		`"yesterday"`:                     {},
		`253402300800000`:                 {},
		`9e17`:                            {},
		`"9999-12-31T23:59:59-23:00"`:     {},
	} {
		got := Millis{time.Now()}
		if err := json.Unmarshal([]byte(body), &got); err != nil || got.Time != want {
			t.Errorf("%s is %s, want %s: %v", body, got.Time, want, err)
		}
	}
}

func TestAbsentNullAndEmptyObjectsAreEqual(t *testing.T) {
	t.Parallel()
	for body, want := range map[string][3]bool{ // object, array, absent
		``: {false, false, true}, ` null `: {false, false, true}, `{}`: {false, false, true}, ` { } `: {false, false, true},
		`{"a":null}`: {true, false, false}, `[]`: {false, true, false}, ` [1]`: {false, true, false},
		`""`: {}, `0`: {}, `"{}"`: {},
	} {
		raw := json.RawMessage(body)
		if got := [3]bool{Object(raw), Array(raw), Absent(raw)}; got != want {
			t.Errorf("%q is %v, want %v", body, got, want)
		}
	}
}

func TestEmptyTextIsNullWhereAnObjectOrAListBelongs(t *testing.T) {
	t.Parallel()
	type value struct {
		Name   String
		Object *struct{ A String }
		List   []String
		Inner  *struct{ Deep *struct{ B Int } }
	}
	for body, want := range map[string]value{
		`{"Object":"","List" : "","Name":"\"\""}`:          {Name: `""`},
		`{"Object":{"A":""},"List":"","Name":"a\\"}`:       {Name: `a\`, Object: &struct{ A String }{}},
		`{"":"","List":["",":"],"Object":""}`:              {List: []String{"", ":"}},
		` { "Inner" : { "Deep" : "" } , "Name" : ":\"" } `: {Name: `:"`, Inner: &struct{ Deep *struct{ B Int } }{}},
	} {
		var got value
		if err := Unmarshal([]byte(body), &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s is %+v, want %+v: %v", body, got, want, err)
		}
	}
	var got value
	if Unmarshal([]byte(`{"Object":"text"}`), &got) == nil || Unmarshal([]byte(`{"Object":`), &got) == nil {
		t.Error("what is no object is taken for one")
	}
}

func TestPartsShareTheirBuffer(t *testing.T) {
	t.Parallel()
	body := []byte(`{"lives":["1"],"next":null}`)
	var read struct{ Lives, Next, More Part }
	var elements []Part
	if err := json.Unmarshal(body, &read); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(read.Lives, &elements); err != nil {
		t.Fatal(err)
	}
	copy(body[bytes.IndexByte(body, '1'):], "2")
	if len(elements) != 1 || string(elements[0]) != `"2"` || string(read.Lives) != `["2"]` || string(read.Next) != "null" || read.More != nil {
		t.Errorf("%s with %s, %s, %s", read.Lives, elements, read.Next, read.More)
	}
}

func FuzzValues(f *testing.F) {
	for _, seed := range []string{
		`null`, `""`, `"text"`, `0`, `-1`, `1e400`, `-1e-400`, `12345678901234567890`, `1767225600123`, `true`, `"Y"`, `{}`, `[1]`, ` "x" `,
		`{"a":{"b":[]}}`, `"2026-01-01T00:00:00Z"`, `"\ud800"`, `{`, `"`, ``, "\xff", `"Infinity"`, `9223372036854775807`, `"1_000"`, `0x10`, `253402300799999`, `253402300800000`, `"9999-12-31T23:59:59-23:00"`, `"0000-01-01T00:00:00Z"`, `9e17`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		raw := json.RawMessage(data)
		if object, array, absent := Object(raw), Array(raw), Absent(raw); json.Valid(data) && (object && array || object && absent || array && absent) {
			t.Errorf("%q is two things at once", data)
		}
		var text String
		textErr := json.Unmarshal(data, &text)
		for _, target := range []json.Unmarshaler{new(Int), new(Bool), new(Millis)} {
			if err := json.Unmarshal(data, target); (err == nil) != (textErr == nil) {
				t.Errorf("%T of %q: %v, but as text: %v", target, data, err, textErr)
			}
			_ = target.UnmarshalJSON(data) // decoders hand in valid JSON, but nothing may panic
		}
		_ = new(String).UnmarshalJSON(data)
		var at Millis
		if json.Unmarshal(data, &at) == nil && !at.IsZero() {
			if text, err := at.MarshalText(); err != nil || at.Year() < 1970 {
				t.Errorf("%q became the time %s, as text %q: %v", data, at, text, err)
			}
		}
		var number Int
		if json.Unmarshal(data, &number) == nil && number.Valid && exactInteger(string(data)) && strconv.FormatInt(number.Value, 10) != string(data) {
			t.Errorf("the number %s became %d", data, number.Value)
		}
		var exact json.Number
		if json.Unmarshal(data, &exact) == nil && len(data) > 0 && data[0] != '"' && exact != "" && string(text) != exact.String() {
			t.Errorf("the number %s became %q", exact, text)
		}
	})
}

// exactInteger reports whether a JSON number is a whole one that an Int can hold as it is.
func exactInteger(text string) bool {
	_, err := strconv.ParseInt(text, 10, 64)
	return err == nil && text != "-0" && strings.Trim(text, "0123456789-") == ""
}

func FuzzIDsNeverLoseDigits(f *testing.F) {
	for _, seed := range []string{"1", "900017", "9007199254740993", "9223372036854775808", "1234567890123456789012345678901234567890", "ls-20260101000000-AbCd1", "a/b%2F\n", "한글"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, id string) {
		if !utf8.ValidString(id) {
			return // JSON texts are UTF-8
		}
		quoted, err := json.Marshal(map[string]string{"id": id})
		if err != nil {
			t.Fatal(err)
		}
		bodies := [][]byte{quoted}
		if strings.Trim(id, "0123456789") == "" && id != "" && (id == "0" || id[0] != '0') {
			bodies = append(bodies, []byte(`{"id":`+id+`}`))
		}
		for _, body := range bodies {
			var read struct {
				ID String `json:"id"`
			}
			if err := json.Unmarshal(body, &read); err != nil || string(read.ID) != id {
				t.Errorf("%s became %q: %v", body, read.ID, err)
			}
		}
	})
}
