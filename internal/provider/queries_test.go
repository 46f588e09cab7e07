package provider_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

const (
	contentType = "livestation_curtain_content"
	liveType    = "prism_live"
)

// catalogue is a world with several objects of each kind, and what a query of each kind must find in it.
type catalogue struct {
	sim                     *simulator.Simulator
	channels, contents      []any
	lives, reserved, onAir  []any
	ended                   []any
	namesakes, processing   []any
	nameOfNamesakes, oneURL string
	profiles, sets          []any
}

func newCatalogue(sim *simulator.Simulator) *catalogue {
	c := &catalogue{sim: sim, nameOfNamesakes: "evening_show", oneURL: "rtmp://one.example.net/live"}
	for i, name := range []string{"morning_show", c.nameOfNamesakes, "late_show", c.nameOfNamesakes} {
		id := sim.AddRestreamChannel(simulator.RestreamChannel{
			ChannelName: name, CallbackEndpoint: "https://hooks.example.com/a",
			Platforms: []simulator.Platform{
				{TargetName: "CUSTOM", RTMPURL: c.oneURL, StreamKey: "canary-key-one", ID: "relay01", Password: "canary-pass-one"},
				{TargetName: "YOUTUBE", RTMPURL: "rtmp://a.rtmp.example.com/live2", StreamKey: "canary-yt-key"},
			},
		})
		_ = sim.EditRestreamChannel(id, func(channel *simulator.RestreamChannel) {
			channel.CreatedTime = channel.CreatedTime.Add(time.Duration(i-100) * time.Minute)
		})
		c.channels = append(c.channels, id)
		if name == c.nameOfNamesakes {
			c.namesakes = append(c.namesakes, id)
		}
	}
	sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: c.nameOfNamesakes, Status: simulator.StatusDeleted})
	for _, status := range []string{simulator.StatusReady, simulator.StatusProcessingFail, simulator.StatusReady, simulator.StatusDeleted} {
		id := sim.AddCurtainContent(simulator.CurtainContent{Status: status, Inputs: []simulator.ContentInput{{BucketName: "media-bkt", FilePath: "/curtain/notice.mp4"}}})
		if status != simulator.StatusDeleted {
			c.contents = append(c.contents, id)
		}
		if status == simulator.StatusProcessingFail {
			c.processing = append(c.processing, id)
		}
	}
	for i, status := range []string{simulator.LiveEnd, simulator.LiveOnAir, simulator.LiveReserved, simulator.LiveEnd} {
		id := sim.AddLive(simulator.Live{Title: fmt.Sprintf("Show %d", i), Description: "On stage", Status: status, ReservedAt: sim.Now().Add(time.Duration(i) * time.Hour)})
		c.lives = append(c.lives, id)
		switch status {
		case simulator.LiveReserved:
			c.reserved = append(c.reserved, id)
		case simulator.LiveOnAir:
			c.onAir = append(c.onAir, id)
		default:
			c.ended = append(c.ended, id)
		}
	}
	for _, name := range []string{"hd-720", "hd-other"} {
		c.profiles = append(c.profiles, sim.AddQualityProfile(simulator.QualityProfile{Name: name}))
		c.sets = append(c.sets, sim.AddQualitySet(simulator.QualitySet{Name: name}))
	}
	c.sets = append(c.sets, sim.AddQualitySet(simulator.QualitySet{Name: "low", LowLatency: true, TimedMetadata: &simulator.TimedMetadata{Header: "ID3", Interval: 1000, Key: "PRIV"}}))
	sim.ResetRequests()
	return c
}

// ids are the identities of results, each of one member.
func ids(t *testing.T, list []found) []any {
	t.Helper()
	var all []any
	for _, one := range list {
		if one.Said != "" {
			t.Errorf("%s: %s", one.Name, one.Said)
		}
		if len(one.Identity) != 1 {
			t.Fatalf("%s has the identity %v", one.Name, one.Identity)
		}
		for _, id := range one.Identity {
			if !strings.Contains(one.Name, fmt.Sprint(id)) {
				t.Errorf("the name %q has no id %v", one.Name, id)
			}
			all = append(all, id)
		}
	}
	return all
}

var ofChannel = map[string]any{"channel_id": simulator.DefaultChannelID}

func ofChannelWith(status string) map[string]any {
	return map[string]any{"channel_id": simulator.DefaultChannelID, "status": status}
}

func TestQueriesFilterByTheirArguments(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	all := newCatalogue(sim)
	for name, tc := range map[string]struct {
		typeName string
		config   map[string]any
		want     []any
	}{
		"channels":                       {channelType, map[string]any{}, all.channels},
		"channels of a name":             {channelType, map[string]any{"channel_name": all.nameOfNamesakes}, all.namesakes},
		"channels of half a name":        {channelType, map[string]any{"channel_name": "evening"}, nil},
		"contents":                       {contentType, map[string]any{}, all.contents},
		"contents that failed":           {contentType, map[string]any{"status": simulator.StatusProcessingFail}, all.processing},
		"contents in the making":         {contentType, map[string]any{"status": simulator.StatusCreating}, nil},
		"quality profiles":               {profileType, map[string]any{}, all.profiles},
		"quality profiles of a name":     {profileType, map[string]any{"name": "hd-720"}, all.profiles[:1]},
		"quality profiles of the system": {profileType, map[string]any{"name": "720p"}, nil},
		"quality sets":                   {setType, map[string]any{}, all.sets},
		"quality sets of half a name":    {setType, map[string]any{"name": "hd"}, nil},
		"lives":                          {liveType, ofChannel, all.lives},
		"reserved lives":                 {liveType, ofChannelWith("RESERVED"), all.reserved},
		"ended lives":                    {liveType, ofChannelWith("END"), all.ended},
		"sessions are on air by default": {sessionType, ofChannel, all.onAir},
		"all sessions":                   {sessionType, ofChannelWith("ALL"), all.lives},
		"ended sessions":                 {sessionType, ofChannelWith("END"), all.ended},
	} {
		t.Run(name, func(t *testing.T) {
			list := c.query(tc.typeName, tc.config, 0, false)
			if got := ids(t, list); !slices.Equal(got, tc.want) {
				t.Errorf("found %v, want %v", got, tc.want)
			}
			for _, one := range list {
				if one.Resource != nil {
					t.Errorf("%s brings a resource that was not asked for", one.Name)
				}
			}
			for limit := range len(tc.want) {
				cut := c.query(tc.typeName, tc.config, int64(limit+1), false)
				cut[limit].Said = "" // Here it says that there are more; see TestQueryWarnsIfItsLimitLeavesOutResults.
				if got := ids(t, cut); !slices.Equal(got, tc.want[:limit+1]) {
					t.Errorf("with the limit %d: %v", limit+1, got)
				}
			}
			if got := ids(t, c.query(tc.typeName, tc.config, 100, true)); !slices.Equal(got, tc.want) {
				t.Errorf("with resources: %v, want %v", got, tc.want)
			}
		})
	}
	if got := writes(sim); len(got) > 0 {
		t.Errorf("a query has written: %v", got)
	}
}

// A query without resources reads the list only, and a limit saves the reads of what is not wanted.
func TestQueriesMakeNoNeedlessRequests(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	newCatalogue(sim)
	for _, tc := range []struct {
		typeName string
		config   map[string]any
		limit    int64
		include  bool
		routes   map[string]int
	}{
		{channelType, map[string]any{}, 0, false, map[string]int{"restream.list": 1}},
		{channelType, map[string]any{}, 2, true, map[string]int{"restream.list": 1, "restream.get": 2, "platforms.list": 2}},
		{contentType, map[string]any{}, 0, true, map[string]int{"content.list": 1}},
		{profileType, map[string]any{}, 0, true, map[string]int{"quality-profile.list": 1}},
		{setType, map[string]any{}, 0, true, map[string]int{"quality-set.list": 1}},
		{liveType, ofChannel, 0, true, map[string]int{"channel.lives": 1}},
		{sessionType, ofChannel, 0, true, map[string]int{"channel.lives": 1}},
	} {
		sim.ResetRequests()
		c.query(tc.typeName, tc.config, tc.limit, tc.include)
		got := map[string]int{}
		for _, route := range sim.Routes() {
			got[route]++
		}
		if !maps.Equal(got, tc.routes) {
			t.Errorf("%s: %v, want %v", tc.typeName, got, tc.routes)
		}
	}
}

// What a query says of a resource is what an import of it says, so that the import plans nothing.
func TestQueriedResourcesAreThoseThatAnImportReads(t *testing.T) {
	t.Parallel()
	for _, inState := range []bool{true, false} {
		for _, quirk := range []simulator.Quirk{"", simulator.QuirkGetWithoutRestream, simulator.QuirkStreamKeyMaskedInGet, simulator.QuirkNullForAbsent, simulator.QuirkTimesUTC, simulator.QuirkLivesWithoutChannelID} {
			t.Run(fmt.Sprintf("secrets_in_state=%t/%s", inState, quirk), func(t *testing.T) {
				t.Parallel()
				sim := startSimulator(t)
				if quirk != "" {
					sim.SetQuirk(quirk, true)
				}
				c := configured(t, with(settingsOf(sim), "secrets_in_state", inState))
				newCatalogue(sim)
				for typeName, config := range map[string]map[string]any{channelType: {}, contentType: {}, profileType: {}, setType: {}, liveType: ofChannel, sessionType: ofChannelWith("ALL")} {
					list := c.query(typeName, config, 0, true)
					if len(list) == 0 {
						t.Fatalf("%s: nothing was found", typeName)
					}
					for _, one := range list {
						if one.Said != "" {
							t.Fatalf("%s: %s", typeName, one.Said)
						}
						c.mustEqualImport(typeName, one)
						if typeName == channelType && len(one.Resource["restream"].(map[string]any)) != 2 {
							t.Errorf("targets: %v", one.Resource["restream"])
						}
					}
				}
			})
		}
	}
}

// mustEqualImport fails the test for each attribute of a listed resource that an import reads otherwise.
func (c *protocolClient) mustEqualImport(typeName string, result found) {
	c.t.Helper()
	id := ""
	for _, value := range result.Identity {
		id = fmt.Sprint(value)
	}
	imported := c.plain(c.Schema.ResourceSchemas[typeName], c.imported(typeName, id, nil).NewState)
	for name, want := range imported {
		if got := result.Resource[name]; !reflect.DeepEqual(got, want) {
			c.t.Errorf("%s %s: %s is %v in the query, and %v after an import", typeName, id, name, got, want)
		}
	}
}

func TestQueriesReadAllPages(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	for i := range 230 {
		sim.AddRestreamChannel(simulator.RestreamChannel{ChannelName: fmt.Sprintf("show_%d", i)})
	}
	if got := ids(t, c.query(channelType, map[string]any{}, 0, false)); len(got) != 230 {
		t.Errorf("%d channels were found", len(got))
	}
	if got := ids(t, c.query(channelType, map[string]any{"channel_name": "show_229"}, 0, false)); len(got) != 1 {
		t.Errorf("%d channels of one name were found", len(got))
	}
}

// An error, wherever it happens, is an error in the results. Nothing that looks like a whole but shorter list is given.
func TestFailedQueryReturnsNoPartialList(t *testing.T) {
	t.Parallel()
	faults := map[string]simulator.Fault{"500": {Status: 500}, "403": {Status: 403}, "reset": {Kind: simulator.FaultReset}, "not JSON": {Kind: simulator.FaultNotJSON}, "wrong shape": {Kind: simulator.FaultWrongShape}, "cut": {Kind: simulator.FaultCutBody}}
	for name, fault := range faults {
		for where, tc := range map[string]struct {
			typeName string
			config   map[string]any
			route    string
			skip     int
		}{
			"first page of channels":  {channelType, map[string]any{}, "restream.list", 0},
			"second page of channels": {channelType, map[string]any{}, "restream.list", 1},
			"contents":                {contentType, map[string]any{}, "content.list", 0},
			"quality profiles":        {profileType, map[string]any{}, "quality-profile.list", 0},
			"quality sets":            {setType, map[string]any{}, "quality-set.list", 0},
			"lives":                   {liveType, ofChannel, "channel.lives", 0},
			"sessions":                {sessionType, ofChannel, "channel.lives", 0},
		} {
			t.Run(where+"/"+name, func(t *testing.T) {
				t.Parallel()
				sim := startSimulator(t)
				newCatalogue(sim)
				for range 100 {
					sim.AddRestreamChannel(simulator.RestreamChannel{})
				}
				c := configured(t, with(settingsOf(sim), "max_retries", 0))
				fault := fault
				fault.Route, fault.Skip = tc.route, tc.skip
				sim.Inject(fault)
				list := c.query(tc.typeName, tc.config, 0, true)
				if len(list) != 1 || list[0].Identity != nil || list[0].Resource != nil || !strings.HasPrefix(list[0].Said, "ERROR") || !strings.Contains(list[0].Said, "could not be listed") {
					t.Errorf("%d results, the first says: %s", len(list), list[0].Said)
				}
				if sim.Count(tc.route) <= tc.skip {
					t.Errorf("the fault was not met: %v", sim.Routes())
				}
			})
		}
	}
}

// A channel that cannot be read is an error that names it, in its place, and the others are told all the same.
func TestQueriedChannelThatCannotBeReadIsAnErrorOnItsResult(t *testing.T) {
	t.Parallel()
	for _, route := range []string{"restream.get", "platforms.list"} {
		t.Run(route, func(t *testing.T) {
			t.Parallel()
			sim := startSimulator(t)
			all := newCatalogue(sim)
			c := configured(t, with(settingsOf(sim), "max_retries", 0))
			sim.Inject(simulator.Fault{Route: route, Skip: 1, Times: 1, Status: 500})
			list := c.query(channelType, map[string]any{}, 0, true)
			if len(list) != len(all.channels) {
				t.Fatalf("%d results, want %d", len(list), len(all.channels))
			}
			for i, one := range list {
				if failed := strings.HasPrefix(one.Said, "ERROR"); failed != (i == 1) || !failed && one.Identity["channel_id"] != all.channels[i] || failed && !strings.Contains(one.Said, fmt.Sprint(all.channels[1])) {
					t.Errorf("result %d is %v and says: %s", i, one.Identity, one.Said)
				}
			}
		})
	}
}

func TestQueryOfAMissingObjectIsAnError(t *testing.T) {
	t.Parallel()
	sim, c := world(t)
	for name, tc := range map[string]struct {
		typeName string
		config   map[string]any
		words    string
	}{
		"no channel id":          {liveType, map[string]any{"channel_id": ""}, "is empty"},
		"unknown status":         {sessionType, ofChannelWith("LIVE"), "ON_AIR"},
		"another's channel":      {sessionType, map[string]any{"channel_id": simulator.ForeignChannelID}, "must own the channel"},
		"no such channel":        {liveType, map[string]any{"channel_id": "4999"}, "Lives could not be listed"},
		"a status of no content": {contentType, map[string]any{"status": "DELETED"}, "PROCESSING_FAIL"},
	} {
		list := c.query(tc.typeName, tc.config, 0, false)
		if len(list) != 1 || !strings.HasPrefix(list[0].Said, "ERROR") || !strings.Contains(list[0].Said, tc.words) {
			t.Errorf("%s: %+v", name, list)
		}
	}
	mustHaveWritten(t, sim)
	settings := settingsOf(sim)
	delete(settings, "prism")
	delete(settings, "access_key")
	without := configured(t, settings)
	for _, typeName := range []string{channelType, contentType, profileType, setType, liveType, sessionType} {
		config := map[string]any{}
		if strings.HasPrefix(typeName, "prism") {
			config = ofChannel
		}
		if list := without.query(typeName, config, 0, false); len(list) != 1 || !strings.Contains(list[0].Said, "is not configured") {
			t.Errorf("%s without settings: %+v", typeName, list)
		}
	}
}
