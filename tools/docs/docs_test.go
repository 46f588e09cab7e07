package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const sample = `{"format_version":"1.0","provider_schemas":{"registry.terraform.io/ncloud-live/livestation":{
	"provider":{"version":0},
	"resource_schemas":{"livestation_curtain":{},"prism_live_session":{}},
	"resource_identity_schemas":{"prism_live_session":{}},
	"action_schemas":{"prism_start_live":{},"livestation_insert_curtain":{}},
	"functions":{"parse_rtmp_path":{}}}}}`

func TestSplitKeepsEachObjectInExactlyOnePart(t *testing.T) {
	s, err := parseSchema([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string][]string{}
	for _, prefix := range append([]string{native}, foreign...) {
		part, err := s.only(prefix)
		if err != nil {
			t.Fatal(err)
		}
		if string(part.parts["provider"]) != `{"version":0}` {
			t.Errorf("%s lost the provider's own schema", prefix)
		}
		for _, k := range kinds {
			for _, name := range part.types(k) {
				seen[k.dir+"/"+name] = append(seen[k.dir+"/"+name], prefix)
			}
		}
	}
	want := map[string][]string{
		"resources/livestation_curtain":      {"livestation"},
		"resources/prism_live_session":       {"prism"},
		"actions/livestation_insert_curtain": {"livestation"},
		"actions/prism_start_live":           {"prism"},
		"functions/parse_rtmp_path":          {"livestation"},
	}
	if !maps.EqualFunc(seen, want, slices.Equal) {
		t.Errorf("got %v, want %v", seen, want)
	}
}

func TestUnknownPrefixIsAnError(t *testing.T) {
	text := strings.ReplaceAll(sample, "prism_start_live", "other_start_live")
	if _, err := parseSchema([]byte(text)); err == nil || !strings.Contains(err.Error(), "other_start_live") {
		t.Errorf("got %v, want an error that names the type", err)
	}
}

func TestEachTemplateIsRenderedOnce(t *testing.T) {
	for rel, want := range map[string]map[string]string{
		"index.md.tmpl":                            {"livestation": "index.md.tmpl"},
		"guides/prism_types.md.tmpl":               {"livestation": "guides/prism_types.md.tmpl"},
		"resources/curtain.md.tmpl":                {"livestation": "resources/curtain.md.tmpl"},
		"resources/prism_live_session.md.tmpl":     {"prism": "resources/live_session.md.tmpl"},
		"data-sources/prism_channel_lives.md.tmpl": {"prism": "data-sources/channel_lives.md.tmpl"},
		"resources.md.tmpl":                        {"livestation": "resources.md.tmpl", "prism": "resources.md.tmpl"},
	} {
		for _, prefix := range []string{"livestation", "prism"} {
			got, ok := stagedName(rel, prefix)
			if w, needed := want[prefix]; ok != needed || ok && got != w {
				t.Errorf("%s for %s: got %q, %v; want %q, %v", rel, prefix, got, ok, w, needed)
			}
		}
	}
}

func TestCompareNamesEachDifference(t *testing.T) {
	want, have := t.TempDir(), t.TempDir()
	write := func(root, name, text string) {
		t.Helper()
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(want, "index.md", "a\nb\n")
	write(have, "index.md", "a\nc\n")
	write(want, "resources/new.md", "")
	write(have, "resources/old.md", "")
	write(have, "notes.md", "not ours")

	err := compare(want, have)
	if err == nil {
		t.Fatal("no error")
	}
	for _, part := range []string{"index.md: differs in line 2", "resources/new.md: missing", "resources/old.md: nothing makes this page"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not say %q", err, part)
		}
	}
	if strings.Contains(err.Error(), "notes.md") {
		t.Errorf("%v names a file that is not ours", err)
	}

	if err := replace(want, have); err != nil {
		t.Fatal(err)
	}
	if err := compare(want, have); err != nil {
		t.Errorf("after replace: %v", err)
	}
	if _, err := os.Stat(filepath.Join(have, "notes.md")); err != nil {
		t.Errorf("a file that is not ours: %v", err)
	}
}
