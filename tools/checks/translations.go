package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// translated are the pages of which there is a Korean edition: NAME.md and NAME.ko.md.
var translated = []string{"README.md", "templates/guides/getting-started.md", "templates/guides/event-day.md", "templates/guides/on-air.md", "templates/guides/general-channels.md", "templates/guides/vod2live.md", "templates/guides/rehearsal.md"}

// translations fails if a translated page does not keep step with its original: the same headings in the same order, and below each the
// same code, tables, lists and links. Whoever changes one side is so led to the other.
func translations(root string, out io.Writer) error {
	var errs []error
	for _, original := range translated {
		translation := strings.TrimSuffix(original, ".md") + ".ko.md"
		var pages [2]page
		for i, name := range []string{original, translation} {
			text, err := os.ReadFile(filepath.Join(root, name))
			if err != nil {
				return err
			}
			pages[i] = parsePage(text)
		}
		for _, problem := range outOfStep(pages[0], pages[1]) {
			errs = append(errs, fmt.Errorf("%s: %s", translation, problem))
		}
	}
	strays, err := untranslated(root)
	if err = errors.Join(append(errs, err, strays)...); err == nil {
		fmt.Fprintf(out, "%d pages keep step with their Korean editions\n", len(translated))
	}
	return err
}

// untranslated finds Korean pages that no check compares.
func untranslated(root string) (strays, err error) {
	var errs []error
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(root, path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (name == ".git" || name == "build" || name == "docs"): // docs/ is written from templates/
			return filepath.SkipDir
		case strings.HasSuffix(name, ".ko.md") && !slices.Contains(translated, strings.TrimSuffix(name, ".ko.md")+".md"):
			errs = append(errs, fmt.Errorf("%s: not in the list of translated pages", name))
		}
		return nil
	})
	return errors.Join(errs...), err
}

// page is what is alike in all languages.
type page struct{ sections []section }

type section struct {
	heading string
	level   int
	code    []string // without comments
	rows    int      // of tables
	items   int      // of lists
	links   []string // where they lead, without the language
	prose   string
}

var (
	headingLine = regexp.MustCompile(`^(#+) (.*)$`)
	listItem    = regexp.MustCompile(`^\s*([-*]|\d+\.) `)
	linkTarget  = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	wholeLink   = regexp.MustCompile(`\[[^\]]*\]\([^)]*\)`)
	comment     = regexp.MustCompile(`(^|\s+)(#|//) .*$`)
)

func parsePage(text []byte) page {
	p := page{sections: []section{{heading: "the beginning"}}}
	code := -1 // index of the block that is open
	for line := range bytes.Lines(withoutFrontMatter(text)) {
		line := strings.TrimRight(string(line), "\r\n")
		s := &p.sections[len(p.sections)-1]
		heading := headingLine.FindStringSubmatch(line)
		switch {
		case strings.HasPrefix(line, "```") && code < 0:
			s.code = append(s.code, line+"\n")
			code = len(s.code) - 1
		case strings.HasPrefix(line, "```"):
			code = -1
		case code >= 0:
			if line = comment.ReplaceAllString(line, ""); line != "" {
				s.code[code] += strings.TrimRight(line, " ") + "\n"
			}
		case heading != nil:
			p.sections = append(p.sections, section{heading: heading[2], level: len(heading[1])})
		default:
			if strings.HasPrefix(line, "|") {
				s.rows++
			}
			if listItem.MatchString(line) {
				s.items++
			}
			for _, link := range linkTarget.FindAllStringSubmatch(line, -1) {
				s.links = append(s.links, neutral(link[1]))
			}
			s.prose += line + "\n"
		}
	}
	for i := range p.sections {
		slices.Sort(p.sections[i].links) // each language has its own order of words
	}
	return p
}

// withoutFrontMatter drops what stands between two lines of --- at the beginning.
func withoutFrontMatter(text []byte) []byte {
	if rest, ok := bytes.CutPrefix(text, []byte("---\n")); ok {
		if _, body, ok := bytes.Cut(rest, []byte("\n---\n")); ok {
			return body
		}
	}
	return text
}

// neutral is a link without what differs between languages: the edition, and the name of a heading. So each edition may link to the
// other in the same place.
func neutral(link string) string {
	target, _, _ := strings.Cut(link, "#")
	return strings.Replace(target, ".ko.md", ".md", 1)
}

func outOfStep(original, translation page) (problems []string) {
	if len(original.sections) != len(translation.sections) {
		problems = append(problems, fmt.Sprintf("it has %d headings, and the original has %d", len(translation.sections)-1, len(original.sections)-1))
	}
	for i := range min(len(original.sections), len(translation.sections)) {
		from, to := original.sections[i], translation.sections[i]
		problem := func(format string, arguments ...any) {
			problems = append(problems, fmt.Sprintf("%q, which translates %q: ", to.heading, from.heading)+fmt.Sprintf(format, arguments...))
		}
		if from.level != to.level {
			problem("the heading has level %d, and the original has %d", to.level, from.level)
		}
		if !slices.Equal(from.code, to.code) {
			problem("the code blocks are not the same, comments apart")
		}
		if from.rows != to.rows {
			problem("%d lines of tables, and the original has %d", to.rows, from.rows)
		}
		if from.items != to.items {
			problem("%d items of lists, and the original has %d", to.items, from.items)
		}
		if !slices.Equal(from.links, to.links) {
			problem("links to %q, and the original to %q", to.links, from.links)
		}
		if strings.ContainsFunc(wholeLink.ReplaceAllString(from.prose, ""), unicode.IsLetter) && !strings.ContainsFunc(to.prose, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
			problem("it is not translated")
		}
	}
	return problems
}
