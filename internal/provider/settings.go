package provider

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

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

// providerModel mirrors the schema.
type providerModel struct {
	AccessKey         types.String  `tfsdk:"access_key"`
	SecretKey         types.String  `tfsdk:"secret_key"`
	Region            types.String  `tfsdk:"region"`
	Site              types.String  `tfsdk:"site"`
	Endpoint          types.String  `tfsdk:"endpoint"`
	EdgeEndpoint      types.String  `tfsdk:"edge_endpoint"`
	Prism             types.Object  `tfsdk:"prism"`
	MaxRetries        types.Int64   `tfsdk:"max_retries"`
	RetryMaxWait      types.String  `tfsdk:"retry_max_wait"`
	RequestTimeout    types.String  `tfsdk:"request_timeout"`
	RequestsPerSecond types.Float64 `tfsdk:"requests_per_second"`
	SecretsInState    types.Bool    `tfsdk:"secrets_in_state"`
}

type prismModel struct {
	Endpoint              types.String `tfsdk:"endpoint"`
	AccessToken           types.String `tfsdk:"access_token"`
	ClientID              types.String `tfsdk:"client_id"`
	ClientSecret          types.String `tfsdk:"client_secret"`
	RefreshToken          types.String `tfsdk:"refresh_token"`
	RefreshTokenParameter types.String `tfsdk:"refresh_token_parameter"`
	StatusManagement      types.Bool   `tfsdk:"status_management"`
	ExpectedUserID        types.String `tfsdk:"expected_user_id"`
}

// settings is the configuration with the environment behind it. A value that is not known yet is noted by its name, and
// never replaced by the environment or a default.
type settings struct {
	ctx   context.Context
	diags diag.Diagnostics

	config providerModel
	prism  prismModel
	// unknown has the attributes whose values are not known yet, of each service and of both.
	unknownLiveStation, unknownPrism, unknownBoth []string
}

func newSettings(ctx context.Context, config providerModel) *settings {
	s := &settings{ctx: ctx, config: config}
	if config.Prism.IsUnknown() {
		s.unknownPrism = append(s.unknownPrism, "prism")
	} else if !config.Prism.IsNull() {
		s.diags.Append(config.Prism.As(ctx, &s.prism, basetypes.ObjectAsOptions{})...)
	}
	return s
}

// services builds both services without a request. What is missing or unknown for one of them is kept in it, and told when
// it is first used.
func (s *settings) services(userAgent string, options Options) service.ProviderData {
	transportConfig := transport.Config{
		UserAgent:         userAgent,
		MaxRetries:        int(s.number(path.Root("max_retries"), s.config.MaxRetries, "LIVESTATION_MAX_RETRIES", 4, maxMaxRetries)),
		RetryMaxWait:      s.duration(path.Root("retry_max_wait"), s.config.RetryMaxWait, "LIVESTATION_RETRY_MAX_WAIT", 30*time.Second),
		RequestTimeout:    s.duration(path.Root("request_timeout"), s.config.RequestTimeout, "LIVESTATION_REQUEST_TIMEOUT", 30*time.Second),
		RequestsPerSecond: s.rate(path.Root("requests_per_second"), s.config.RequestsPerSecond, "LIVESTATION_REQUESTS_PER_SECOND"),
		Dial:              options.Dial,
		Logger:            logger(),
	}
	secretsInState := s.flag(&s.unknownBoth, path.Root("secrets_in_state"), s.config.SecretsInState, "LIVESTATION_SECRETS_IN_STATE", true)

	return service.ProviderData{s.liveStation(transportConfig, secretsInState, options.PollInterval), s.prismService(transportConfig, secretsInState, options.PollInterval)}
}

func (s *settings) liveStation(transportConfig transport.Config, secretsInState bool, pollInterval time.Duration) *livestation.Service {
	unknown := &s.unknownLiveStation
	site := s.text(unknown, path.Root("site"), s.config.Site, "NCLOUD_SITE", sitePublic)
	config := livestationapi.Config{
		Path:         livestationapi.PathPublic,
		AccessKey:    s.trimmed(unknown, path.Root("access_key"), s.config.AccessKey, "NCLOUD_ACCESS_KEY"),
		SecretKey:    s.trimmed(unknown, path.Root("secret_key"), s.config.SecretKey, "NCLOUD_SECRET_KEY"),
		PollInterval: pollInterval,
	}
	region := "KR"
	switch {
	case site == sitePublic, s.config.Site.IsUnknown():
	case site == siteFinancial:
		config.Path, region = livestationapi.PathFinancial, "FKR"
	default:
		s.invalid(path.Root("site"), "NCLOUD_SITE", fmt.Sprintf("it must be %q or %q, and it is %q", sitePublic, siteFinancial, site))
	}
	config.Region = s.trimmed(unknown, path.Root("region"), s.config.Region, "NCLOUD_REGION")
	if config.Region == "" {
		config.Region = region
	}
	config.Endpoint = s.address(unknown, path.Root("endpoint"), s.config.Endpoint, "LIVESTATION_ENDPOINT", defaultEndpoint, false)

	var missing []string
	if config.AccessKey == "" {
		missing = append(missing, setting("access_key", "NCLOUD_ACCESS_KEY"))
	}
	if config.SecretKey == "" {
		missing = append(missing, setting("secret_key", "NCLOUD_SECRET_KEY"))
	}
	config.Transport = transport.New(transportConfig)
	made := livestation.NewService(livestationapi.New(config), secretsInState, missing, slices.Concat(s.unknownBoth, s.unknownLiveStation))
	made.Edge = s.globalEdge(transportConfig, config.AccessKey, config.SecretKey, pollInterval, missing)
	return made
}

// globalEdge is the service beside Live Station that has its own address and shares the keys, but neither zone nor region.
func (s *settings) globalEdge(transportConfig transport.Config, accessKey, secretKey string, pollInterval time.Duration, missing []string) *livestation.EdgeService {
	unknown := slices.Clone(s.unknownBoth)
	for _, key := range []string{"access_key", "secret_key"} {
		if slices.Contains(s.unknownLiveStation, key) {
			unknown = append(unknown, key)
		}
	}
	endpoint := s.address(&unknown, path.Root("edge_endpoint"), s.config.EdgeEndpoint, "LIVESTATION_EDGE_ENDPOINT", defaultEdgeEndpoint, false)
	return livestation.NewEdgeService(edge.New(edge.Config{
		Endpoint: endpoint, AccessKey: accessKey, SecretKey: secretKey, PollInterval: pollInterval, Transport: transport.New(transportConfig),
	}), missing, unknown)
}

func (s *settings) prismService(transportConfig transport.Config, secretsInState bool, pollInterval time.Duration) *prism.Service {
	if s.config.Prism.IsUnknown() {
		return prism.NewService(nil, secretsInState, nil, slices.Concat(s.unknownBoth, s.unknownPrism))
	}
	unknown, root := &s.unknownPrism, path.Root("prism")
	config := prismapi.Config{
		Endpoint:              s.address(unknown, root.AtName("endpoint"), s.prism.Endpoint, "PRISM_ENDPOINT", "", true),
		AccessToken:           s.trimmed(unknown, root.AtName("access_token"), s.prism.AccessToken, "PRISM_ACCESS_TOKEN"),
		ClientID:              s.trimmed(unknown, root.AtName("client_id"), s.prism.ClientID, "PRISM_CLIENT_ID"),
		ClientSecret:          s.trimmed(unknown, root.AtName("client_secret"), s.prism.ClientSecret, "PRISM_CLIENT_SECRET"),
		RefreshToken:          s.trimmed(unknown, root.AtName("refresh_token"), s.prism.RefreshToken, "PRISM_REFRESH_TOKEN"),
		RefreshTokenParameter: s.text(unknown, root.AtName("refresh_token_parameter"), s.prism.RefreshTokenParameter, "", "refresh_token"),
		StatusUnmanaged:       !s.flag(unknown, root.AtName("status_management"), s.prism.StatusManagement, "PRISM_STATUS_MANAGEMENT", true),
		ExpectedUserID:        s.trimmed(unknown, root.AtName("expected_user_id"), s.prism.ExpectedUserID, "PRISM_EXPECTED_USER_ID"),
		PollInterval:          pollInterval,
	}
	var missing []string
	if config.Endpoint == "" {
		missing = append(missing, setting("prism.endpoint", "PRISM_ENDPOINT"))
	}
	if config.AccessToken == "" {
		var material []string
		for name, value := range map[string]string{"CLIENT_ID": config.ClientID, "CLIENT_SECRET": config.ClientSecret, "REFRESH_TOKEN": config.RefreshToken} {
			if value == "" {
				material = append(material, setting("prism."+strings.ToLower(name), "PRISM_"+name))
			}
		}
		if len(material) > 0 {
			missing = append(missing, setting("prism.access_token", "PRISM_ACCESS_TOKEN")+", or the refresh material: "+inOrder(material))
		}
	}
	config.Transport = transport.New(transportConfig)
	return prism.NewService(prismapi.New(config), secretsInState, missing, slices.Concat(s.unknownBoth, s.unknownPrism))
}

// setting names a setting with both ways to give it.
func setting(attribute, variable string) string { return "`" + attribute + "` (or " + variable + ")" }

func inOrder(names []string) string {
	sort.Strings(names)
	return strings.Join(names, ", ")
}

// text is the argument, else the environment, else the default. An unknown argument is noted and gives "".
func (s *settings) text(unknown *[]string, at path.Path, value types.String, variable, fallback string) string {
	switch {
	case value.IsUnknown():
		*unknown = append(*unknown, at.String())
		return ""
	case !value.IsNull():
		return value.ValueString()
	case environment(variable) != "":
		return environment(variable)
	}
	return fallback
}

// environment is a variable without the white space around it; "" where there is none.
func environment(variable string) string {
	if variable == "" {
		return ""
	}
	return strings.TrimSpace(os.Getenv(variable))
}

// trimmed is a text without the white space around it. It is refused without being shown if it holds control characters.
func (s *settings) trimmed(unknown *[]string, at path.Path, value types.String, variable string) string {
	text := strings.TrimSpace(s.text(unknown, at, value, variable, ""))
	if hasControl(text) {
		s.invalid(at, variable, controlText)
	}
	return text
}

func (s *settings) address(unknown *[]string, at path.Path, value types.String, variable, fallback string, pathAllowed bool) string {
	text := strings.TrimSpace(s.text(unknown, at, value, variable, fallback))
	if value.IsUnknown() || text == "" && value.IsNull() {
		return ""
	}
	if problem := checkEndpoint(text, pathAllowed); problem != "" {
		s.invalid(at, variable, problem)
	}
	return strings.TrimRight(text, "/")
}

func (s *settings) number(at path.Path, value types.Int64, variable string, fallback, most int64) int64 {
	must := fmt.Sprintf("a whole number from 0 to %d", most)
	return parsed(s, &s.unknownBoth, at, value, strconv.FormatInt(value.ValueInt64(), 10), variable, fallback, must, func(text string) (int64, bool) {
		number, err := strconv.ParseInt(text, 10, 64)
		return number, err == nil && number >= 0 && number <= most
	})
}

func (s *settings) duration(at path.Path, value types.String, variable string, fallback time.Duration) time.Duration {
	return parsed(s, &s.unknownBoth, at, value, value.ValueString(), variable, fallback, `a duration above zero such as "30s" or "2m"`, func(text string) (time.Duration, bool) {
		duration, err := time.ParseDuration(text)
		return duration, err == nil && duration > 0
	})
}

func (s *settings) rate(at path.Path, value types.Float64, variable string) float64 {
	text := strconv.FormatFloat(value.ValueFloat64(), 'g', -1, 64)
	return parsed(s, &s.unknownBoth, at, value, text, variable, 0, "a number from 0 on", func(text string) (float64, bool) {
		number, err := strconv.ParseFloat(text, 64)
		return number, err == nil && number >= 0 && !math.IsInf(number, 0)
	})
}

func (s *settings) flag(unknown *[]string, at path.Path, value types.Bool, variable string, fallback bool) bool {
	return parsed(s, unknown, at, value, strconv.FormatBool(value.ValueBool()), variable, fallback, "true or false", func(text string) (bool, bool) {
		flag, err := strconv.ParseBool(strings.ToLower(text))
		return flag, err == nil
	})
}

// parsed is the argument, whose text is given, else the environment, else the default; both are held to the same rule. An unknown
// argument is noted and gives the default.
func parsed[T any](s *settings, unknown *[]string, at path.Path, value attr.Value, text, variable string, fallback T, must string, parse func(string) (T, bool)) T {
	switch {
	case value.IsUnknown():
		*unknown = append(*unknown, at.String())
		return fallback
	case value.IsNull():
		if text = environment(variable); text == "" {
			return fallback
		}
	}
	if good, ok := parse(text); ok {
		return good
	}
	s.invalid(at, variable, fmt.Sprintf("it must be %s, and it is %q", must, text))
	return fallback
}

func (s *settings) invalid(at path.Path, variable, problem string) {
	source := "`" + at.String() + "`"
	if variable != "" {
		source += " (or the environment variable " + variable + ")"
	}
	s.diags.AddAttributeError(at, "Invalid provider setting", fmt.Sprintf("%s cannot be used: %s.", source, problem))
}
