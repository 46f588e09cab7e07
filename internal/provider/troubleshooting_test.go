package provider_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// summaryAt is which argument of a function is the summary of an error or warning.
var summaryAt = map[string]int{
	"AddError": 0, "AddWarning": 0, "AddAttributeError": 1, "AddAttributeWarning": 1,
	"NewErrorDiagnostic": 0, "NewWarningDiagnostic": 0, "NewAttributeErrorDiagnostic": 1, "NewAttributeWarningDiagnostic": 1,
}

var verb = regexp.MustCompile(`%q|%s|%d`)

// summariesOf collects the summaries of all errors and warnings in a file of Go. One that is not written out where it is used
// is looked for among the assignments to its variable in the same function.
func summariesOf(t *testing.T, file *ast.File, files *token.FileSet) (summaries []string) {
	t.Helper()
	for _, declaration := range file.Decls {
		ast.Inspect(declaration, func(node ast.Node) bool {
			call, ok := node.(*ast.CallExpr)
			if !ok {
				return true
			}
			selector, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			at, ok := summaryAt[selector.Sel.Name]
			if !ok {
				return true
			}
			texts := textsOf(declaration, call.Args[at])
			if len(texts) == 0 {
				t.Errorf("%s: the summary is not written out where this test can find it", files.Position(call.Pos()))
			}
			for _, text := range texts {
				summaries = append(summaries, verb.ReplaceAllString(text, "…"))
			}
			return true
		})
	}
	return summaries
}

func textsOf(declaration ast.Node, expression ast.Expr) (texts []string) {
	switch e := expression.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			texts = append(texts, text)
		}
	case *ast.CallExpr: // fmt.Sprintf
		texts = textsOf(declaration, e.Args[0])
	case *ast.Ident:
		ast.Inspect(declaration, func(node ast.Node) bool {
			assignment, ok := node.(*ast.AssignStmt)
			if !ok || len(assignment.Lhs) != len(assignment.Rhs) {
				return true
			}
			for i, left := range assignment.Lhs {
				if name, ok := left.(*ast.Ident); ok && name.Name == e.Name {
					texts = append(texts, textsOf(declaration, assignment.Rhs[i])...)
				}
			}
			return true
		})
	}
	return texts
}

// named are the summaries that come of one that is said of both services.
func named(summary, source string) []string {
	if filepath.Dir(source) != "service" || !strings.Contains(summary, "…") {
		return []string{summary}
	}
	return []string{strings.Replace(summary, "…", "Live Station", 1), strings.Replace(summary, "…", "PRISM", 1)}
}

func TestEveryErrorAndWarningHasItsCauseAndCureInTheGuide(t *testing.T) {
	t.Parallel()
	var sources []string
	for _, pattern := range []string{"*.go", "*/*.go", "*/*/*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, found...)
	}
	said := map[string]string{} // summary: a file that says it
	files := token.NewFileSet()
	for _, source := range sources {
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(files, source, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, summary := range summariesOf(t, file, files) {
			for _, whole := range named(summary, source) {
				said[whole] = source
			}
		}
	}
	if len(said) < 50 {
		t.Fatalf("only %d summaries were found", len(said))
	}

	guide, err := os.ReadFile("../../templates/guides/troubleshooting.md")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for line := range strings.Lines(string(guide)) {
		if heading, ok := strings.CutPrefix(line, "### "); ok {
			told = append(told, strings.TrimSpace(heading))
		}
	}
	for _, summary := range told {
		if _, ok := said[summary]; !ok {
			t.Errorf("the guide explains %q, which the provider does not say", summary)
		}
	}
	for summary, source := range said {
		if !slices.Contains(told, summary) {
			t.Errorf("%s says %q, which the guide does not explain", source, summary)
		}
	}
}
