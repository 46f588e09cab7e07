// Command bench measures what the provider costs, on the simulator and with a real CLI, beside what the CLI costs by itself and
// what the least possible provider costs. See README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// bench is one run.
type bench struct {
	root, work     string
	cli, newCLI    string
	provider, bare string
	rounds         int
	sizes          []int
	only           string
	services       *service.Client
	environment    []string
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
	flag.StringVar(&b.root, "root", ".", "the provider's source `folder`")
	flag.IntVar(&b.rounds, "rounds", 3, "how often each thing is measured")
	flag.StringVar(&b.only, "only", "", "measure only refreshes, of kinds whose name contains this `text`")
	sizes := flag.String("sizes", "10,100,300,1000", "`numbers` of objects")
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
	for _, path := range []*string{&b.provider, &b.bare, &b.root} {
		if *path, err = filepath.Abs(*path); err != nil {
			return err
		}
	}
	if b.work, err = os.MkdirTemp("", "bench"); err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
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
	var all []*refreshes
	for _, k := range kinds {
		if b.only != "" && !strings.Contains(k.name, b.only) {
			continue
		}
		for _, n := range b.sizes {
			measured, err := b.refreshes(k, n)
			if err != nil {
				return err
			}
			all = append(all, measured)
			fmt.Println(measured)
		}
	}
	return nil
}

func (r *refreshes) String() string {
	f := r.samples[floor]
	o := r.samples[ours]
	bb := r.samples[bare]
	text := fmt.Sprintf("%-26s N=%-5d req %d floor %.2f/%.2f ours %.2f/%.2f bare %.2f/%.2f", r.kind.name, r.n, r.requests, f[0].wall.Seconds(), f[0].cpu.Seconds(), o[0].wall.Seconds(), o[0].cpu.Seconds(), bb[0].wall.Seconds(), bb[0].cpu.Seconds())
	for _, s := range []subject{far, farWide} {
		if x := r.samples[s]; len(x) > 0 {
			text += fmt.Sprintf(" %s %.2f", s, x[0].wall.Seconds())
		}
	}
	return text
}

// surround lays out what every run of the CLI finds: the two providers, the services' addresses, and nothing of the user's.
func (b *bench) surround() error {
	plugins := filepath.Join(b.work, "plugins")
	var overrides strings.Builder
	for _, name := range []string{"livestation", "bare"} {
		folder := filepath.Join(plugins, name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		target := map[string]string{"livestation": b.provider, "bare": b.bare}[name]
		if err := os.Symlink(target, filepath.Join(folder, "terraform-provider-"+name)); err != nil {
			return err
		}
		for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
			fmt.Fprintf(&overrides, "    %q = %q\n", host+"/ncloud-live/"+name, folder)
		}
	}
	rc, authority := filepath.Join(b.work, "cli.tfrc"), filepath.Join(b.work, "authority.pem")
	if err := os.WriteFile(rc, []byte("provider_installation {\n  dev_overrides {\n"+overrides.String()+"  }\n  direct {}\n}\n"), 0o644); err != nil {
		return err
	}
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

// reaching is the environment of runs that reach the services at this address.
func (b *bench) reaching(endpoint string) []string {
	return append(slices.Clip(b.environment), "LIVESTATION_ENDPOINT="+endpoint, "PRISM_ENDPOINT="+endpoint, "BARE_ENDPOINT="+endpoint)
}

// countAttributes asks the provider's schema how much an object of each resource holds.
func countAttributes() (map[string]int, error) {
	server := provider.Server(provider.Options{Version: "bench"})()
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

func slug(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, name)
}
