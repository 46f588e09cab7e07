package memnet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// slowCreations are the kinds of object that a service can take long to make.
func slowCreations() map[string]func(sim *simulator.Simulator) acceptance.Values {
	configs := map[string]func(sim *simulator.Simulator) acceptance.Values{
		"livestation_curtain_content": func(*simulator.Simulator) acceptance.Values {
			return acceptance.Values{"content": []any{acceptance.Values{"bucket_name": "media-bkt", "file_path": "/curtain/notice.png"}}}
		},
		"livestation_vod2live_schedule": func(sim *simulator.Simulator) acceptance.Values {
			return acceptance.Values{
				"channel_id": sim.AddVODChannel(simulator.VODChannel{}), "start_time": sim.Now().Add(48 * time.Hour).UTC().Format(time.RFC3339),
				"vod_list": []any{acceptance.Values{"bucket_name": "media-bkt", "file_path": "/shows/main.mp4"}},
			}
		},
	}
	for _, kind := range creations() {
		configs[kind.resource] = func(*simulator.Simulator) acceptance.Values { return kind.config(1) }
	}
	return configs
}

// The service answers every read, so the error blames the time that it was given, and nothing else.
func TestCreationTimeoutReportsTheLastStatus(t *testing.T) {
	t.Parallel()
	for resource, config := range slowCreations() {
		t.Run(resource, func(t *testing.T) {
			t.Parallel()
			memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				order, minutes := config(sim), "10m"
				if resource == "livestation_vod2live_schedule" {
					minutes = "15m"
				}
				sim.SetCreation(time.Hour, 0)
				diags := acceptance.Manage(t, resource, process).Try(order)
				diags.MustFail(t, "is not ready", "become ready: the "+minutes+" of `timeouts.create` ran out (context deadline exceeded); its status was ", "raise `timeouts.create`.", "exists and is kept in state", "untaint "+resource+".NAME")
				mustNotSay(t, diags, "did not answer", "Nothing was changed")
			})
		})
	}
}

// What was made is in state by then, so nothing says that nothing was changed there.
func TestCreationWithFailingReadsReportsThatTheObjectIsKept(t *testing.T) {
	t.Parallel()
	for resource, config := range slowCreations() {
		for name, fault := range map[string]simulator.Fault{"500": {Status: 500}, "HTML": {Kind: simulator.FaultNotJSON}} {
			t.Run(resource+" "+name, func(t *testing.T) {
				t.Parallel()
				memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
					order := config(sim)
					for _, route := range []string{"channel.get", "vod-channel.get", "restream.get", "content.get", "schedule.get"} {
						if resource != "livestation_vod2live_schedule" || route != "vod-channel.get" {
							fault := fault
							fault.Route = route
							sim.Inject(fault)
						}
					}
					diags := acceptance.Manage(t, resource, process).Try(order)
					diags.MustFail(t, "is not ready", "exists and is kept in state", "untaint "+resource+".NAME")
					mustNotSay(t, diags, "Nothing was changed")
				})
			})
		}
	}
}

// What was deleted while it was created is not said to be kept: it leaves state with the next refresh. That it is unknown for a moment means
// nothing, that it was deleted is proof.
func TestCreationOfAnObjectDeletedMeanwhileReportsThatItIsGone(t *testing.T) {
	t.Parallel()
	kinds := map[string]struct{ route, deleted string }{
		"livestation_channel":           {"channel.get", `{"content":{"channelId":"ls-1","channelStatus":"FORCE_DELETED"}}`},
		"livestation_vod2live_channel":  {"vod-channel.get", `{"content":{"channelId":"ls-1","channelStatus":"FORCE_DELETED"}}`},
		"livestation_restream_channel":  {"restream.get", `{"content":{"channelId":"ls-1","channelStatus":"FORCE_DELETED"}}`},
		"livestation_curtain_content":   {"content.get", `{"content":{"id":1,"status":"DELETED"}}`},
		"livestation_vod2live_schedule": {"schedule.get", `{"content":{"scheduleId":1,"status":"DELETED"}}`},
	}
	for resource, config := range slowCreations() {
		kind := kinds[resource]
		for name, fault := range map[string]simulator.Fault{
			"deleted": {Route: kind.route, Status: 200, Body: kind.deleted}, "unknown": {Route: kind.route, Status: 404, Body: `{"error":{"errorCode":250004,"message":"not found"}}`},
		} {
			t.Run(resource+" "+name, func(t *testing.T) {
				t.Parallel()
				memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
					order, began := config(sim), time.Now()
					sim.SetCreation(time.Hour, 0)
					sim.Inject(fault)
					object := acceptance.Manage(t, resource, process)
					diags := object.Try(order)
					diags.MustFail(t, "is not ready", "now the service says that it does not exist", "until a refresh finds it gone", "the next apply creates another")
					mustNotSay(t, diags, "is kept in state", "untaint", "Check the id")
					if took := time.Since(began); name == "deleted" && took > 2*time.Second {
						t.Errorf("proof of a deletion was waited on for %s", took)
					}
					if !process().Exists(resource, object.Object) {
						t.Error("it is not in state")
					}
					if after, _, _ := process().Refresh(resource, object.Object); process().Exists(resource, after) {
						t.Error("a refresh keeps it")
					}
				})
			})
		}
	}
}

// A service that turns a creation away unseen, or refuses the keys, says nothing of what was to be made.
func TestThrottledCreationDoesNotBlameTheConfiguration(t *testing.T) {
	t.Parallel()
	for resource, config := range slowCreations() {
		for words, fault := range map[string]simulator.Fault{
			"there are too many": {Status: 429, Header: map[string]string{"Retry-After": "3600"}}, "Check `access_key`": {Status: 401},
		} {
			t.Run(resource+" "+words, func(t *testing.T) {
				t.Parallel()
				memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
					order := config(sim)
					for _, route := range []string{"channel.create", "vod-channel.create", "restream.create", "content.create", "schedule.create"} {
						fault := fault
						fault.Route = route
						sim.Inject(fault)
					}
					diags := acceptance.Manage(t, resource, process).Try(order)
					diags.MustFail(t, "was not created", words)
					mustNotSay(t, diags, "low-latency", "limit is reached", "the limit met", "Images are", "14 days")
				})
			})
		}
	}
}

func mustNotSay(t *testing.T, diags acceptance.Diagnostics, words ...string) {
	t.Helper()
	for _, text := range diags.Errors() {
		for _, word := range words {
			if strings.Contains(text, word) {
				t.Errorf("the error says %q: %s", word, text)
			}
		}
	}
}
