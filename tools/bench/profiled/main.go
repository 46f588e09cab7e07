// Command profiled is the provider with a profile: it writes what its CPU did, and what lived in its memory, into the folder that
// BENCH_PROFILES names. Put it in place of the provider with `make bench-profile`.
package main

import (
	"fmt"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

func main() {
	// As the provider's own main does where nobody asks for logs.
	for _, logger := range []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", provider.LogVariable} {
		if err := os.Setenv(logger, "OFF"); err != nil {
			log.Fatal(err)
		}
	}
	if err := run(os.Getenv("BENCH_PROFILES")); err != nil {
		log.Fatal(err)
	}
}

func run(folder string) (err error) {
	runtime.MemProfileRate = 16 << 10
	cpu, err := os.Create(filepath.Join(folder, fmt.Sprintf("cpu-%d.pprof", os.Getpid())))
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(cpu); err != nil {
		return err
	}
	served := provider.Serve(provider.Options{Version: "profiled"}, false)
	pprof.StopCPUProfile()
	if err := cpu.Close(); err != nil {
		return err
	}
	heap, err := os.Create(filepath.Join(folder, fmt.Sprintf("memory-%d.pprof", os.Getpid())))
	if err != nil {
		return err
	}
	if err := pprof.Lookup("allocs").WriteTo(heap, 0); err != nil {
		return err
	}
	if err := heap.Close(); err != nil {
		return err
	}
	return served
}
