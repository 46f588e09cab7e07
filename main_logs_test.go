package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// rawMessages passes messages through as they are on the wire.
type rawMessages struct{}

func (rawMessages) Name() string                  { return "proto" }
func (rawMessages) Marshal(v any) ([]byte, error) { return *v.(*[]byte), nil }
func (rawMessages) Unmarshal(data []byte, v any) error {
	*v.(*[]byte) = append([]byte(nil), data...)
	return nil
}

// text and packed are fields 1 and 2 of the messages that are sent here (tfplugin6.proto): a string, and a DynamicValue.
func text(value string) []byte {
	return protowire.AppendString(protowire.AppendTag(nil, 1, protowire.BytesType), value)
}

func packed(t *testing.T, schema *tfprotov6.Schema, members map[string]tftypes.Value) []byte {
	t.Helper()
	kind, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatal("a schema is no object")
	}
	for name, attribute := range kind.AttributeTypes {
		if _, ok := members[name]; !ok {
			members[name] = tftypes.NewValue(attribute, nil)
		}
	}
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, members))
	if err != nil {
		t.Fatal(err)
	}
	dynamic := protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), value.MsgPack)
	return protowire.AppendBytes(protowire.AppendTag(nil, 2, protowire.BytesType), dynamic)
}

// logged starts the provider as a CLI does, has it look at a session and read a channel's lives, and returns what it wrote to its log.
func logged(t *testing.T, sim *simulator.Simulator, asked string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(ctx, self)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") {
			command.Env = append(command.Env, variable)
		}
	}
	command.Env = append(command.Env, runVariable+"=1", asked, "PLUGIN_PROTOCOL_VERSIONS=6",
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2")
	for name, value := range sim.Env() {
		command.Env = append(command.Env, name+"="+value)
	}
	var log strings.Builder
	command.Stderr = &log
	stdout, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	parts := strings.Split(line, "|")
	if err != nil || len(parts) < 5 {
		t.Fatalf("the provider said %q: %v", line, err)
	}
	conn, err := grpc.NewClient(parts[2]+":"+parts[3], grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })

	server, err := provider.Server(provider.Options{})()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	session := map[string]tftypes.Value{"live_id": tftypes.NewValue(tftypes.String, "1")}
	lives := map[string]tftypes.Value{"channel_id": tftypes.NewValue(tftypes.String, simulator.DefaultChannelID)}
	for _, call := range []struct {
		method  string
		message []byte
	}{
		{"ValidateResourceConfig", append(text("prism_live_session"), packed(t, schemas.ResourceSchemas["prism_live_session"], session)...)},
		{"ConfigureProvider", append(text("1.11.4"), packed(t, schemas.Provider, map[string]tftypes.Value{})...)},
		{"ReadDataSource", append(text("prism_channel_lives"), packed(t, schemas.DataSourceSchemas["prism_channel_lives"], lives)...)},
	} {
		var answer []byte
		if err := conn.Invoke(ctx, "/tfplugin6.Provider/"+call.method, &call.message, &answer, grpc.ForceCodec(rawMessages{})); err != nil {
			t.Fatalf("%s: %v", call.method, err)
		}
	}
	var nothing, answer []byte
	_ = conn.Invoke(ctx, "/plugin.GRPCController/Shutdown", &nothing, &answer, grpc.ForceCodec(rawMessages{})) // the connection ends with it
	if err := command.Wait(); err != nil {
		t.Fatalf("the provider ended with %v\n%s", err, log.String())
	}
	return log.String()
}

// parts are what writes logs, by a piece of its lines: the protocol, the framework, and this provider with a request.
var parts = map[string]string{
	"protocol": `"@module":"sdk.proto"`, "framework": `"@module":"sdk.framework"`, "framework's rules": "Calling provider defined validator.String",
	"provider": `"@message":"request"`,
}

func TestAnyLogVariableEnablesAllLogs(t *testing.T) {
	t.Parallel()
	for _, asked := range []string{
		"TF_LOG=TRACE", "TF_LOG=JSON", "TF_LOG_CORE=TRACE", "TF_LOG_PROVIDER=TRACE", "TF_LOG_PROVIDER_LIVESTATION=TRACE",
		"TF_LOG_SDK=TRACE", "TF_LOG_SDK_PROTO=TRACE", "TF_LOG_SDK_FRAMEWORK=TRACE",
	} {
		t.Run(asked, func(t *testing.T) {
			t.Parallel()
			sim, err := simulator.Start()
			if err != nil {
				t.Fatal(err)
			}
			defer sim.Close()
			log := logged(t, sim, asked)
			for part, words := range parts {
				if !strings.Contains(log, words) {
					t.Errorf("there is no line of the %s in the log:\n%s", part, log)
				}
			}
			if len(sim.Requests()) != 1 {
				t.Errorf("requests: %v", sim.Routes())
			}
		})
	}
}

func TestNothingIsLoggedByDefault(t *testing.T) {
	t.Parallel()
	sim, err := simulator.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer sim.Close()
	log := logged(t, sim, "TF_LOG=")
	for part, words := range parts {
		if strings.Contains(log, words) {
			t.Errorf("there are lines of the %s in the log:\n%s", part, log)
		}
	}
}
