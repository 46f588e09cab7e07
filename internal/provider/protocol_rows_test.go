package provider_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/ncloud-live/terraform-provider-livestation/internal/provider"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// What the rows are written as must be, byte by byte, what the framework would have written, and cost as many requests.
func TestLongListIsEncodedAsByTheFramework(t *testing.T) {
	t.Parallel()
	lives := func(count int) func(*simulator.Simulator) {
		return func(sim *simulator.Simulator) {
			for i := range count {
				spec := simulator.Live{Title: fmt.Sprintf("저녁 방송 %d", i), ViewCount: int64(i) << 20}
				if i%2 == 0 {
					spec.Status, spec.RTMPPath, spec.Description = simulator.LiveEnd, fmt.Sprintf("rtmp://a.example.net/live/key-of-%d", i), "\"\n\u200b"
				}
				sim.AddLive(spec)
			}
		}
	}
	worlds := map[string]func(*simulator.Simulator){
		// MessagePack writes lengths below and above 16 differently.
		"none": lives(0), "one": lives(1), "fifteen": lives(15), "sixteen": lives(16), "many": lives(300),
		"refused": func(sim *simulator.Simulator) { sim.Inject(simulator.Fault{Status: 403}) },
		"no list": func(sim *simulator.Simulator) {
			sim.Inject(simulator.Fault{Status: 200, Body: `{"success":true,"data":{"lives":"many"}}`})
		},
		"half of the members": func(sim *simulator.Simulator) {
			sim.Inject(simulator.Fault{Status: 200, Body: `{"success":true,"data":{"lives":[{"liveId":7},{"liveStat":{"viewCount":"3"}}]}}`})
		},
	}
	for name, world := range worlds {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t)
			world(sim)
			for _, secretsInState := range []bool{true, false} {
				options := provider.Options{Version: "test"}
				ours := connect(t, serve(t, options))
				theirs := connect(t, providerserver.NewProtocol6(provider.New(options)())())
				for _, status := range []any{nil, "ALL", "END", "ON_AIR"} {
					for _, channel := range []any{simulator.DefaultChannelID, "no-such-channel", notKnown} {
						config := map[string]any{"channel_id": channel, "status": status}
						var answers [2]*tfprotov6.ReadDataSourceResponse
						var requests [2]int
						for i, c := range []*protocolClient{ours, theirs} {
							c.configure(with(with(settingsOf(sim), "secrets_in_state", secretsInState), "max_retries", 0))
							sim.ResetRequests()
							answers[i] = c.readData("prism_channel_lives", config)
							requests[i] = len(sim.Requests())
							for _, diagnostic := range answers[i].Diagnostics {
								diagnostic.Detail = traceID.ReplaceAllString(diagnostic.Detail, "request id X")
							}
						}
						if got, want := say(answers[0].Diagnostics), say(answers[1].Diagnostics); got != want {
							t.Errorf("%v: the server says\n%s\nand the framework\n%s", config, got, want)
						}
						if requests[0] != requests[1] {
							t.Errorf("%v: %d requests, and %d of the framework", config, requests[0], requests[1])
						}
						if !bytes.Equal(answers[0].State.MsgPack, answers[1].State.MsgPack) {
							t.Errorf("%v: the message has %d bytes, and that of the framework %d, or others", config, len(answers[0].State.MsgPack), len(answers[1].State.MsgPack))
						}
					}
				}
			}
		})
	}
}
