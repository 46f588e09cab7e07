package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// What the simulator's demo world and the example call things.
const (
	showTitle = "Olive festival"
	lateLive  = "900018"
	stageName = "olive_stage"
)

// What the simulator's demo world has of itself: a general channel, and an edge.
const (
	seededChannel = "ls-20260102030405-Gn7Ch"
	seededEdge    = 7001
)

// day is one run of the demo.
type day struct {
	cli       *cli
	service   *service
	workspace *workspace
	out       *narrator

	showID, stageID, relayID string // the live and the channels, once they exist
}

// step is one event of the day. It acts, and says what of the outcome is not as it should be.
type step struct {
	title, story string
	play         func(*day, context.Context) error
}

var steps = []step{
	{
		"Rehearsal: a live is reserved, and a channel for viewers and a re-stream channel are created",
		"The day is prepared: a reservation for the show, a stage with its quality and its edge, a relay to YouTube and CHZZK,\n" +
			"filler for a break. Nothing is on air.",
		(*day).rehearse,
	},
	{
		"The reserved live is started",
		"The encoder sends to stage and relay, and the phase becomes on_air: prism_live_session.show puts the live on air.",
		(*day).goOnAir,
	},
	{
		"A second session on the same channel is refused",
		"A channel can have one live on air: starting somebody's late show now would end the show for all its viewers.",
		(*day).refuseLate,
	},
	{
		"A curtain is laid over the stage",
		"A break: the filler in place of the picture.",
		(*day).layCurtain,
	},
	{
		"The channel's lives are listed",
		"The data source prism_channel_lives reads what the channel has on its programme.",
		(*day).listLives,
	},
	{
		"Somebody ends the live, and the finished show stays finished",
		"The streamer ends the show in the app. A check says so, and Terraform must not put it back on air by itself.",
		(*day).endElsewhere,
	},
	{
		"A change of triggers puts it back on air",
		"The number run is in the session's triggers: counting it up is the order for another run of the same live.",
		(*day).startAgain,
	},
	{
		"One target's key is changed in place",
		"YouTube gave a new stream key. The channel, and the key that the encoder uses, must stay.\n" +
			"The encoder pauses there, since a target cannot be changed while the relay has a feed.",
		(*day).changeKey,
	},
	{
		"The show ends, and everything is destroyed",
		"The day is over: the live is stopped and the curtain removed. The encoder stops, and channels, edge and quality go.",
		(*day).destroy,
	},
}

func (d *day) play(ctx context.Context) error {
	begun := time.Now()
	for i, s := range steps {
		d.out.title("%d. %s", i+1, s.title)
		d.out.say("%s", s.story)
		if err := s.play(d, ctx); err != nil {
			if cause := context.Cause(ctx); cause != nil {
				err = cause
			}
			return fmt.Errorf("step %d, %s: %w", i+1, strings.ToLower(s.title[:1])+s.title[1:], err)
		}
	}
	d.out.title("What is left")
	if err := d.nothingLeft(ctx); err != nil {
		return fmt.Errorf("at the end of the day: %w", err)
	}
	d.out.say("\n%d steps in %.1f seconds, every one as it should be.", len(steps), time.Since(begun).Seconds())
	return nil
}

func (d *day) rehearse(ctx context.Context) error {
	seen, err := d.apply(ctx, set("phase", `"rehearsal"`))
	err = errors.Join(err, seen.expectWrites("live.create", "quality-profile.create", "quality-set.create", "channel.create", "restream.create", "content.create"),
		expect(len(seen.Channels) == 1, "there must be one re-stream channel, and there are %d", len(seen.Channels)))
	for _, live := range seen.Lives {
		if live.Title == showTitle {
			d.showID = live.LiveID
		}
	}
	for _, channel := range seen.General {
		if channel.ChannelName == stageName {
			d.stageID = channel.ChannelID
			d.out.fact("channel %s (%s) is %s", channel.ChannelID, channel.ChannelName, channel.Status)
		}
	}
	if err = errors.Join(err, expect(d.stageID != "", "there must be a channel %s", stageName), d.expectShow(seen, "RESERVED", 0)); err != nil {
		return err
	}
	channel := seen.Channels[0]
	d.relayID = channel.ChannelID
	if err := expect(channel.Platforms == 2, "channel %s must have 2 targets, and has %d", channel.ChannelID, channel.Platforms); err != nil {
		return err
	}
	d.out.fact("channel %s (%s) is %s with %d targets", channel.ChannelID, channel.ChannelName, channel.Status, channel.Platforms)
	return nil
}

func (d *day) goOnAir(ctx context.Context) error {
	if err := errors.Join(d.service.feedStage(ctx, d.stageID, true), d.service.feedRelay(ctx, d.relayID, true)); err != nil {
		return err
	}
	d.out.say("  (the encoder sends to channels %s and %s)", d.stageID, d.relayID)
	seen, err := d.apply(ctx, set("phase", `"on_air"`))
	return errors.Join(err, seen.expectWrites("live.start"), d.expectShow(seen, "ON_AIR", 1))
}

func (d *day) refuseLate(ctx context.Context) error {
	result, seen, err := d.run(ctx, []setting{set("late_show", "true")}, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	refusal := result.errors()
	err = errors.Join(
		expect(result.exit == 1, "the apply must fail, and its exit code is %d", result.exit),
		expect(strings.Contains(refusal, d.showID) && strings.Contains(refusal, showTitle),
			"the refusal must name live %s %q, and is: %s", d.showID, showTitle, refusal),
		seen.expectWrites(), d.expectShow(seen, "ON_AIR", 1),
		expect(seen.live(lateLive).Starts == 0, "live %s must not have been started", lateLive),
	)
	if err == nil {
		d.out.fact("refused before anything was sent, and live %s %q is untouched", d.showID, showTitle)
	}
	return err
}

func (d *day) layCurtain(ctx context.Context) error {
	seen, err := d.apply(ctx, set("late_show", "false"), set("curtain", "true"))
	err = errors.Join(err, seen.expectWrites("curtain.insert"),
		expect(len(seen.Curtains) == 1, "one curtain must be on, and there are %d", len(seen.Curtains)))
	if err != nil {
		return err
	}
	curtain := seen.Curtains[0]
	if err := expect(curtain.ChannelID == d.stageID, "the curtain must be on channel %s, and is on %s", d.stageID, curtain.ChannelID); err != nil {
		return err
	}
	d.out.fact("a curtain hangs over channel %s with contents %v, and would end by itself after %s",
		curtain.ChannelID, curtain.ContentIDs, curtain.EndsAt.Sub(curtain.StartedAt).Round(time.Second))
	return nil
}

func (d *day) listLives(ctx context.Context) error {
	seen, err := d.apply(ctx)
	if err = errors.Join(err, seen.expectWrites()); err != nil {
		return err
	}
	lives, err := d.cli.channelLives(ctx)
	if err != nil {
		return err
	}
	var listed []string
	for _, live := range lives {
		listed = append(listed, live.LiveID+" "+live.Status)
		d.out.fact("live %s %q, reserved for %s: %s", live.LiveID, live.Title, live.ReservedAt, live.Status)
	}
	want := []string{"900017 RESERVED", lateLive + " RESERVED", "900019 END", d.showID + " ON_AIR"}
	slices.Sort(listed)
	slices.Sort(want)
	return expect(slices.Equal(listed, want), "the lives listed must be %s, and are %s", strings.Join(want, ", "), strings.Join(listed, ", "))
}

func (d *day) endElsewhere(ctx context.Context) error {
	if err := d.service.endLive(ctx, d.showID); err != nil {
		return err
	}
	d.out.say("  (live %s is ended in the app)", d.showID)
	result, seen, err := d.run(ctx, nil, "plan", "-detailed-exitcode")
	if err != nil {
		return err
	}
	err = errors.Join(
		expect(result.exit == 0 && len(result.planned) == 0,
			"the plan must change nothing (exit code 0), and its exit code is %d with: %s", result.exit, strings.Join(result.planned, ", ")),
		seen.expectWrites(), d.expectShow(seen, "END", 1))
	if err == nil {
		d.out.fact("exit code 0: nothing to change")
	}
	return err
}

func (d *day) startAgain(ctx context.Context) error {
	seen, err := d.apply(ctx, set("run", "2"))
	return errors.Join(err, seen.expectWrites("live.start"), d.expectShow(seen, "ON_AIR", 2))
}

func (d *day) changeKey(ctx context.Context) error {
	if err := d.service.feedRelay(ctx, d.relayID, false); err != nil {
		return err
	}
	d.out.say("  (the encoder pauses)")
	d.cli.env["TF_VAR_stream_keys"] = `{"youtube":"another-made-up-key","chzzk":"made-up-chzzk-key"}`
	d.out.command(`export TF_VAR_stream_keys='{"youtube":"...","chzzk":"..."}'`)
	seen, err := d.apply(ctx)
	err = errors.Join(err, seen.expectWrites("platforms.update"),
		expect(len(seen.Channels) == 1 && seen.Channels[0].ChannelID == d.relayID,
			"channel %s must still be the only one, and there are: %v", d.relayID, seen.Channels))
	if err == nil {
		d.out.fact("one target was edited, and the channel is still %s", d.relayID)
	}
	return err
}

func (d *day) destroy(ctx context.Context) error {
	seen, err := d.apply(ctx, set("phase", `"wrap"`))
	if err := errors.Join(err, seen.expectWrites("live.stop", "curtain.remove"), d.expectShow(seen, "END", 2)); err != nil {
		return err
	}
	if err := d.service.feedStage(ctx, d.stageID, false); err != nil {
		return err
	}
	d.out.say("  (the encoder stops)")
	result, seen, err := d.run(ctx, nil, "destroy", "-auto-approve")
	if err != nil {
		return err
	}
	return errors.Join(result.expectSuccess(), seen.expectWrites("restream.delete", "content.delete",
		"channel.delete", "edge.stop", "edge.delete", "quality-set.delete", "quality-profile.delete"))
}

// nothingLeft asks the simulator, not the state.
func (d *day) nothingLeft(ctx context.Context) error {
	left, err := d.service.records(ctx, 0)
	if err != nil {
		return err
	}
	err = errors.Join(
		expect(len(left.OnAir) == 0, "something is still on air: %v", left.OnAir),
		expect(len(left.Channels) == 0, "a re-stream channel is left, and would cost money: %v", left.Channels),
		expect(len(left.General) == 1 && left.General[0].ChannelID == seededChannel, "only general channel %s may be left, and there are: %v", seededChannel, left.General),
		expect(len(left.Edges) == 1 && left.Edges[0].EdgeID == seededEdge, "an edge is left, and would cost money: %v", left.Edges),
		expect(len(left.Curtains) == 0, "a curtain is still on: %v", left.Curtains),
		expect(len(left.Cuts) == 0, "a live was cut by the start of another: %v", left.Cuts),
	)
	if err == nil {
		d.out.fact("nothing is on air, neither of the channels is left, nor the edge, and no curtain is on")
		d.out.fact("no live was cut all day; the services saw %d requests, of which %d changed something", len(left.Requests), len(left.writes()))
	}
	return err
}

// apply runs an apply that must succeed, and gives what the service saw of it.
func (d *day) apply(ctx context.Context, settings ...setting) (records, error) {
	result, seen, err := d.run(ctx, settings, "apply", "-auto-approve")
	return seen, errors.Join(err, result.expectSuccess())
}

// run changes settings, runs one command of the CLI and tells both sides of it.
func (d *day) run(ctx context.Context, settings []setting, command string, flags ...string) (outcome, records, error) {
	before, err := d.service.records(ctx, 0)
	if err != nil {
		return outcome{}, records{}, err
	}
	for _, s := range settings {
		d.out.setting(s)
	}
	if err := d.workspace.apply(settings); err != nil {
		return outcome{}, records{}, err
	}
	d.out.command("%s %s", d.cli.name, strings.Join(append([]string{command}, flags...), " "))
	result, err := d.cli.run(ctx, command, flags...)
	if err != nil {
		return outcome{}, records{}, err
	}
	d.out.outcome(d.cli.name, result)
	seen, err := d.service.records(ctx, before.lastRequest())
	if err != nil {
		return outcome{}, records{}, err
	}
	d.out.requests(seen)
	return result, seen, nil
}

// expectShow checks the show, and that nobody was cut for it.
func (d *day) expectShow(seen records, status string, starts int) error {
	live := seen.live(d.showID)
	err := errors.Join(
		expect(live.Status == status, "live %s %q must be %s at the service, and is %s", d.showID, showTitle, status, live.Status),
		expect(live.Starts == starts, "live %s %q must have been started %d time(s), and was %d", d.showID, showTitle, starts, live.Starts),
		expect(len(seen.Cuts) == 0, "no live may be cut by the start of another, and these were: %v", seen.Cuts),
	)
	if err == nil {
		d.out.fact("at the service, live %s %q is %s", live.LiveID, live.Title, live.Status)
	}
	return err
}

// expect is nil if the condition holds, and otherwise a sentence about what does not.
func expect(holds bool, format string, args ...any) error {
	if holds {
		return nil
	}
	return fmt.Errorf(format, args...)
}
