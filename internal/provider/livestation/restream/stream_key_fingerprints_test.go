package restream

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzFingerprints takes any private state, and any key.
func FuzzFingerprints(f *testing.F) {
	for _, private := range []string{"", "null", "{}", "[]", `{"1":{"salt":"s","sum":"x"}}`, `{"1":null}`, `{"1":{"salt":1}}`, "\xff"} {
		f.Add([]byte(private), "1", "key-one", "key-two")
		f.Add([]byte(private), "", "", "*")
	}
	f.Fuzz(func(t *testing.T, private []byte, platformID, key, other string) {
		prints := parseFingerprints(private)
		if prints.matches(platformID, key) && prints.differs(platformID, key) {
			t.Error("one key is both the same and another")
		}
		prints.add(platformID, key)
		encoded, err := json.Marshal(prints)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(platformID) {
			return // no answer in JSON has such an id
		}
		for _, kept := range []fingerprints{prints, parseFingerprints(encoded)} {
			if !kept.matches(platformID, key) || kept.differs(platformID, key) {
				t.Errorf("key %q is not recognised for %q", key, platformID)
			}
			if same := other == key; kept.matches(platformID, other) != same || kept.differs(platformID, other) == same {
				t.Errorf("key %q is taken for %q", other, key)
			}
		}
		if len(key) >= 8 && strings.Trim(key, "0123456789abcdef") != "" && strings.Contains(string(encoded), key) && !strings.Contains(string(private), key) && !strings.Contains(platformID, key) {
			t.Errorf("private state shows the key %q: %s", key, encoded)
		}
	})
}

// A fingerprint recognises its key and no other, shows nothing of it, and is salted: two of one key differ.
func TestFingerprints(t *testing.T) {
	t.Parallel()
	prints := fingerprints{}
	prints.add("1", "secret-key")
	prints.add("2", "secret-key")
	if prints["1"].Sum == prints["2"].Sum {
		t.Error("two fingerprints of one key are the same")
	}
	data, err := json.Marshal(prints)
	if err != nil || strings.Contains(string(data), "secret-key") {
		t.Fatalf("marshalled to %s, %v", data, err)
	}
	read := parseFingerprints(data)
	if !read.matches("1", "secret-key") || read.differs("1", "secret-key") {
		t.Error("its own key is not recognised")
	}
	if read.matches("1", "other") || !read.differs("1", "other") {
		t.Error("another key is recognised")
	}
	if read.matches("3", "secret-key") || read.differs("3", "secret-key") {
		t.Error("a platform without a fingerprint is judged")
	}
	for _, broken := range []string{"", "null", "[]", "{", `{"1":7}`} {
		if prints := parseFingerprints([]byte(broken)); prints.matches("1", "") || prints.differs("1", "") {
			t.Errorf("%q gave a judgement", broken)
		}
		prints := parseFingerprints([]byte(broken))
		prints.add("1", "k") // must not panic
	}
}
