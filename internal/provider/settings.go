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

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/edge"
	livestationapi "github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	prismapi "github.com/ncloud-live/terraform-provider-livestation/internal/client/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/prism"
	"github.com/ncloud-live/terraform-provider-livestation/internal/provider/validate"
)

const (
	retryLimit          = 10
	defaultEndpoint     = "https://livestation.apigw.ntruss.com"
	defaultEdgeEndpoint = "https://edge.apigw.ntruss.com"
)

// site is a zone of NAVER Cloud: the path of the Live Station API there, and the default region.
type site struct{ path, region string }

var sites = map[string]site{"public": {livestationapi.PathPublic, "KR"}, "fin": {livestationapi.PathFinancial, "FKR"}}

// argument is an argument of the provider block, with the environment variable that stands in for it; "" if there is none.
type argument struct {
	variable  string
	attribute schema.Attribute
}

// arguments holds the arguments of the block by name; those nested in `prism` are named like "prism.endpoint".
var arguments = map[string]argument{
	"access_key": text("NCLOUD_ACCESS_KEY", "Access key of a NAVER Cloud main or sub account, for Live Station and Global Edge.", credential()),
	"secret_key": secret("NCLOUD_SECRET_KEY", "Secret key that belongs to `access_key`. It signs requests and is never sent."),
	"region": text("NCLOUD_REGION", "Region code sent with each request to Live Station. Default `KR`, or `FKR` with `site = \"fin\"`.",
		validate.OptionalText(), credential()),
	"site": text("NCLOUD_SITE", "Zone of NAVER Cloud: `public` (default) or `fin`, the financial zone. Live Station is not offered in the government zone.",
		stringvalidator.OneOf("public", "fin")),
	"endpoint": text("LIVESTATION_ENDPOINT", "Address of the Live Station API, without a path. It must be `https`, except on a loopback host. "+
		"Default `"+defaultEndpoint+"`.", endpoint(false)),
	"edge_endpoint": text("LIVESTATION_EDGE_ENDPOINT", "Address of the Global Edge API, without a path. It is used only to read and delete edges, with the "+
		"keys of Live Station. It must be `https`, except on a loopback host. Default `"+defaultEdgeEndpoint+"`.", endpoint(false)),
	"prism.endpoint": text("PRISM_ENDPOINT", "Address of the service's API (`{serviceApiDomain}` in the PRISM documents); a path prefix is allowed. "+
		"The provider adds `/prism/v1/service`. It must be `https`, except on a loopback host.", endpoint(true)),
	"prism.access_token": secret("PRISM_ACCESS_TOKEN", "Access token of a user who owns the channels. It is enough on its own. With refresh credentials "+
		"(`client_id`, `client_secret`, `refresh_token`) it is used first, and renewed once the service refuses it."),
	"prism.client_id":     text("PRISM_CLIENT_ID", "Client id that the service issued, for renewing the access token.", credential()),
	"prism.client_secret": secret("PRISM_CLIENT_SECRET", "Client secret that belongs to `client_id`."),
	"prism.refresh_token": secret("PRISM_REFRESH_TOKEN", "Refresh token of the user. If the service replaces it at every use, the new one is kept only while "+
		"the process runs, and a plan and an apply are two processes: with such a service, pass a fresh `access_token` to each command instead."),
	"prism.refresh_token_parameter": text("", "Name of the query parameter in which the service expects the refresh token: `refresh_token` (default) or `token`.",
		stringvalidator.OneOf("refresh_token", "token")),
	"prism.status_management": flag("PRISM_STATUS_MANAGEMENT", "Whether the service manages the status of its lives. Default `true`. Set it to `false` for a "+
		"service that always reports `ON_AIR`: statuses then carry no information, so nothing is adopted, guarded or waited for."),
	"prism.expected_user_id": text("PRISM_EXPECTED_USER_ID", "Id of the user to whom the access token must belong. The provider asks the service once, before the "+
		"first write of each run or before a live that is not found counts as gone. If the token is another user's, nothing is written or removed from state.",
		validate.OptionalText(), credential()),
	"max_retries": {"LIVESTATION_MAX_RETRIES", schema.Int64Attribute{
		Optional: true, Validators: []validator.Int64{int64validator.Between(0, retryLimit)},
		MarkdownDescription: describe("LIVESTATION_MAX_RETRIES", "How often a request is retried, 0 to 10. Default `4`. Reads are retried after temporary "+
			"faults; writes only if the service cannot have received them."),
	}},
	"retry_max_wait": text("LIVESTATION_RETRY_MAX_WAIT", "Longest wait between two attempts, such as `30s` (default) or `2m`. If a service asks for a longer "+
		"wait, the request fails at once, and the error says how long the service asked to wait.", validate.Duration()),
	"request_timeout": text("LIVESTATION_REQUEST_TIMEOUT", "Time limit for one attempt of a request, to the last byte of the answer, such as `30s` (default).",
		validate.Duration()),
	"requests_per_second": {"LIVESTATION_REQUESTS_PER_SECOND", schema.Float64Attribute{
		Optional: true, Validators: []validator.Float64{float64validator.AtLeast(0)},
		MarkdownDescription: describe("LIVESTATION_REQUESTS_PER_SECOND", "Maximum number of requests per second to each service (Live Station, Global Edge, "+
			"PRISM). `0` (default) sets no limit."),
	}},
	"secrets_in_state": flag("LIVESTATION_SECRETS_IN_STATE", "Whether secrets that the services generate (ingest keys, ingest addresses) are stored in state. "+
		"Default `true`. With `false` they are null, and a secret of your own in a stored attribute is an error that names its write-only counterpart. "+
		"Everyone who runs the configuration should use the same value."),
}

func text(variable, description string, validators ...validator.String) argument {
	return argument{variable, schema.StringAttribute{Optional: true, MarkdownDescription: describe(variable, description), Validators: validators}}
}

func secret(variable, description string) argument {
	return argument{variable, schema.StringAttribute{
		Optional: true, Sensitive: true, MarkdownDescription: describe(variable, description), Validators: []validator.String{credential()},
	}}
}

func flag(variable, description string) argument {
	return argument{variable, schema.BoolAttribute{Optional: true, MarkdownDescription: describe(variable, description)}}
}

func describe(variable, description string) string {
	if variable == "" {
		return description
	}
	return description + " Environment: `" + variable + "`."
}

// LogVariable is the environment variable with the level of the provider's own log. If it is OFF, the clients format no log lines.
const LogVariable = "TF_LOG_PROVIDER_LIVESTATION"

// settings are the arguments of the provider block, or the environment variables for those that are null. The environment never replaces
// an argument that is not known yet.
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
	err := config.As(&s.arguments)
	var nested map[string]tftypes.Value
	if block := s.arguments["prism"]; err == nil && block.IsKnown() {
		err = block.As(&nested) // empty if the block is null
	}
	if err != nil {
		return nil, err
	}
	for name, value := range nested {
		s.arguments["prism."+name] = value
	}
	s.transport = transport.Config{
		UserAgent:         userAgent,
		MaxRetries:        parsed(s, "max_retries", 4, fmt.Sprintf("a whole number from 0 to %d", retryLimit), parseRetries),
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

// liveStation returns Live Station with Global Edge, which has its own address, shares the keys, and takes neither zone nor region.
func (s *settings) liveStation() *livestation.Service {
	zone := parsed(s, "site", sites["public"], `"public" or "fin"`, func(text string) (site, bool) { zone, ok := sites[text]; return zone, ok })
	accessKey, secretKey := s.credential("access_key"), s.credential("secret_key")
	missing := s.missing("access_key", "secret_key")
	liveStation := livestation.NewService(livestationapi.New(livestationapi.Config{
		Endpoint: s.address("endpoint", defaultEndpoint, false), Path: zone.path, Region: cmp.Or(s.credential("region"), zone.region),
		AccessKey: accessKey, SecretKey: secretKey, PollInterval: s.pollInterval, Transport: transport.New(s.transport),
	}), s.secretsInState, missing, s.unknown("access_key", "secret_key", "region", "site", "endpoint"))
	liveStation.Edge = livestation.NewEdgeService(edge.New(edge.Config{
		Endpoint: s.address("edge_endpoint", defaultEdgeEndpoint, false), AccessKey: accessKey, SecretKey: secretKey,
		PollInterval: s.pollInterval, Transport: transport.New(s.transport),
	}), missing, s.unknown("access_key", "secret_key", "edge_endpoint"))
	return liveStation
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
		missing = append(missing, token[0]+", or the refresh credentials: "+strings.Join(material, ", "))
	}
	return prism.NewService(client, s.secretsInState, missing, s.unknown("prism.endpoint", "prism.access_token", "prism.client_id",
		"prism.client_secret", "prism.refresh_token", "prism.refresh_token_parameter", "prism.status_management", "prism.expected_user_id"))
}

// missing returns the settings that are not set, each with the argument and the variable that set it.
func (s *settings) missing(names ...string) (missing []string) {
	for _, name := range names {
		if text, _ := s.text(name); strings.TrimSpace(text) == "" {
			missing = append(missing, fmt.Sprintf("`%s` (or %s)", name, arguments[name].variable))
		}
	}
	return missing
}

// unknown returns the arguments that are not known yet, of those named and of those that every service needs.
func (s *settings) unknown(names ...string) []string {
	shared := []string{"max_retries", "retry_max_wait", "request_timeout", "requests_per_second", "secrets_in_state"}
	return slices.DeleteFunc(append(shared, names...), func(name string) bool { return s.arguments[name].IsKnown() })
}

// text returns the argument, or else the environment variable without surrounding white space. ok is false if neither is set, or the
// argument is not known yet.
func (s *settings) text(name string) (text string, ok bool) {
	argument := s.arguments[name]
	var number big.Float
	var flag bool
	switch {
	case !argument.IsKnown():
		return "", false
	case argument.IsNull():
		text = strings.TrimSpace(os.Getenv(arguments[name].variable))
		return text, text != ""
	case argument.As(&number) == nil:
		return number.Text('g', -1), true
	case argument.As(&flag) == nil:
		return strconv.FormatBool(flag), true
	}
	return text, argument.As(&text) == nil
}

// credential returns a text without surrounding white space. If it contains control characters, it is refused and not shown.
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

// parsed returns a setting as parse reads it, or the fallback if it is not set; expected says in errors what parse accepts.
func parsed[T any](s *settings, name string, fallback T, expected string, parse func(string) (T, bool)) T {
	text, ok := s.text(name)
	if !ok {
		return fallback
	}
	value, ok := parse(text)
	if !ok {
		s.invalid(name, fmt.Sprintf("it must be %s, and it is %q", expected, text))
		return fallback
	}
	return value
}

func parseRetries(text string) (int, bool) {
	number, err := strconv.Atoi(text)
	return number, err == nil && number >= 0 && number <= retryLimit
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
	at := path.Root(root)
	if nested {
		at = at.AtName(member)
	}
	s.diags.AddAttributeError(at, "Invalid provider setting", fmt.Sprintf(
		"`%s` (or the environment variable %s) cannot be used: %s.", name, arguments[name].variable, problem))
}
