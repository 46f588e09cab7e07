package memnet_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/memnet"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// A refresh of a thousand objects costs one read and the pages of their list, and no more time than these take.
func TestRefreshOfAThousandReadsTenPagesAndOneObject(t *testing.T) {
	t.Parallel()
	const (
		thousand = 1000
		away     = 50 * time.Millisecond
	)
	for resource, add := range map[string]func(sim *simulator.Simulator, i int) string{
		"livestation_channel": func(sim *simulator.Simulator, i int) string {
			return sim.AddGeneralChannel(simulator.GeneralChannel{ChannelName: fmt.Sprintf("olive_%d", i)})
		},
		"livestation_vod2live_channel": func(sim *simulator.Simulator, i int) string {
			return sim.AddVODChannel(simulator.VODChannel{ChannelName: fmt.Sprintf("olive_%d", i)})
		},
		"livestation_quality_set": func(sim *simulator.Simulator, i int) string {
			return fmt.Sprint(sim.AddQualitySet(simulator.QualitySet{
				Name: fmt.Sprintf("olive-%d", i), GenType: simulator.GenCustom, ProfileIDs: []int64{simulator.DefaultQualityProfileID}, SegmentDuration: 2000, SegmentCount: 3,
			}))
		},
	} {
		t.Run(resource, func(t *testing.T) {
			t.Parallel()
			memnet.Bubble(t, func(t *testing.T, sim *simulator.Simulator, process func() *acceptance.Protocol) {
				importer := process()
				var objects [thousand]acceptance.Object
				for i := range objects {
					imported, said := importer.Import(resource, add(sim, i))
					said.MustBeSilent(t)
					objects[i] = imported
				}
				together(thousand, func(i int) {
					objects[i], _, _ = importer.Refresh(resource, objects[i])
				})
				sim.ResetRequests()
				sim.Inject(simulator.Fault{Delay: away})
				refresher, began := process(), time.Now()
				var mu sync.Mutex
				together(thousand, func(i int) {
					_, changed, said := refresher.Refresh(resource, objects[i])
					mu.Lock()
					defer mu.Unlock()
					if len(changed)+len(said) > 0 {
						t.Errorf("object %d: changed %q, said %q %q", i, changed, said.Errors(), said.Warnings())
					}
				})
				if requests := len(sim.Requests()); requests > 12 {
					t.Errorf("%d requests: %v", requests, sim.Routes())
				}
				if took, each := time.Since(began), thousand/parallelism*away; float64(took) > 0.45*float64(each) {
					t.Errorf("it took %s, and a request each takes %s", took, each)
				}
			})
		})
	}
}
