package faultmatrix

import (
	"fmt"
	"slices"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

func nobody(*stage) {}

// customQuality makes what a query of quality profiles and sets finds.
func customQuality(s *stage) {
	s.sim.AddQualitySet(simulator.QualitySet{Name: "set-hd", ProfileIDs: []int64{s.sim.AddQualityProfile(simulator.QualityProfile{Name: "hd-720"})}})
}

func readingStories() []story {
	channel := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.channel} }
	general := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.general} }
	live := func(s *stage) acceptance.Values { return acceptance.Values{"live_id": s.live} }
	streamer := func(*stage) acceptance.Values { return acceptance.Values{"channel_id": simulator.DefaultChannelID} }
	all := func(*stage) acceptance.Values { return acceptance.Values{} }

	token := ephemeral("prism_access_token", nobody, all)
	token.settings = withoutToken
	token.goal = func(s *stage) string {
		answer, _ := s.result.(map[string]any)
		if text, _ := answer["access_token"].(string); text == "" {
			return fmt.Sprintf("there is no token in %d values", len(answer))
		}
		return ""
	}
	// A list that is absent, or an array where its object should be, is how some services say that there is nothing.
	emptyList := func(st story) story {
		st.believes = func(f fault, _ simulator.Request) bool {
			return slices.Contains([]string{"an array", "data that is an array", "data without anything", "deep nesting"}, f.name)
		}
		return st
	}
	return []story{
		dataSource("livestation_restream_channel", nobody, channel),
		dataSource("livestation_restream_channels", nobody, all),
		dataSource("livestation_restream_events", nobody, channel),
		dataSource("livestation_restream_publish_log", nobody, channel),
		dataSource("livestation_channel", nobody, general),
		dataSource("livestation_curtain_contents", nobody, all),
		dataSource("livestation_quality_profiles", nobody, all),
		dataSource("livestation_quality_sets", nobody, all),
		dataSource("livestation_edge_profiles", nobody, all),
		dataSource("livestation_edges", nobody, func(*stage) acceptance.Values { return acceptance.Values{"profile_id": simulator.DefaultEdgeProfileID} }),
		dataSource("prism_live", nobody, live),
		emptyList(dataSource("prism_channel_lives", nobody, streamer)),
		emptyList(dataSource("prism_channels", nobody, all)),
		dataSource("prism_channel", nobody, streamer),
		dataSource("prism_user", nobody, all),
		ephemeral("livestation_stream_key", nobody, channel),
		reading("ephemeral livestation_stream_key of a general channel", nobody, func(p *acceptance.Protocol, s *stage) (any, acceptance.Diagnostics) {
			return plainAnswer(p.Open("livestation_stream_key", general(s)))
		}),
		ephemeral("prism_rtmp_path", nobody, live),
		token,
		list("livestation_restream_channel", nobody, all),
		list("livestation_curtain_content", nobody, all),
		list("livestation_quality_profile", customQuality, all),
		list("livestation_quality_set", customQuality, all),
		emptyList(list("prism_live", nobody, streamer)),
		emptyList(list("prism_live_session", otherOnAir, streamer)),
	}
}

// acting is a story of an action; done reports whether it has had its effect.
func acting(name, action string, config func(s *stage) acceptance.Values, done func(s *stage) bool) story {
	return story{
		name: "action " + name, prior: nothing,
		command: func(s *stage) bool {
			return s.timed(action, 2*60e9+grace, func() acceptance.Diagnostics {
				progress, diags := s.provider().Invoke(action, config(s))
				for _, message := range progress {
					s.said.WriteString(message + "\n")
				}
				return diags
			})
		},
		goal: func(s *stage) string {
			if !done(s) {
				return action + " has had no effect"
			}
			return ""
		},
	}
}

func actionStories() []story {
	live := func(s *stage) acceptance.Values { return acceptance.Values{"live_id": s.live} }
	forced := func(s *stage) acceptance.Values {
		return acceptance.Values{"live_id": s.live, "force_close_existing": true}
	}
	curtain := func(s *stage) acceptance.Values {
		return acceptance.Values{"channel_id": s.general, "content_ids": []any{s.content}, "insert_time": 10}
	}
	general := func(s *stage) acceptance.Values { return acceptance.Values{"channel_id": s.general} }
	isOnAir := func(s *stage) bool { live, _ := s.sim.Live(s.live); return live.Status == simulator.LiveOnAir }
	isOff := func(s *stage) bool { return !isOnAir(s) }
	hangs := func(s *stage) bool { return len(s.sim.ActiveCurtains()) == 1 }
	hangsNot := func(s *stage) bool { return !hangs(s) }

	start := acting("start live", "prism_start_live", live, isOnAir)
	start.wanted = effects{starts: 1}
	guarded := acting("start live beside a live on air", "prism_start_live", live, isOnAir)
	guarded.wanted, guarded.set, guarded.refused, guarded.clear = effects{starts: 1}, otherOnAir, true, otherIsOver
	force := acting("start live with consent", "prism_start_live", forced, isOnAir)
	force.tells = after(1)
	force.wanted, force.set, force.consent = effects{starts: 1}, otherOnAir, onlyTheOther
	stop := acting("stop live", "prism_stop_live", live, isOff)
	stop.set = func(s *stage) {
		if err := s.sim.StartLive(s.live); err != nil {
			s.t.Fatal(err)
		}
	}
	insert := acting("insert curtain", "livestation_insert_curtain", curtain, hangs)
	insert.wanted = effects{curtains: 1}
	remove := acting("remove curtain", "livestation_remove_curtain", general, hangsNot)
	remove.quirks = []simulator.Quirk{simulator.QuirkChannelTellsCurtain}
	remove.set = func(s *stage) {
		if !s.timed("preparation", unbounded, func() acceptance.Diagnostics {
			_, diags := s.provider().Invoke("livestation_insert_curtain", curtain(s))
			return diags
		}) {
			s.t.Fatal(s.errors)
		}
	}
	return []story{start, guarded, force, stop, insert, remove}
}
