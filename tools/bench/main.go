// Command bench measures what the provider costs, on the simulator and with a real CLI, beside what the CLI costs by itself and
// what the least possible provider costs. See README.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// bench is one run.
type bench struct {
	root, work     string
	cli, newCLI    string
	provider, bare string
	// today is the provider as it was, to compare with; "" leaves that out.
	today     string
	rounds    int
	sizes     []int
	only      string
	crowdSize int
	// creationTakes is how long each of many channels takes that are made.
	creationTakes time.Duration
	services      *service.Client
	environment   []string
	// attributes counts, for each resource, those that hold something: the leaves of one object, but for timeouts.
	attributes map[string]int
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == service.Argument {
		if err := service.Serve(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, "bench: the services:", err)
			os.Exit(1)
		}
		return
	}
	b := &bench{}
	flag.StringVar(&b.cli, "cli", "terraform", "Terraform or OpenTofu `executable` that is measured with")
	flag.StringVar(&b.newCLI, "query-cli", "", "`executable` that knows queries, for lists of lives; without, they are left out")
	flag.StringVar(&b.provider, "provider", "", "the provider's `executable`, built as for a release")
	flag.StringVar(&b.bare, "bare", "", "the bare provider's `executable`")
	flag.StringVar(&b.today, "today", "", "an earlier `executable` of the provider, which distance is compared with")
	flag.StringVar(&b.root, "root", ".", "the provider's source `folder`")
	flag.IntVar(&b.rounds, "rounds", 3, "how often each thing is measured")
	flag.StringVar(&b.only, "only", "", "measure only refreshes of kinds whose name contains this `text`, or \"crowd of lives\", \"distance\" or \"many creations\"")
	flag.DurationVar(&b.creationTakes, "creation", 20*time.Second, "how `long` each of many channels takes that are made")
	sizes := flag.String("sizes", "10,100,300,1000", "`numbers` of objects")
	flag.IntVar(&b.crowdSize, "crowd", 10_000, "`number` of lives on a channel with many")
	out := flag.String("out", "build/bench", "`folder` for the table and the plot")
	kept := flag.String("kept", "tools/bench/results.md", "the `table` to compare with")
	flag.Parse()
	for _, text := range strings.Split(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			fmt.Fprintf(os.Stderr, "bench: -sizes: %q is no number of objects\n", text)
			os.Exit(2)
		}
		b.sizes = append(b.sizes, n)
	}
	if err := b.run(*out, *kept); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func (b *bench) largest() int { return slices.Max(b.sizes) }

func (b *bench) run(out, kept string) (err error) {
	for _, path := range []*string{&b.provider, &b.bare, &b.root, &b.today} {
		if *path == "" {
			continue
		}
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	if b.work, err = os.MkdirTemp("", "bench"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.work)) }()
	if b.services, err = service.Start(); err != nil {
		return err
	}
	defer b.services.Close()
	if b.attributes, err = countAttributes(); err != nil {
		return err
	}
	if err := b.surround(); err != nil {
		return err
	}
	measured, failed := b.measure(out)
	return errors.Join(failed, measured.keep(out, kept))
}

// measure does all parts one after the other; what is compared with something else is measured beside it. A part that fails is left out, and
// the others are measured all the same. What there is so far is in the folder out after each part, should the run be cut off.
func (b *bench) measure(out string) (r results, err error) {
	r = results{rounds: b.rounds, sizes: b.sizes, memory: map[string]int64{}}
	if r.cli, err = b.version(); err != nil {
		return r, err
	}
	var failed []error
	part := func(name string, measure func() error) {
		fmt.Fprintf(os.Stderr, "%s  %s\n", time.Now().Format("15:04:05"), name)
		if err := measure(); err != nil && !errors.Is(err, errNoMemory) {
			fmt.Fprintf(os.Stderr, "%s failed: %s\n", name, err)
			failed = append(failed, fmt.Errorf("%s: %w", name, err))
		}
		if _, err := r.write(out); err != nil {
			failed = append(failed, err)
		}
	}
	if b.only == "" {
		part("process", func() error { return b.process(&r) })
		part("requests and connections", func() (err error) { r.traffic, err = b.traffics(); return err })
	}
	if b.only == "" || b.only == "distance" {
		part("distance", func() (err error) { r.distances, err = b.fromAfar(); return err })
	}
	if b.only == "" {
		part("Go benchmarks", func() (err error) { r.benchmarks, err = b.goBenchmarks(); return err })
	}
	if strings.Contains(creationsName, b.only) {
		part(creationsName, func() (err error) { r.creations, err = b.creations(manyCreations, b.creationTakes); return err })
	}
	if strings.Contains(crowdName, b.only) {
		part(crowdName, func() (err error) { r.crowds, err = b.crowded(b.crowdSize); return err })
	}
	for _, k := range kinds {
		for _, n := range b.sizes {
			if !strings.Contains(k.name, b.only) {
				continue
			}
			part(fmt.Sprintf("%d of %s", n, k.name), func() error {
				one, err := b.refreshes(k, n)
				if err != nil {
					return err
				}
				r.refreshes = append(r.refreshes, one)
				if one.peak > 0 && n == b.largest() {
					r.memory[k.name] = one.peak
				}
				return nil
			})
		}
	}
	return r, errors.Join(failed...)
}

// process measures the provider's process without a CLI.
func (b *bench) process(r *results) error {
	file, err := os.Stat(b.provider)
	if err != nil {
		return err
	}
	r.binary = file.Size()
	for range 5 * b.rounds {
		one, err := b.start(b.provider)
		if err != nil {
			return err
		}
		other, err := b.start(b.bare)
		if err != nil {
			return err
		}
		r.starts, r.bareStarts = append(r.starts, one), append(r.bareStarts, other)
	}
	return nil
}

// version is what the CLI calls itself.
func (b *bench) version() (string, error) {
	output, err := exec.Command(b.cli, "version").Output()
	name, _, _ := strings.Cut(string(output), "\n")
	return name, err
}

// write writes the table and the plots.
func (r results) write(out string) (written string, err error) {
	var text strings.Builder
	fmt.Fprintf(&text, "# Results\n\nWritten by `make bench`; [README.md](README.md) says what is measured and what was found. %s, %d rounds, %d cores.\n\n![cost](cost.svg)\n\n![requests](requests.svg)\n",
		r.cli, r.rounds, runtime.NumCPU())
	for _, t := range append([]table{gateTable(r.gates(), slices.Max(r.sizes))}, r.tables()...) {
		if len(t.rows) > 0 {
			t.write(&text)
		}
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(out, "results.md"), []byte(text.String()), 0o644); err != nil {
		return "", err
	}
	if len(r.refreshes) > 0 {
		err = errors.Join(drawCost(r.refreshes, filepath.Join(out, "cost.svg")), drawRequests(r.refreshes, filepath.Join(out, "requests.svg")))
	}
	return text.String(), err
}

// keep writes the results, and says how they differ from the kept ones and which gates are reached.
func (r results) keep(out, kept string) error {
	text, err := r.write(out)
	if err != nil {
		return err
	}
	fmt.Print(text, "\n")
	before, err := os.ReadFile(kept)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		fmt.Println("There is no kept table to compare with.")
	case err != nil:
		return err
	default:
		compare(os.Stdout, string(before), text)
	}
	fmt.Println()
	sayGates(os.Stdout, r.gates())
	return nil
}

// surround lays out what every run of the CLI finds: the two providers, the services' addresses, and nothing of the user's.
func (b *bench) surround() error {
	rc, err := b.cliConfiguration("plugins", b.provider)
	if err != nil {
		return err
	}
	authority := filepath.Join(b.work, "authority.pem")
	if err := os.WriteFile(authority, []byte(b.services.Authority), 0o644); err != nil {
		return err
	}
	var sizes []string
	for _, count := range b.attributes {
		sizes = append(sizes, strconv.Itoa(count))
	}
	slices.Sort(sizes)
	b.environment = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + b.work, "TMPDIR=" + os.TempDir(), "SSL_CERT_FILE=" + authority,
		"TF_CLI_CONFIG_FILE=" + rc, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1",
		"BARE_SIZES=" + strings.Join(slices.Compact(sizes), " "),
	}
	if profiles := os.Getenv("BENCH_PROFILES"); profiles != "" {
		b.environment = append(b.environment, "BENCH_PROFILES="+profiles)
	}
	for name, value := range b.services.Environment {
		b.environment = append(b.environment, name+"="+value)
	}
	b.environment = b.reaching(b.services.HTTP1)
	return nil
}

// cliConfiguration writes a configuration by which the CLI finds this provider and the bare one.
func (b *bench) cliConfiguration(name, livestation string) (path string, err error) {
	var overrides strings.Builder
	for provider, target := range map[string]string{"livestation": livestation, "bare": b.bare} {
		folder := filepath.Join(b.work, name, provider)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return "", err
		}
		if err := os.Symlink(target, filepath.Join(folder, "terraform-provider-"+provider)); err != nil {
			return "", err
		}
		for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			fmt.Fprintf(&overrides, "    %q = %q\n", host+"/ncloud-live/"+provider, folder)
		}
	}
	path = filepath.Join(b.work, name+".tfrc")
	return path, os.WriteFile(path, []byte("provider_installation {\n  dev_overrides {\n"+overrides.String()+"  }\n  direct {}\n}\n"), 0o644)
}

// reaching is the environment of runs that reach the services at this address.
func (b *bench) reaching(endpoint string) []string {
	return append(slices.Clip(b.environment), "LIVESTATION_ENDPOINT="+endpoint, "PRISM_ENDPOINT="+endpoint, "BARE_ENDPOINT="+endpoint)
}

// countAttributes asks the provider's schema how much an object of each resource holds.
func countAttributes() (map[string]int, error) {
	server, err := provider.Server(provider.Options{Version: "bench"})()
	if err != nil {
		return nil, err
	}
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for name, schema := range schemas.ResourceSchemas {
		counts[name] = leaves(schema.Block.Attributes)
	}
	return counts, nil
}

func leaves(attributes []*tfprotov6.SchemaAttribute) (count int) {
	for _, attribute := range attributes {
		switch {
		case attribute.Name == "timeouts":
		case attribute.NestedType != nil:
			count += leaves(attribute.NestedType.Attributes)
		default:
			count++
		}
	}
	return count
}

// slug makes a folder's name of any name.
func slug(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, name)
}
