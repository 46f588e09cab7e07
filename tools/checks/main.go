// Command checks looks after what no compiler and no linter sees: that a change of behaviour is in the changelog, that every
// dependency may be shipped, that translated pages keep step with their originals, and that git holds no build product.
package main

import (
	"fmt"
	"io"
	"os"
)

// checks are what the command can do, by the name that it is called with.
var checks = map[string]func(root string, out io.Writer) error{
	"changelog":    changelog,
	"licenses":     licenses,
	"tracked":      tracked,
	"translations": translations,
}

func main() {
	if len(os.Args) != 2 || checks[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: checks changelog|licenses|tracked|translations, in the root of the repository")
		os.Exit(2)
	}
	if err := checks[os.Args[1]](".", os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}
