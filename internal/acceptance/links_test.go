package acceptance_test

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	markdownLink = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	codeBlock    = regexp.MustCompile("(?ms)^```.*?^```$")
	headingLine  = regexp.MustCompile(`(?m)^#+ (.*)$`)
	anchorLine   = regexp.MustCompile(`<a id="([^"]+)"`)
	notInAnchors = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// pathsOf are the forms that links to other hosts have. Nothing is fetched: that would make the tests depend on hosts of others.
var pathsOf = map[string]*regexp.Regexp{
	"api.ncloud-docs.com":     regexp.MustCompile(`^/docs/(en|ko)/[a-z0-9-]+$`),
	"guide.ncloud-docs.com":   regexp.MustCompile(`^/docs/(en|ko)/[a-z0-9-]+$`),
	"www.ncloud.com":          regexp.MustCompile(`^/(charge/price/ko|product/media/[A-Za-z]+)$`),
	"developer.hashicorp.com": regexp.MustCompile(`^/terraform/[a-z0-9/-]+$`),
	"github.com":              regexp.MustCompile(`^/ncloud-live/terraform-provider-livestation(/((tree|blob)/main/.+|security))?$`),
	"keepachangelog.com":      nil,
	"semver.org":              nil,
	"pgregory.net":            nil,
}

// anchorsOf are the headings of a page as links name them.
func anchorsOf(text string) (anchors []string) {
	for _, heading := range headingLine.FindAllStringSubmatch(codeBlock.ReplaceAllString(text, ""), -1) {
		anchors = append(anchors, strings.ReplaceAll(notInAnchors.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-"))
	}
	for _, anchor := range anchorLine.FindAllStringSubmatch(text, -1) {
		anchors = append(anchors, anchor[1])
	}
	return anchors
}

// The pages in docs/ are looked at rather than their templates: what their links lead to is there.
func TestEveryLinkOfEveryPageLeadsToAPageAndAHeading(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	pages, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"docs", "examples"} {
		if err := filepath.WalkDir(filepath.Join(root, folder), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && strings.HasSuffix(path, ".md") {
				pages = append(pages, path)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range markdownLink.FindAllStringSubmatch(codeBlock.ReplaceAllString(string(text), ""), -1) {
			if fault := faultOf(page, link[1]); fault != "" {
				t.Errorf("%s: %s: %s", strings.TrimPrefix(page, root), link[1], fault)
			}
		}
	}
}

func faultOf(page, link string) string {
	target, err := url.Parse(link)
	if err != nil {
		return err.Error()
	}
	if target.Host != "" {
		form, known := pathsOf[target.Host]
		switch {
		case target.Scheme != "https" || target.RawQuery != "":
			return "not a plain https address"
		case !known:
			return "a host that pathsOf does not know"
		case form != nil && !form.MatchString(target.Path):
			return "not the form of this host's pages"
		}
		return ""
	}
	if target.Path != "" {
		page = filepath.Join(filepath.Dir(page), filepath.FromSlash(target.Path))
	}
	info, err := os.Stat(page)
	switch {
	case err != nil:
		return "there is no such page"
	case target.Fragment == "" || info.IsDir():
		return ""
	}
	text, err := os.ReadFile(page)
	if err != nil {
		return err.Error()
	}
	if strings.HasSuffix(page, ".md") && !slices.Contains(anchorsOf(string(text)), target.Fragment) {
		return "there is no such heading"
	}
	return ""
}

// Whoever looks for an object by its name finds it from the first page.
func TestIndexLinksToEveryPage(t *testing.T) {
	t.Parallel()
	docs := os.DirFS(filepath.Join("..", "..", "docs"))
	index, err := fs.ReadFile(docs, "index.md")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := fs.Glob(docs, "*/*.md")
	if err != nil || len(pages) == 0 {
		t.Fatal(pages, err)
	}
	for _, page := range pages {
		if !strings.Contains(string(index), "]("+page+")") && !strings.Contains(string(index), "]("+page+"#") {
			t.Errorf("index.md does not lead to %s", page)
		}
	}
}
