package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// largestTracked is how many bytes a file in git may have. Every clone carries every version of it for ever.
const largestTracked = 400_000

// compiled are the first bytes of what a compiler or linker writes.
var compiled = map[string]string{
	"\x7fELF":          "an ELF program",
	"MZ":               "a Windows program",
	"\xfe\xed\xfa\xce": "a macOS program", "\xce\xfa\xed\xfe": "a macOS program",
	"\xfe\xed\xfa\xcf": "a macOS program", "\xcf\xfa\xed\xfe": "a macOS program",
	"\xca\xfe\xba\xbe": "a macOS program or a Java class",
	"\x00asm":          "a WebAssembly program",
	"!<arch>\n":        "a library archive",
}

// tracked fails if git holds a large file or a compiled program: once pushed, neither can be taken back without rewriting history.
func tracked(root string, out io.Writer) error {
	names, err := repository(root).git("ls-files", "-z")
	if err != nil {
		return err
	}
	var errs []error
	count := 0
	for name := range strings.FieldsFuncSeq(names, func(r rune) bool { return r == 0 }) {
		what, err := offence(filepath.Join(root, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted, but not committed yet
		}
		if err != nil {
			return err
		}
		count++
		if what != "" {
			errs = append(errs, fmt.Errorf("%s is %s: take it out with `git rm --cached`, and ignore it in .gitignore", name, what))
		}
	}
	if count == 0 {
		return errors.New("git tracks no file here")
	}
	fmt.Fprintf(out, "%d tracked files: none is compiled or larger than %d bytes\n", count, largestTracked)
	return errors.Join(errs...)
}

// offence says why a file does not belong in git; "" where it may stay.
func offence(path string) (string, error) {
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }() // it was only read
	head := make([]byte, 8)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", err
	}
	for magic, what := range compiled {
		if bytes.HasPrefix(head[:n], []byte(magic)) {
			return what, nil
		}
	}
	if info.Size() > largestTracked {
		return fmt.Sprintf("%d bytes large, and may have %d", info.Size(), largestTracked), nil
	}
	return "", nil
}
