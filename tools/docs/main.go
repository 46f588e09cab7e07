// Command docs writes the provider's documentation with tfplugindocs.
//
// tfplugindocs knows one prefix per provider and stops at a type that does not begin with it. This
// provider has two, so the schema is split, each part is rendered on its own, and the pages are
// merged. A page of the foreign prefix keeps the full type as its name
// (resources/prism_live_session.md), where the native one drops it (resources/restream_channel.md).
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

const native = "livestation" // the provider's local name; its pages drop this prefix

var foreign = []string{"prism"}

// kind is one sort of object: its key in the schema's JSON, its folder under docs/, templates/ and
// examples/, and what its examples are called.
type kind struct{ schemaKey, dir, examples string }

var kinds = []kind{
	{"resource_schemas", "resources", "resource*.tf"},
	{"data_source_schemas", "data-sources", "data-source*.tf"},
	{"ephemeral_resource_schemas", "ephemeral-resources", "ephemeral-resource*.tf"},
	{"action_schemas", "actions", "action*.tf"},
	{"list_resource_schemas", "list-resources", "list-resource*.tfquery.hcl"},
	{"functions", "functions", "function*.tf"},
}

// managed is what belongs to this command under docs/; anything else there is left alone.
var managed = []string{
	"index.md", "guides", "resources", "data-sources", "ephemeral-resources", "actions", "list-resources", "functions",
}

type options struct {
	root         string
	cli          string
	provider     string
	tfplugindocs string
	check        bool
}

func main() {
	var o options
	flag.StringVar(&o.root, "root", ".", "the provider's `folder`, with templates/, examples/ and docs/")
	flag.StringVar(&o.cli, "cli", "", "Terraform `executable`, 1.14 or later, to capture the schema with")
	flag.StringVar(&o.provider, "provider", "", "the provider's `executable`")
	flag.StringVar(&o.tfplugindocs, "tfplugindocs", "", "`executable` of tfplugindocs")
	flag.BoolVar(&o.check, "check", false, "write nothing; fail if docs/ is not what would be written")
	flag.Parse()
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "docs:", err)
		os.Exit(1)
	}
}

func run(o options) (err error) {
	for _, p := range []*string{&o.cli, &o.provider, &o.tfplugindocs} {
		if *p == "" {
			return errors.New("-cli, -provider and -tfplugindocs are needed")
		}
		if *p, err = exec.LookPath(*p); err != nil {
			return err
		}
	}
	for _, p := range []*string{&o.root, &o.cli, &o.provider, &o.tfplugindocs} {
		if *p, err = filepath.Abs(*p); err != nil {
			return err
		}
	}
	work, err := os.MkdirTemp("", "docs")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	s, err := capture(o, filepath.Join(work, "capture"))
	if err != nil {
		return err
	}
	if err := checkSources(o.root, s); err != nil {
		return err
	}
	merged := filepath.Join(work, "merged")
	for _, prefix := range append([]string{native}, foreign...) {
		if err := render(o, s, prefix, filepath.Join(work, prefix), filepath.Join(merged, "docs")); err != nil {
			return fmt.Errorf("rendering the pages of %s_*: %w", prefix, err)
		}
	}
	if err := validate(o, s, merged); err != nil {
		return err
	}
	if o.check {
		return compare(filepath.Join(merged, "docs"), filepath.Join(o.root, "docs"))
	}
	return replace(filepath.Join(merged, "docs"), filepath.Join(o.root, "docs"))
}

// checkSources finds what tfplugindocs passes over in silence: a template or an example for a type
// that does not exist (most often a slip in a folder's name), and a type without an example.
func checkSources(root string, s schema) error {
	var errs []error
	for _, k := range kinds {
		types := s.types(k)

		templates, err := filepath.Glob(filepath.Join(root, "templates", k.dir, "*.md*"))
		if err != nil {
			return err
		}
		for _, path := range templates {
			name, _, _ := strings.Cut(filepath.Base(path), ".")
			if !slices.Contains(types, name) && !slices.Contains(types, native+"_"+name) {
				errs = append(errs, fmt.Errorf("templates/%s/%s: the provider has no such type", k.dir, filepath.Base(path)))
			}
		}

		folders, err := os.ReadDir(filepath.Join(root, "examples", k.dir))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		for _, d := range folders {
			if d.IsDir() && !slices.Contains(types, d.Name()) {
				errs = append(errs, fmt.Errorf("examples/%s/%s: the provider has no such type", k.dir, d.Name()))
			}
		}
		for _, name := range types {
			found, err := filepath.Glob(filepath.Join(root, "examples", k.dir, name, k.examples))
			if err != nil {
				return err
			}
			if len(found) == 0 {
				errs = append(errs, fmt.Errorf("examples/%s/%s/%s: missing; every page begins with an example", k.dir, name, strings.Replace(k.examples, "*", "", 1)))
			}
		}
	}
	return errors.Join(errs...)
}

// render runs tfplugindocs for one prefix in work and puts its pages into out.
func render(o options, s schema, prefix, work, out string) error {
	part, err := s.only(prefix)
	if err != nil {
		return err
	}
	templates, pages, schemaFile := filepath.Join(work, "templates"), filepath.Join(work, "docs"), filepath.Join(work, "schema.json")
	if err := stageTemplates(filepath.Join(o.root, "templates"), templates, prefix); err != nil {
		return err
	}
	if err := part.write(schemaFile, prefix); err != nil {
		return err
	}
	// The folders are given relative to the provider's, as tfplugindocs wants them; examples and the
	// files that templates name are so read where they lie.
	relTemplates, err := filepath.Rel(o.root, templates)
	if err != nil {
		return err
	}
	relPages, err := filepath.Rel(o.root, pages)
	if err != nil {
		return err
	}
	if err := tool(o.tfplugindocs, "generate",
		"--provider-dir", o.root,
		"--provider-name", prefix,
		"--rendered-provider-name", native,
		"--providers-schema", schemaFile,
		"--website-source-dir", relTemplates,
		"--rendered-website-dir", relPages,
		"--website-temp-dir", filepath.Join(work, "website"),
	); err != nil {
		return err
	}

	if prefix == native {
		return os.CopyFS(out, os.DirFS(pages))
	}
	for _, k := range kinds {
		files, err := os.ReadDir(filepath.Join(pages, k.dir))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		for _, f := range files {
			if err := copyFile(filepath.Join(pages, k.dir, f.Name()), filepath.Join(out, k.dir, prefix+"_"+f.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

// stageTemplates copies the templates of one prefix. For a foreign one these are the general ones
// of each kind and its own, without the prefix, as tfplugindocs looks for them; guides and the index
// are rendered once, with the native part.
func stageTemplates(from, to, prefix string) error {
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	err := filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target, ok := stagedName(filepath.ToSlash(rel), prefix)
		if !ok {
			return nil
		}
		return copyFile(path, filepath.Join(to, filepath.FromSlash(target)))
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // no templates at all: tfplugindocs has its own
	}
	return err
}

// stagedName tells where a template goes when prefix is rendered, if it is needed there.
func stagedName(rel, prefix string) (string, bool) {
	dir, file, _ := strings.Cut(rel, "/")
	isKind := func(name string) bool {
		return slices.ContainsFunc(kinds, func(k kind) bool { return k.dir == name })
	}
	switch {
	case !isKind(dir): // guides/..., index.md.tmpl, resources.md.tmpl
		general := file == "" && isKind(strings.TrimSuffix(rel, ".md.tmpl"))
		return rel, prefix == native || general
	case prefix != native:
		own, ok := strings.CutPrefix(file, prefix+"_")
		return dir + "/" + own, ok
	default:
		isForeign := slices.ContainsFunc(foreign, func(f string) bool { return strings.HasPrefix(file, f+"_") })
		return rel, !isForeign
	}
}

// validate has tfplugindocs check the merged pages: front matter, folders, sizes, and one page for
// each type. For that check alone the foreign types get the native prefix, since their pages carry the
// full type in their name.
func validate(o options, s schema, merged string) error {
	all, err := s.underOnePrefix()
	if err != nil {
		return err
	}
	schemaFile := filepath.Join(merged, "schema.json")
	if err := all.write(schemaFile, native); err != nil {
		return err
	}
	return tool(o.tfplugindocs, "validate",
		"--provider-dir", merged, "--provider-name", native, "--providers-schema", schemaFile)
}

// compare fails, naming the files, if the managed part of have is not what want is.
func compare(want, have string) error {
	fresh, err := managedFiles(want)
	if err != nil {
		return err
	}
	old, err := managedFiles(have)
	if err != nil {
		return err
	}
	var wrong []string
	for name, text := range fresh {
		switch was, ok := old[name]; {
		case !ok:
			wrong = append(wrong, name+": missing")
		case was != text:
			wrong = append(wrong, fmt.Sprintf("%s: differs in line %d", name, firstDifference(was, text)))
		}
	}
	for name := range old {
		if _, ok := fresh[name]; !ok {
			wrong = append(wrong, name+": nothing makes this page")
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("docs/ is not up to date; run `make docs` and commit what it writes:\n  %s", strings.Join(wrong, "\n  "))
}

func firstDifference(a, b string) int {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			return i + 1
		}
	}
	return min(len(la), len(lb)) + 1
}

// replace writes the managed part of to anew; a page that has not changed keeps its time.
func replace(from, to string) error {
	fresh, err := managedFiles(from)
	if err != nil {
		return err
	}
	old, err := managedFiles(to)
	if err != nil {
		return err
	}
	for name := range old {
		if _, ok := fresh[name]; !ok {
			if err := os.Remove(filepath.Join(to, name)); err != nil {
				return err
			}
		}
	}
	for name, text := range fresh {
		if was, ok := old[name]; ok && was == text {
			continue
		}
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return err
		}
	}
	fmt.Printf("docs/: %d pages\n", len(fresh))
	return nil
}

// managedFiles reads the pages under root that belong to this command, by their relative path.
func managedFiles(root string) (map[string]string, error) {
	files := map[string]string{}
	for _, name := range managed {
		err := filepath.WalkDir(filepath.Join(root, name), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, path)
			files[rel] = string(text)
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return files, nil
}

func copyFile(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, text, 0o644)
}

// tool runs a command and shows what it said only if it failed.
func tool(name string, args ...string) error {
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), args[0], err, out)
	}
	return nil
}
