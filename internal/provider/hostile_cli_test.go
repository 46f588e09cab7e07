package provider_test

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
)

// hostileConfig is what a user of a hostile service would have.
const hostileConfig = `
provider "livestation" {
  access_key     = "hostile-access-key"
  secret_key     = "hostile/secret+key"
  endpoint       = %[1]q
  retry_max_wait = "1ms"
  prism = {
    endpoint     = %[1]q
    access_token = "hostile/access+token"
  }
}
data "prism_channel_lives" "test" {
  provider   = livestation
  channel_id = "plain"
}
data "livestation_channel" "test" {
  channel_id = "plain"
}
`

// What a service says in refusing everything is seen by a person only as far as it is fit to be. (What it says of its objects is in
// state as it is, and the CLI shows that.)
func TestAccHostileServiceReachesNeitherTheTerminalNorTheLog(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests run with TF_ACC=1; see make testacc")
	}
	for name, text := range map[string]string{
		"terminal": hostileTexts["terminal escapes"] + hostileTexts["lines"] + hostileTexts["directions"], "very much": hostileTexts["very many lines"],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := serveHostile(t, &hostileService{text: text, id: "plain", answer: func(*http.Request) (int, string) {
				return 409, encoded(members{"error": members{"errorCode": 250005, "errorName": text, "message": text}, "errorCode": text, "message": text})
			}})
			c := newCLI(t, fmt.Sprintf(hostileConfig, service.URL))
			for _, command := range [][]string{{"plan"}, {"apply", "-auto-approve"}} {
				output, err := c.run(command...)
				words := strings.Join(strings.Fields(strings.NewReplacer("│", "", "╷", "", "╵", "").Replace(output)), " ")
				if err == nil || !strings.Contains(words, "could not list the lives of channel plain") || !strings.Contains(words, "could not read channel plain") {
					t.Errorf("%v: %v:\n%s", command, err, output)
				}
				mustBePrintable(t, fmt.Sprint("output of ", command), output)
			}
			service.mustHaveStayedInTheAPI(t)
			log, err := os.ReadFile(c.log)
			if err != nil {
				t.Fatal(err)
			}
			requests := 0
			for line := range strings.Lines(string(log)) {
				if strings.Contains(line, "request_id") {
					requests++
					mustBePrintable(t, "a line of the log", strings.TrimSuffix(line, "\n"))
				}
				if strings.HasPrefix(strings.TrimSpace(line), injected) {
					t.Errorf("the service has written a line of the log: %.300q", line)
				}
			}
			if requests == 0 {
				t.Error("no request is in the log")
			}
		})
	}
}
