package provider_test

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// secrets are canaries by what they are.
type secrets map[string]string

const (
	plainKey     = "canary/target+key=plain"
	writeOnlyKey = "canary-target-key-write-only"
	newPlainKey  = "canary-target-key-second"
	password     = "canary-auth-password"
	writeOnlyPwd = "canary-auth-password-write-only"
	secretKey    = "canary-secret-key-0123456789"
	generalKey   = "canary-general-channel-key"

	callbackToken = "canary-callback-token"
)

// secretsOf are all secrets of a world, those that the service made meanwhile too.
func secretsOf(sim *simulator.Simulator) secrets {
	all := secrets{
		"target key": plainKey, "write-only target key": writeOnlyKey, "second target key": newPlainKey, "password": password, "write-only password": writeOnlyPwd, "key of the general channel": generalKey,
		"token of the callback": callbackToken, "secret key": sim.SecretKey(), "access token": sim.AccessToken(), "client secret": sim.ClientSecret(), "refresh token": sim.RefreshToken(),
	}
	for _, channel := range sim.GeneralChannels() {
		all["ingest key of "+channel.ChannelID] = channel.StreamKey
		if channel.BackupStreamKey != "" {
			all["backup ingest key of "+channel.ChannelID] = channel.BackupStreamKey
		}
	}
	for _, channel := range sim.RestreamChannels() {
		all["ingest key of "+channel.ChannelID] = channel.StreamKey
		for _, platform := range channel.Platforms {
			all["key of "+platform.TargetName] = platform.StreamKey
			if platform.Password != "" {
				all["password of "+platform.TargetName] = platform.Password
			}
		}
	}
	for _, live := range sim.Lives() {
		all["rtmp path of "+live.LiveID] = live.RTMPPath
		all["stream key of "+live.LiveID] = live.RTMPPath[strings.LastIndex(live.RTMPPath, "/")+1:]
	}
	for i, request := range sim.Requests() {
		if token := request.Header.Get("x-prism-access-token"); token != "" {
			all[fmt.Sprintf("access token of request %d", i)] = token
		}
		if request.Route == "token" {
			all[fmt.Sprintf("refresh token of request %d", i)] = request.Query.Get("refresh_token")
		}
	}
	return all
}

// keptOut fails the test if a text holds a secret, or what a terminal would obey.
func (s secrets) keptOut(t *testing.T, where, text string) {
	t.Helper()
	for what, value := range s {
		if value == "" {
			t.Fatalf("%s is empty", what)
		}
		if at := strings.Index(text, value); at >= 0 {
			t.Errorf("%s: holds the %s: ...%s...", where, what, text[max(0, at-200):min(len(text), at+100)])
		}
	}
	if at := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Cf, r) }); at >= 0 {
		t.Errorf("%s: holds a control character: ...%q...", where, text[max(0, at-100):min(len(text), at+60)])
	}
}

// record is a log that may be written to from many goroutines.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(text []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(text)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}

// logged lets everything that a client logs, at every level, go into a record.
func (c *protocolClient) logged() *record {
	r := new(record)
	c.Ctx = tflogtest.RootLogger(tfsdklogtest.RootLogger(c.t.Context(), r), r)
	return r
}

const (
	channelType  = "livestation_restream_channel"
	generalType  = "livestation_channel"
	curtainType  = "livestation_curtain"
	vodType      = "livestation_vod2live_channel"
	scheduleType = "livestation_vod2live_schedule"
	callbackType = "livestation_default_callback"
	sessionType  = "prism_live_session"
)

// update plans and applies a change.
func (c *protocolClient) update(typeName string, object *tfprotov6.ApplyResourceChangeResponse, config map[string]any) *tfprotov6.ApplyResourceChangeResponse {
	c.t.Helper()
	return c.apply(typeName, object.NewState, config, c.plan(typeName, object.NewState, config, object.Private))
}

func names[T any](schemas map[string]T) []string { return slices.Sorted(maps.Keys(schemas)) }

// notOfALife are the routes of the simulator that a life has no use for: the provider has none, but for the last ones, which it asks where
// something is amiss.
var notOfALife = []string{
	"channel.cdn", "channel.cdn_bulk", "vod-channel.cdn", "vod-channel.cdn_bulk", "channel.events", "channel.publish_log",
	"recording.get", "recording.delete", "recording.upload", "snapshot.create", "snapshot.get", "short-clip.list", "short-clip.get", "short-clip.create",
	"alerts.set", "manager-group.list", "manager-group.get", "edge-profile.create", "edge-profile.delete", "edge.get", "edge.activate",
	"edge.status",
}

func TestNoSecretInLogsOrDiagnosticsOfAWholeLife(t *testing.T) {
	t.Parallel()
	sim, settings := secretWorld(t)
	c := newProtocolClient(t)
	log := c.logged()
	c.configure(settings)
	life(c, sim, channelConfig(plainKey), channelConfig(newPlainKey), func(string, *tfprotov6.Schema, *tfprotov6.DynamicValue, []byte) {})

	for _, diagnostic := range c.heard {
		if diagnostic.Severity == tfprotov6.DiagnosticSeverityError {
			t.Errorf("the life had an error: %s", say([]*tfprotov6.Diagnostic{diagnostic}))
		}
	}
	if len(sim.ActiveRestreamChannels())+len(sim.ActiveCurtains())+len(sim.OnAir()) > 0 {
		t.Error("the life did not come to its end")
	}
	for _, route := range simulator.RouteNames() {
		if sim.Count(route) == 0 && !slices.Contains(notOfALife, route) {
			t.Errorf("the life had no %s", route)
		}
	}
	for _, must := range []string{`"@level":"debug"`, `"@level":"trace"`, "re-stream/channels", "oauth2/token"} {
		if !strings.Contains(log.String(), must) {
			t.Errorf("the log has no %s: it is not the log that matters", must)
		}
	}
	secretsOf(sim).keptOut(t, "log", log.String())
	secretsOf(sim).keptOut(t, "diagnostics", say(c.heard))
}

func TestOnlySensitiveAttributesHoldSecretsInState(t *testing.T) {
	t.Parallel()
	for _, inState := range []bool{true, false} {
		t.Run(fmt.Sprintf("secrets_in_state=%t", inState), func(t *testing.T) {
			t.Parallel()
			sim, settings := secretWorld(t)
			c := newProtocolClient(t)
			c.configure(with(settings, "secrets_in_state", inState))
			config, changed := channelConfig(plainKey), channelConfig(newPlainKey)
			if !inState {
				config, changed = writeOnlyConfig(writeOnlyKey, 1), writeOnlyConfig(newPlainKey, 2)
			}
			stored := false
			life(c, sim, config, changed, func(step string, schema *tfprotov6.Schema, value *tfprotov6.DynamicValue, private []byte) {
				decoded, err := value.Unmarshal(schema.ValueType())
				c.must(err)
				open := openTexts(t, schema.Block.Attributes, decoded)
				secretsOf(sim).keptOut(t, step+", open attributes", strings.Join(open, "\n"))
				if strings.HasPrefix(step, "ephemeral ") {
					return
				}
				secretsOf(sim).keptOut(t, step+", private state", string(private))
				whole := decoded.String()
				stored = stored || strings.Contains(whole, plainKey) && strings.Contains(step, "channel")
				nowhere := secrets{"write-only target key": writeOnlyKey, "write-only password": writeOnlyPwd}
				if step == "listed "+channelType || step == "data source "+channelType {
					nowhere = secrets{} // the service reads it back, and nobody can know in which form it was given
				}
				if !inState {
					nowhere = secretsOf(sim)
					delete(nowhere, "token of the callback") // the user's own, and state has to have it
				}
				nowhere.keptOut(t, step+", state", whole)
			})
			if stored != inState {
				t.Errorf("a stored key is in state: %t", stored)
			}
		})
	}
}

// openTexts are the texts in the attributes of a value that are not marked as sensitive.
func openTexts(t *testing.T, attributes []*tfprotov6.SchemaAttribute, value tftypes.Value) (texts []string) {
	t.Helper()
	members := map[string]tftypes.Value{}
	if value.IsNull() || value.As(&members) != nil {
		return nil
	}
	for _, attribute := range attributes {
		member := members[attribute.Name]
		switch {
		case attribute.Sensitive || member.IsNull():
		case attribute.NestedType == nil:
			texts = append(texts, attribute.Name+" = "+member.String())
		case attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeMap:
			elements := map[string]tftypes.Value{}
			if err := member.As(&elements); err != nil {
				t.Fatal(err)
			}
			for _, element := range elements {
				texts = append(texts, openTexts(t, attribute.NestedType.Attributes, element)...)
			}
		case attribute.NestedType.Nesting == tfprotov6.SchemaObjectNestingModeList:
			var elements []tftypes.Value
			if err := member.As(&elements); err != nil {
				t.Fatal(err)
			}
			for _, element := range elements {
				texts = append(texts, openTexts(t, attribute.NestedType.Attributes, element)...)
			}
		default:
			texts = append(texts, openTexts(t, attribute.NestedType.Attributes, member)...)
		}
	}
	return texts
}

// known are the secrets that a service knows and could repeat: those of a channel and a live, and the credentials.
func known(sim *simulator.Simulator, service, channelID, liveID string) secrets {
	if service == simulator.ServiceLiveStation {
		all := secrets{"secret key": sim.SecretKey()}
		channel, _ := sim.RestreamChannel(channelID)
		all["ingest key"] = channel.StreamKey
		for _, platform := range channel.Platforms {
			all["key of "+platform.TargetName] = platform.StreamKey
			if platform.Password != "" {
				all["password of "+platform.TargetName] = platform.Password
			}
		}
		return all
	}
	live, _ := sim.Live(liveID)
	return secrets{
		"rtmp path": live.RTMPPath, "stream key": live.RTMPPath[strings.LastIndex(live.RTMPPath, "/")+1:],
		"access token": sim.AccessToken(), "client secret": sim.ClientSecret(), "refresh token": sim.RefreshToken(),
	}
}

// hostile lets the services refuse everything on the routes with errors that hold secrets, and orders to the terminal.
func hostile(sim *simulator.Simulator, status int, said map[string]secrets, only ...string) {
	for service, secrets := range said {
		values := slices.Sorted(maps.Values(secrets))
		message := `\u001b]0;owned\u0007\u001b[2J\u202e` + strings.Join(values, " ")
		body := `{"success":false,"errorCode":"9\u001b[1m","errorName":"NAME\u001b[1m","message":"` + message + `"}`
		switch service {
		case simulator.ServiceLiveStation:
			body = `{"error":{"errorCode":250001,"errorName":"NAME\u001b[1m","message":"` + message + `"}}`
		case simulator.ServiceEdge:
			body = `{"code":"0040","message":"` + message + `","traceId":"t\u001b[1m"}`
		}
		sim.Inject(simulator.Fault{
			When: func(request simulator.Request) bool {
				return request.Service == service && (len(only) == 0 && request.Route != "token" || slices.Contains(only, request.Route))
			},
			Status: status, Body: body, Header: map[string]string{"x-ncp-trace-id": "trace-" + values[0]},
		})
	}
}

func TestErrorsOfTheServiceNeverRepeatASecretNorReachTheTerminal(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 404, 409, 429, 500} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			sim, settings := secretWorld(t)
			first := newProtocolClient(t)
			firstLog := first.logged()
			first.configure(settings)
			channel := first.create(channelType, channelConfig(plainKey))
			live := sim.AddLive(simulator.Live{Title: "Tonight"})
			session := first.create(sessionType, map[string]any{"live_id": live})
			general := sim.AddGeneralChannel(simulator.GeneralChannel{})
			curtain := first.create(curtainType, map[string]any{"channel_id": general, "content_ids": []any{int(sim.AddCurtainContent(simulator.CurtainContent{}))}})
			channelID := first.text(channelType, channel.NewState, "channel_id")

			// Another run knows the secrets from its configuration and from state alone, and no write-only ones before it plans.
			again := newProtocolClient(t)
			againLog := again.logged()
			again.configure(settings)
			said := map[string]secrets{}
			for _, service := range []string{simulator.ServiceLiveStation, simulator.ServicePrism} {
				said[service] = known(sim, service, channelID, live)
			}
			delete(said[simulator.ServiceLiveStation], "key of CHZZK")
			delete(said[simulator.ServiceLiveStation], "password of CHZZK")
			hostile(sim, status, said)
			all := secrets{}
			for _, secrets := range said {
				maps.Copy(all, secrets)
			}
			for name, c := range map[string]*protocolClient{"same process": first, "new process": again} {
				for step, do := range []func(){
					func() { c.refresh(channelType, channel.NewState, channel.Private) },
					func() { c.refresh(sessionType, session.NewState, session.Private) },
					func() { c.refresh(curtainType, curtain.NewState, curtain.Private) },
					func() { c.plan(channelType, channel.NewState, channelConfig(newPlainKey), channel.Private) },
					func() { c.update(channelType, channel, channelConfig(newPlainKey)) },
					func() {
						c.plan(sessionType, session.NewState, map[string]any{"live_id": live, "on_air": false}, session.Private)
					},
					func() { c.update(sessionType, session, map[string]any{"live_id": live, "on_air": false}) },
					func() {
						c.update(sessionType, session, map[string]any{"live_id": live, "triggers": map[string]any{"again": "1"}})
					},
					func() { c.destroy(channelType, channel) },
					func() { c.destroy(sessionType, session) },
					func() { c.destroy(curtainType, curtain) },
				} {
					c.heard = nil
					do()
					if status != 404 && status != 409 && len(c.heard) == 0 {
						t.Errorf("%s, step %d: nothing was said", name, step)
					}
					all.keptOut(t, fmt.Sprintf("%s, step %d", name, step), say(c.heard))
				}
			}
			all.keptOut(t, "log of the same process", firstLog.String())
			all.keptOut(t, "log of the new process", againLog.String())
		})
	}
}

func TestTokenCallErrorNeverContainsASecret(t *testing.T) {
	t.Parallel()
	sim, settings := secretWorld(t)
	c := newProtocolClient(t)
	log := c.logged()
	c.configure(settings)
	hostile(sim, 400, map[string]secrets{simulator.ServicePrism: {"client secret": sim.ClientSecret(), "refresh token": sim.RefreshToken(), "access token": sim.AccessToken()}}, "token")
	if said := c.readLives(); !strings.Contains(said, "prism.refresh_token_parameter") {
		t.Errorf("said: %s", said)
	}
	secretsOf(sim).keptOut(t, "diagnostics", say(c.heard))
	secretsOf(sim).keptOut(t, "log", log.String())
}

func TestRenewedTokensAreNeverRepeated(t *testing.T) {
	t.Parallel()
	sim, settings := secretWorld(t)
	c := newProtocolClient(t)
	log := c.logged()
	c.configure(settings)
	// The second renewal uses the refresh token that the first one brought.
	for range 2 {
		if said := c.readLives(); said != "" {
			t.Fatal(said)
		}
		sim.ExpireToken()
	}
	c.readLives()
	lists, renewals := sim.RequestsTo("channel.lives"), sim.RequestsTo("token")
	renewed := secrets{
		"renewed access token":  lists[len(lists)-1].Header.Get("x-prism-access-token"),
		"renewed refresh token": renewals[len(renewals)-1].Query.Get("refresh_token"),
	}
	if renewed["renewed access token"] == sim.AccessToken() || renewed["renewed refresh token"] == sim.RefreshToken() {
		t.Fatal("nothing was renewed")
	}
	hostile(sim, 400, map[string]secrets{simulator.ServicePrism: renewed})
	if said := c.readLives(); !strings.Contains(said, "Lives could not be listed") {
		t.Errorf("said: %s", said)
	}
	renewed.keptOut(t, "diagnostics", say(c.heard))
	renewed.keptOut(t, "log", log.String())
}
