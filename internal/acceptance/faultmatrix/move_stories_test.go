package faultmatrix

import (
	"fmt"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// moveStories are those of replacements, hand-overs and renames of what is on air.
func moveStories() []story {
	begin, lay, make1 := effects{starts: 1}, effects{curtains: 1}, effects{channels: 1}
	named := func(name string) func(s *stage) []declared {
		return func(s *stage) []declared { return []declared{session(name, s.live)} }
	}
	ofOther := func(name string) func(s *stage) []declared {
		return func(s *stage) []declared { return []declared{session(name, s.other)} }
	}
	showOver, otherOver := func(s *stage) { s.over(s.live) }, func(s *stage) { s.over(s.other) }
	curtainOver := func(s *stage) { time.Sleep(11 * time.Minute) }
	curtain := func(name string) func(s *stage) []declared {
		return func(s *stage) []declared {
			block := interval(1)(s)[0]
			block.name = name
			return []declared{block}
		}
	}
	channel := blocks(evening(firstHook, secretsOfTargets[0], "evening_show"))
	stream := func(on bool) func(s *stage) {
		return func(s *stage) {
			object := s.find(channelType, "test")
			if err := s.sim.SetPublishing(fmt.Sprint(s.attribute(object, "channel_id")), on); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	return []story{
		{name: "session replaced by another live's", tells: after(3), prior: ofOther("test"), config: show(), wanted: begin},
		{name: "session replaced by another live's, created first", tells: after(4), moves: moves{createFirst: true}, prior: ofOther("test"), config: show(), wanted: begin, refused: true, clear: otherOver},
		{name: "session replaced by another live's, created first with consent", tells: after(4), moves: moves{createFirst: true}, prior: ofOther("test"), config: replacing, wanted: begin, consent: onlyTheOther},
		{name: "session replaced by force", tells: after(1), moves: moves{forced: true}, prior: show(), config: show(), wanted: begin, refused: true, clear: showOver},
		{name: "session replaced by force, created first", tells: after(1), moves: moves{forced: true, createFirst: true}, prior: show(), config: show()},
		{name: "session handed over between objects", tells: after(1), prior: ofOther("other"), config: show(), wanted: begin},
		{name: "session handed over between objects, created first", tells: after(1), moves: moves{newFirst: true}, prior: ofOther("other"), config: show(), wanted: begin, refused: true, clear: otherOver},
		{name: "session renamed", tells: after(1), prior: named("old"), config: show(), wanted: begin},
		{name: "session renamed, created first", tells: after(1), moves: moves{newFirst: true}, prior: named("old"), config: show(), again: begin},
		{name: "curtain replaced by force", tells: writes, moves: moves{forced: true}, prior: interval(1), config: interval(1), wanted: lay, refused: true, clear: curtainOver},
		{name: "curtain replaced, created first", tells: writes, moves: moves{createFirst: true}, prior: interval(1), config: interval(2), wanted: lay, refused: true, clear: curtainOver},
		{name: "curtain renamed", believes: noneIsOn, tells: writes, prior: curtain("old"), config: interval(1), wanted: lay},
		{name: "general channel replaced by force while it streams", tells: writes, moves: moves{forced: true}, prior: studio("force_destroy", true), meanwhile: encoder(true), config: studio("force_destroy", true), wanted: effects{generals: 1}, refused: true, clear: encoder(false)},
		{name: "channel replaced by force while it streams", tells: writes, moves: moves{forced: true}, prior: channel, meanwhile: stream(true), config: channel, wanted: make1, refused: true, clear: stream(false)},
	}
}

// over ends a live as its streamer does, if it is on air.
func (s *stage) over(live string) {
	if now, _ := s.sim.Live(live); now.Status != simulator.LiveOnAir {
		return
	}
	if err := s.sim.EndLive(live); err != nil {
		s.t.Fatal(err)
	}
}
