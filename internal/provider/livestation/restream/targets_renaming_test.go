package restream_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance/livestationtest"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// renaming is a set of targets under the labels that they have first and under those that they get, and the order in which the
// service lists them in between.
type renaming struct {
	Before, After acceptance.Values
	Order         []int
}

// drawRenaming makes up to five targets that resemble each other as much as they can, gives them other labels, some of which are
// those of other targets, and moves some keys from their stored to their write-only form.
func drawRenaming(t *rapid.T) renaming {
	count := rapid.IntRange(1, 5).Draw(t, "targets")
	labels := rapid.Permutation([]string{"a", "b", "c", "d", "e", "f", "g"}).Draw(t, "labels")
	again := rapid.Permutation(labels).Draw(t, "labels again")
	r := renaming{acceptance.Values{}, acceptance.Values{}, rapid.Permutation([]int{0, 1, 2, 3, 4}[:count]).Draw(t, "order")}
	for i := range count {
		before := acceptance.Values{
			"target_name": rapid.SampledFrom([]string{"CUSTOM", "CUSTOM", "CUSTOM", "YOUTUBE"}).Draw(t, "name"),
			"rtmp_url":    rapid.SampledFrom([]string{"rtmp://a.example.net/live", "rtmp://a.example.net/live", "rtmp://b.example.net/live"}).Draw(t, "address"),
		}
		after := maps.Clone(before)
		key := rapid.SampledFrom([]string{"key-0", "key-1", "key-2", "other-0"}).Draw(t, "key")
		stored := acceptance.Values{"stream_key": key}
		writeOnly := acceptance.Values{"stream_key_wo": key, "stream_key_wo_version": rapid.IntRange(1, 2).Draw(t, "version")}
		switch rapid.SampledFrom([]string{"stored", "write-only", "moved", "moved back"}).Draw(t, "form") {
		case "stored":
			maps.Copy(before, stored)
			maps.Copy(after, stored)
		case "write-only":
			maps.Copy(before, writeOnly)
			maps.Copy(after, writeOnly)
		case "moved":
			maps.Copy(before, stored)
			maps.Copy(after, writeOnly)
		case "moved back":
			maps.Copy(before, writeOnly)
			maps.Copy(after, stored)
		}
		if rapid.Bool().Draw(t, "has user") {
			user := acceptance.Values{"auth_id": rapid.SampledFrom([]string{"olive", "mango"}).Draw(t, "user"), "auth_password": "pass"}
			maps.Copy(before, user)
			maps.Copy(after, user)
		}
		r.Before[labels[i]], r.After[again[i]] = before, after
	}
	return r
}

// apply makes a channel of the targets, puts it on air, lists its targets in another order and renames them.
func (r renaming) apply(t *testing.T, p *acceptance.Protocol, sim *simulator.Simulator) error {
	config := func(targets acceptance.Values) acceptance.Values {
		return acceptance.Values{"channel_name": "evening_show", "plan_type": "PROFESSIONAL", "restream": targets}
	}
	channel := p.Create(channelType, config(r.Before))
	id := theChannel(t, sim).ChannelID
	defer func() { livestationtest.Must(t, sim.TerminateRestreamChannel(id)) }()
	quiet := func(when string, targets acceptance.Values) error {
		refreshed, changed, diags := p.Refresh(channelType, channel)
		plan := p.Plan(channelType, refreshed, config(targets))
		channel = refreshed
		if said := slices.Concat(diags, plan.Diagnostics); len(said) > 0 || len(changed) > 0 || p.Changes(channelType, plan) {
			return fmt.Errorf("%s: a refresh changed %q, a plan changes something: %t, and they say %q and %q",
				when, changed, p.Changes(channelType, plan), said.Errors(), said.Warnings())
		}
		return nil
	}
	if err := quiet("as created", r.Before); err != nil {
		return err
	}
	livestationtest.Must(t, sim.SetPublishing(id, true))
	livestationtest.Must(t, sim.EditRestreamChannel(id, func(channel *simulator.RestreamChannel) {
		held := slices.Clone(channel.Platforms)
		for i, from := range r.Order {
			channel.Platforms[i] = held[from]
		}
	}))
	if err := quiet("in another order", r.Before); err != nil {
		return err
	}

	sim.ResetRequests()
	plan := p.Plan(channelType, channel, config(r.After))
	if plan.Replaces || len(plan.Diagnostics) > 0 {
		return fmt.Errorf("a plan that renames targets replaces the channel: %t, and says %q and %q", plan.Replaces, plan.Errors(), plan.Warnings())
	}
	renamed, diags := p.Apply(channelType, plan)
	if len(diags) > 0 {
		return fmt.Errorf("an apply that renames targets says %q and %q", diags.Errors(), diags.Warnings())
	}
	channel = renamed
	if err := quiet("renamed", r.After); err != nil {
		return err
	}
	if writes := livestationtest.Writes(sim); len(writes) > 0 {
		return fmt.Errorf("renaming wrote %q", writes)
	}
	return r.idsFollow(acceptance.Plain(p.Attributes(channelType, channel)["restream"]), theChannel(t, sim))
}

// idsFollow fails unless each entry has the id of a target that is as it was configured.
func (r renaming) idsFollow(state any, channel simulator.RestreamChannel) error {
	for label, entry := range state.(map[string]any) {
		id, want := entry.(map[string]any)["platform_id"], r.After[label].(acceptance.Values)
		i := slices.IndexFunc(channel.Platforms, func(p simulator.Platform) bool { return fmt.Sprint(p.PlatID) == id })
		if i < 0 {
			return fmt.Errorf("%q has the id %v, and there is no such target", label, id)
		}
		key, user := want["stream_key"], ""
		if key == nil {
			key = want["stream_key_wo"]
		}
		if want["auth_id"] != nil {
			user = want["auth_id"].(string)
		}
		if got := channel.Platforms[i]; got.StreamKey != key || got.RTMPURL != want["rtmp_url"] || got.ID != user || got.TargetName != want["target_name"] {
			return fmt.Errorf("%q has the id of %+v, and is %v", label, got, want)
		}
	}
	return nil
}

// Any renaming of any set of targets, listed in any order, writes nothing, is possible while the channel streams, and is quiet at
// once, under each quirk.
func TestRestreamChannel_renamingWritesNothingUnderEachQuirk(t *testing.T) {
	livestationtest.EveryQuirk(t, simulator.ObjectChannel, func(t *testing.T, sim *simulator.Simulator, _ simulator.Quirk) {
		p := livestationtest.Configured(t, sim, nil)
		for seed := range 5 {
			if err := rapid.Custom(drawRenaming).Example(seed).apply(t, p, sim); err != nil {
				t.Fatalf("seed %d: %s", seed, err)
			}
		}
	})
}

// Under several quirks together it is so too.
func TestRestreamChannel_renamingWritesNothingUnderSeveralQuirks(t *testing.T) {
	sim := acceptance.Start(t)
	p := livestationtest.Configured(t, sim, nil)
	quirks := simulator.QuirksOf(simulator.ObjectChannel)
	rapid.Check(t, func(rt *rapid.T) {
		for _, quirk := range quirks {
			sim.SetQuirk(quirk.Name, false)
		}
		for _, i := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(quirks)-1), 0, 4, rapid.ID).Draw(rt, "quirks") {
			sim.SetQuirk(quirks[i].Name, true)
		}
		if err := drawRenaming(rt).apply(t, p, sim); err != nil {
			rt.Fatal(err)
		}
	})
}
