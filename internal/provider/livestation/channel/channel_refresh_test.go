package channel_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A refresh of many channels costs the pages of the list, and not a request for each; what has changed is read by itself.
func TestChannel_aRefreshOfManySharesOneList(t *testing.T) {
	for _, quirk := range []simulator.Quirk{simulator.QuirkUseDvrSpelling, simulator.QuirkRecordAbsent, simulator.QuirkOutputProtocolReversed} {
		t.Run(string(quirk), func(t *testing.T) {
			w := begin(t, simulator.WithQuirks(quirk))
			const many = 40
			objects := make([]acceptance.Object, many)
			process := w.process()
			for i := range objects {
				objects[i] = process.Create(channelType, show(acceptance.Values{"channel_name": fmt.Sprintf("olive_%d", i), "output_protocol": "HLS,DASH"}))
			}
			if err := w.sim.EditGeneralChannel(w.sim.GeneralChannels()[many-1].ChannelID, func(channel *simulator.GeneralChannel) { channel.UseDVR = true }); err != nil {
				t.Fatal(err)
			}
			w.sim.ResetRequests()
			process = w.process()
			for i, object := range objects {
				_, changed, diags := process.Refresh(channelType, object)
				diags.MustBeSilent(t)
				if got := strings.Join(changed, " "); got != "" && i < many-1 || i == many-1 && got != "use_dvr" {
					t.Errorf("channel %d: the refresh sees %q", i, got)
				}
			}
			if w.sim.Count("channel.list") != 1 || w.sim.Count("channel.get") != 2 {
				t.Errorf("%d lists and %d single reads", w.sim.Count("channel.list"), w.sim.Count("channel.get"))
			}
		})
	}
}

// What the service says in other words, or in words that nobody knows, is neither a change nor a reason for another channel.
func TestChannel_otherSpellingsOfItsValuesPlanNothing(t *testing.T) {
	for name, told := range map[string]string{
		"capitals in the domain":    fmt.Sprintf(`"cdn":{"instanceNo":"%d","profileId":%d,"cdnDomain":%q}`, simulator.DefaultEdgeID, simulator.DefaultEdgeProfileID, strings.ToUpper(simulator.DefaultEdgeDomain)),
		"no number of a set":        `"qualitySetId":0`,
		"a type that nobody knows":  `"record":{"type":"auto_upload"}`,
		"labels that nobody knows":  `"envType":"PROD","outputProtocol":"CMAF","ingestProtocol":"RIST"`,
		"members that nobody knows": `"record":{"type":"AUTO_UPLOAD","format":"mp4","accessControl":"private"}`,
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			config := show(acceptance.Values{"record": upload()})
			w.Apply(config)
			w.sim.Inject(simulator.Fault{Route: "channel.get", Status: 200, Body: fmt.Sprintf(`{"content":{"channelId":%q,"channelName":"olive_live","channelStatus":"READY",%s}}`, w.id(), told)})
			w.NothingToDo(config)
		})
	}
}

// A service may show its keys masked: what state knows of them stays, and nothing is planned.
func TestChannel_maskedIngestKeysAreNotTaken(t *testing.T) {
	w := begin(t)
	config := show(acceptance.Values{"is_stream_fail_over": true})
	w.Apply(config)
	w.edit(func(channel *simulator.GeneralChannel) {
		channel.StreamKey, channel.BackupStreamKey = channel.StreamKey[:1]+"*****", channel.BackupStreamKey[:1]+"*****"
	})
	if _, changed, _ := w.process().Refresh(channelType, w.Object); len(changed) > 0 {
		t.Errorf("the refresh changes %q", changed)
	}
	w.NothingToDo(config)
}
