package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// withOwnEdge lets a channel make its edge, which goes with it.
func withOwnEdge(config map[string]any) map[string]any {
	return with(config, "cdn", map[string]any{"profile_id": simulator.DefaultEdgeProfileID, "region_type": "KOREA", "delete_edge": true})
}

// What the state of a channel or of the account's callback holds is kept by a process that was handed nothing but that state.
func TestChannelErrorsNeverContainItsSecrets(t *testing.T) {
	t.Parallel()
	hooks := "https://hooks.example.com/a?token=" + callbackToken
	channel := with(withOwnEdge(generalConfig()), "callback_endpoint", hooks)
	for typeName, of := range map[string]struct{ config, changed map[string]any }{
		generalType:  {with(channel, "is_stream_fail_over", true), with(with(with(channel, "is_stream_fail_over", true), "use_dvr", true), "callback_endpoint", hooks+"2")},
		vodType:      {channel, with(with(channel, "env_type", "DEV"), "callback_endpoint", hooks+"2")},
		callbackType: {map[string]any{"callback_url": hooks}, map[string]any{"callback_url": hooks + "2"}},
	} {
		for _, status := range []int{200, 400, 403, 429, 500} {
			t.Run(fmt.Sprint(typeName, " ", status), func(t *testing.T) {
				t.Parallel()
				sim, settings := secretWorld(t)
				first := newProtocolClient(t)
				firstLog := first.logged()
				first.configure(settings)
				object := first.create(typeName, of.config)
				all := secrets{"secret key": sim.SecretKey(), "token of the callback": callbackToken}
				for _, channel := range sim.GeneralChannels() {
					all["ingest key"], all["backup ingest key"] = channel.StreamKey, channel.BackupStreamKey
				}
				again := newProtocolClient(t)
				againLog := again.logged()
				again.configure(settings)
				hostile(sim, status, map[string]secrets{simulator.ServiceLiveStation: all, simulator.ServiceEdge: {"secret key": sim.SecretKey()}})
				for name, c := range map[string]*protocolClient{"same process": first, "new process": again} {
					for step, do := range []func(){
						func() { c.refresh(typeName, object.NewState, object.Private) },
						func() { c.plan(typeName, object.NewState, of.changed, object.Private) },
						func() { c.update(typeName, object, of.changed) },
						func() { c.destroy(typeName, object) },
					} {
						c.heard = nil
						do()
						if step != 1 && len(c.heard) == 0 {
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
}

// An edge is deleted when its channel is gone already, and what Global Edge says of it is shown.
func TestErrorsOfGlobalEdgeNeverRepeatASecret(t *testing.T) {
	t.Parallel()
	for _, route := range []string{"edge.list", "edge.stop", "edge.delete"} {
		t.Run(route, func(t *testing.T) {
			t.Parallel()
			sim, settings := secretWorld(t)
			c := newProtocolClient(t)
			log := c.logged()
			c.configure(settings)
			object := c.create(generalType, withOwnEdge(generalConfig()))
			hostile(sim, 400, map[string]secrets{simulator.ServiceEdge: {"secret key": sim.SecretKey()}}, route)
			c.heard = nil
			c.destroy(generalType, object)
			if said := say(c.heard); !strings.Contains(said, "was not deleted") {
				t.Errorf("said: %s", said)
			}
			secretsOf(sim).keptOut(t, "diagnostics", say(c.heard))
			secretsOf(sim).keptOut(t, "log", log.String())
		})
	}
}
