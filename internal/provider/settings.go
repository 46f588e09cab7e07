package provider

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/edge"
	livestationapi "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	prismapi "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/service"
)

const (
	sitePublic    = "public"
	siteFinancial = "fin"
	maxMaxRetries = 10

	defaultEndpoint     = "https://livestation.apigw.ntruss.com"
	defaultEdgeEndpoint = "https://edge.apigw.ntruss.com"
)

// variables holds the environment variable behind each argument that has one.
var variables = map[string]string{ //nolint:gosec // names of variables, no credentials
	"access_key":              "NCLOUD_ACCESS_KEY",
	"secret_key":              "NCLOUD_SECRET_KEY",
	"region":                  "NCLOUD_REGION",
	"site":                    "NCLOUD_SITE",
	"endpoint":                "LIVESTATION_ENDPOINT",
	"edge_endpoint":           "LIVESTATION_EDGE_ENDPOINT",
	"prism.endpoint":          "PRISM_ENDPOINT",
	"prism.access_token":      "PRISM_ACCESS_TOKEN",
	"prism.client_id":         "PRISM_CLIENT_ID",
	"prism.client_secret":     "PRISM_CLIENT_SECRET",
	"prism.refresh_token":     "PRISM_REFRESH_TOKEN",
	"prism.status_management": "PRISM_STATUS_MANAGEMENT",
	"prism.expected_user_id":  "PRISM_EXPECTED_USER_ID",
	"max_retries":             "LIVESTATION_MAX_RETRIES",
	"retry_max_wait":          "LIVESTATION_RETRY_MAX_WAIT",
	"request_timeout":         "LIVESTATION_REQUEST_TIMEOUT",
	"requests_per_second":     "LIVESTATION_REQUESTS_PER_SECOND",
	"secrets_in_state":        "LIVESTATION_SECRETS_IN_STATE",
}

// LogVariable is the environment variable with the level of the provider's own log. Where it is OFF, the clients are spared the work.
const LogVariable = "TF_LOG_PROVIDER_LIVESTATION"

// settings are the arguments of the provider block with the environment behind them. An argument that is not known yet is never
// replaced by the environment.
type settings struct {
	// arguments holds the nested ones as "prism.endpoint".
	arguments map[string]tftypes.Value
	diags     diag.Diagnostics

	transport      transport.Config
	secretsInState bool
	pollInterval   time.Duration
}

func newSettings(config tftypes.Value, userAgent string, options Options) (*settings, error) {
	s := &settings{pollInterval: options.PollInterval}
	if err := config.As(&s.arguments); err != nil {
		return nil, err
	}
	if block := s.arguments["prism"]; !block.IsNull() && block.IsKnown() {
		var nested map[string]tftypes.Value
		if err := block.As(&nested); err != nil {
			return nil, err
		}
		for name, value := range nested {
			s.arguments["prism."+name] = value
		}
	}
	s.transport = transport.Config{
		UserAgent:         userAgent,
		MaxRetries:        parsed(s, "max_retries", 4, fmt.Sprintf("a whole number from 0 to %d", maxMaxRetries), parseRetries),
		RetryMaxWait:      parsed(s, "retry_max_wait", 30*time.Second, durationText, parseDuration),
		RequestTimeout:    parsed(s, "request_timeout", 30*time.Second, durationText, parseDuration),
		RequestsPerSecond: parsed(s, "requests_per_second", 0, "a number from 0 on", parseRate),
		Dial:              options.Dial,
	}
	if os.Getenv(LogVariable) != "OFF" {
		s.transport.Debug, s.transport.Warn = tflog.Debug, tflog.Warn
	}
	s.secretsInState = parsed(s, "secrets_in_state", true, flagText, parseFlag)
	return s, nil
}

// services builds both services without a request. What is missing or unknown for one of them is kept in it, and told when
// it is first used.
func (s *settings) services() service.ProviderData {
	return service.ProviderData{s.liveStation(), s.prism()}
}

// liveStation is also what leads to Global Edge, which has an address of its own and shares the keys, but neither zone nor region.
func (s *settings) liveStation() *livestation.Service {
	zone, region := livestationapi.PathPublic, "KR"
	if s.site() == siteFinancial {
		zone, region = livestationapi.PathFinancial, "FKR"
	}
	accessKey, secretKey := s.credential("access_key"), s.credential("secret_key")
	missing := s.missing("access_key", "secret_key")
	made := livestation.NewService(livestationapi.New(livestationapi.Config{
		Endpoint: s.address("endpoint", defaultEndpoint, false), Path: zone, Region: cmp.Or(s.credential("region"), region),
		AccessKey: accessKey, SecretKey: secretKey, PollInterval: s.pollInterval, Transport: transport.New(s.transport),
	}), s.secretsInState, missing, s.unknown("access_key", "secret_key", "region", "site", "endpoint"))
	made.Edge = livestation.NewEdgeService(edge.New(edge.Config{
		Endpoint: s.address("edge_endpoint", defaultEdgeEndpoint, false), AccessKey: accessKey, SecretKey: secretKey,
		PollInterval: s.pollInterval, Transport: transport.New(s.transport),
	}), missing, s.unknown("access_key", "secret_key", "edge_endpoint"))
	return made
}

func (s *settings) site() string {
	return parsed(s, "site", sitePublic, fmt.Sprintf("%q or %q", sitePublic, siteFinancial), func(text string) (string, bool) {
		return text, text == sitePublic || text == siteFinancial
	})
}

func (s *settings) prism() *prism.Service {
	if !s.arguments["prism"].IsKnown() {
		return prism.NewService(nil, s.secretsInState, nil, s.unknown("prism"))
	}
	tokenParameter, _ := s.text("prism.refresh_token_parameter")
	client := prismapi.New(prismapi.Config{
		Endpoint:              s.address("prism.endpoint", "", true),
		AccessToken:           s.credential("prism.access_token"),
		ClientID:              s.credential("prism.client_id"),
		ClientSecret:          s.credential("prism.client_secret"),
		RefreshToken:          s.credential("prism.refresh_token"),
		RefreshTokenParameter: tokenParameter,
		StatusUnmanaged:       !parsed(s, "prism.status_management", true, flagText, parseFlag),
		ExpectedUserID:        s.credential("prism.expected_user_id"),
		PollInterval:          s.pollInterval,
		Transport:             transport.New(s.transport),
	})
	missing, token := s.missing("prism.endpoint"), s.missing("prism.access_token")
	material := s.missing("prism.client_id", "prism.client_secret", "prism.refresh_token")
	if len(token) > 0 && len(material) > 0 {
		missing = append(missing, token[0]+", or the refresh material: "+strings.Join(material, ", "))
	}
	return prism.NewService(client, s.secretsInState, missing, s.unknown("prism.endpoint", "prism.access_token", "prism.client_id",
		"prism.client_secret", "prism.refresh_token", "prism.refresh_token_parameter", "prism.status_management", "prism.expected_user_id"))
}

// missing are those of the settings that nobody has given, each with both ways to give it.
func (s *settings) missing(names ...string) (missing []string) {
	for _, name := range names {
		if text, _ := s.text(name); strings.TrimSpace(text) == "" {
			missing = append(missing, fmt.Sprintf("`%s` (or %s)", name, variables[name]))
		}
	}
	return missing
}

// unknown are those arguments that are not known yet, of the ones named and of those that every service needs.
func (s *settings) unknown(names ...string) []string {
	every := []string{"max_retries", "retry_max_wait", "request_timeout", "requests_per_second", "secrets_in_state"}
	return slices.DeleteFunc(append(every, names...), func(name string) bool { return s.arguments[name].IsKnown() })
}

// text is the argument, else the environment without the white space around it. It is not ok where nobody has given either, or the
// argument is not known yet.
func (s *settings) text(name string) (text string, ok bool) {
	argument := s.arguments[name]
	var number big.Float
	var flag bool
	switch {
	case !argument.IsKnown():
		return "", false
	case argument.IsNull():
		text = strings.TrimSpace(os.Getenv(variables[name]))
		return text, text != ""
	case argument.As(&number) == nil:
		return number.Text('g', -1), true
	case argument.As(&flag) == nil:
		return strconv.FormatBool(flag), true
	}
	return text, argument.As(&text) == nil
}

// credential is a text without the white space around it. It is refused without being shown if it holds control characters.
func (s *settings) credential(name string) string {
	text, _ := s.text(name)
	if text = strings.TrimSpace(text); hasControl(text) {
		s.invalid(name, controlText)
	}
	return text
}

func (s *settings) address(name, fallback string, pathAllowed bool) string {
	text, ok := s.text(name)
	if !ok {
		return fallback
	}
	text = strings.TrimSpace(text)
	if problem := checkEndpoint(text, pathAllowed); problem != "" {
		s.invalid(name, problem)
	}
	return strings.TrimRight(text, "/")
}

const (
	durationText = `a duration above zero such as "30s" or "2m"`
	flagText     = "true or false"
)

// parsed is a setting as parse reads it, whichever way it was given, or else the fallback; must says what parse takes.
func parsed[T any](s *settings, name string, fallback T, must string, parse func(string) (T, bool)) T {
	text, ok := s.text(name)
	if !ok {
		return fallback
	}
	value, ok := parse(text)
	if !ok {
		s.invalid(name, fmt.Sprintf("it must be %s, and it is %q", must, text))
		return fallback
	}
	return value
}

func parseRetries(text string) (int, bool) {
	number, err := strconv.Atoi(text)
	return number, err == nil && number >= 0 && number <= maxMaxRetries
}

func parseDuration(text string) (time.Duration, bool) {
	duration, err := time.ParseDuration(text)
	return duration, err == nil && duration > 0
}

func parseRate(text string) (float64, bool) {
	number, err := strconv.ParseFloat(text, 64)
	return number, err == nil && number >= 0 && !math.IsInf(number, 0)
}

func parseFlag(text string) (bool, bool) {
	flag, err := strconv.ParseBool(strings.ToLower(text))
	return flag, err == nil
}

func (s *settings) invalid(name, problem string) {
	root, member, nested := strings.Cut(name, ".")
	at, source := path.Root(root), "`"+name+"`"
	if nested {
		at = at.AtName(member)
	}
	if variable := variables[name]; variable != "" {
		source += " (or the environment variable " + variable + ")"
	}
	s.diags.AddAttributeError(at, "Invalid provider setting", fmt.Sprintf("%s cannot be used: %s.", source, problem))
}
