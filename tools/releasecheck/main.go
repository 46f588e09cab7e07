// Command releasecheck looks at what a release would publish as the registries and their users will: the names, the checksums,
// the manifest, the binaries, and whether a CLI installs an archive and runs a life with it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"
)

const project = "terraform-provider-livestation"

// platforms are those that the registries recommend, and what else Go and the CLIs run on.
var platforms = []string{
	"darwin_amd64", "darwin_arm64",
	"freebsd_386", "freebsd_amd64", "freebsd_arm", "freebsd_arm64",
	"linux_386", "linux_amd64", "linux_arm", "linux_arm64",
	"windows_386", "windows_amd64", "windows_arm64",
}

func main() {
	var clis []string
	dist := flag.String("dist", "build/dist", "`folder` that goreleaser has filled")
	committed := flag.Int64("committed", 0, "when the release's source was committed, in `seconds` since 1970")
	flag.Func("cli", "install the archive and run a life with this `executable`; may be repeated", func(path string) error {
		clis = append(clis, path)
		return nil
	})
	sizes := flag.Bool("sizes", false, "only build the largest binaries of a release from the source in this folder, and see that they fit")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	var err error
	if *sizes {
		err = checkSizes(ctx, ".", largestPlatforms, os.Stdout)
	} else {
		err = run(ctx, *dist, time.Unix(*committed, 0), clis, os.Stdout)
	}
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "releasecheck:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dist string, committed time.Time, clis []string, out io.Writer) error {
	r, err := open(dist, committed)
	if err != nil {
		return err
	}
	if err := errors.Join(r.checkSums(), r.checkSignature(ctx, out), r.checkArchives(out), r.checkManifest("terraform-registry-manifest.json")); err != nil {
		return err
	}
	own := runtime.GOOS + "_" + runtime.GOARCH
	fmt.Fprintf(out, "version %s: %d archives, their checksums, bills of materials and the manifest are as they should be\n", r.version, len(platforms))
	began := time.Now()
	if err := r.rebuild(ctx, ".", own); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s: built again in another folder, with the same bytes, in %.1f s\n", own, time.Since(began).Seconds())
	for _, cli := range clis {
		began := time.Now()
		if err := install(ctx, cli, r, own); err != nil {
			return fmt.Errorf("%s: %w", cli, err)
		}
		fmt.Fprintf(out, "%s: init, plan, apply and destroy with the archive of %s, in %.1f s\n", cli, own, time.Since(began).Seconds())
	}
	return nil
}

// release is a folder of goreleaser's.
type release struct {
	dist, version string
	committed     time.Time
}

func open(dist string, committed time.Time) (*release, error) {
	text, err := os.ReadFile(filepath.Join(dist, "metadata.json"))
	if err != nil {
		return nil, err
	}
	var metadata struct {
		Version string `json:"version"`
	}
	if err := json.Unmarshal(text, &metadata); err != nil {
		return nil, err
	}
	if metadata.Version == "" {
		return nil, errors.New("metadata.json tells no version")
	}
	return &release{dist: dist, version: metadata.Version, committed: committed}, nil
}

// name is what the registries expect a file of a release to be called.
func (r *release) name(rest string) string { return project + "_" + r.version + "_" + rest }

func (r *release) path(rest string) string { return filepath.Join(r.dist, r.name(rest)) }
