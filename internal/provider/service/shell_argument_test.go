package service

import (
	"os/exec"
	"testing"
)

func TestShellArgumentIsOneArgument(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"900017": "900017", "ls-20260101000000-AbCd1": "ls-20260101000000-AbCd1", "": "''", "-rf": "'-rf'", "a b": "'a b'", "$(id)": "'$(id)'",
		"x; rm -rf ~": "'x; rm -rf ~'", "it's": `'it'\''s'`, "'; id; '": `''\''; id; '\'''`, "a\nb": "'a b'", "`id`": "'`id`'",
	} {
		if got := ShellArgument(id); got != want {
			t.Errorf("%q is %s, want %s", id, got, want)
		}
		if id == "a\nb" {
			continue
		}
		if said, err := exec.CommandContext(t.Context(), "sh", "-c", "printf '%s' "+want).Output(); err != nil || string(said) != id {
			t.Errorf("a shell takes %s for %q: %v", want, said, err)
		}
	}
}
