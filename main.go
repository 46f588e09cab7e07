// The provider's binary. Terraform and OpenTofu start it; people start it with -version, or with -debug under a debugger.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
)

// version is set by the linker for a release.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve until interrupted, and print how a CLI reaches this process, for use with a debugger")
	showVersion := flag.Bool("version", false, "print the version and exit")
	flag.Parse()
	if *showVersion {
		fmt.Println("terraform-provider-livestation", version)
		return
	}
	if !logsWanted(os.Environ()) {
		if err := quieten(); err != nil {
			log.Fatal(err)
		}
	}
	if err := provider.Serve(provider.Options{Version: version}, *debug); err != nil {
		log.Fatal(err)
	}
}

// quieten turns all log lines off, the SDK's own above all. They would be written in any case, and the CLI parses and drops them:
// about a quarter of a refresh would go into lines that nobody sees.
func quieten() error {
	for _, logger := range []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", provider.LogVariable} {
		if err := os.Setenv(logger, "OFF"); err != nil {
			return err
		}
	}
	return nil
}

// logsWanted tells whether an environment asks for logs of any part of a run.
func logsWanted(environment []string) bool {
	for _, variable := range environment {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TF_LOG") && value != "" {
			return true
		}
	}
	return false
}
