package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// todayCommit is what distance is compared with; the Makefile builds it from git.
const todayCommit = "a99ab63"

// farthest is the round trip that bounds are set for.
const farthest = 150 * time.Millisecond

// tenObjects are as many as the CLI works on at once.
const tenObjects = 10

// toTheStart is the time from the begin of the apply of a saved plan to the request that starts the live.
const toTheStart = "saved plan to the start of its live"

// distant is what something takes from afar, a sample per round each.
type distant struct {
	what, http  string
	roundTrip   time.Duration
	ours, today []cost
}

// fromAfar measures what round trips cost, those of connections included, beside an earlier build.
func (b *bench) fromAfar() (all []distant, err error) {
	if b.today == "" {
		return nil, nil
	}
	defer func() { err = errors.Join(err, b.services.SetRoundTrip(0)) }()
	rc, err := b.cliConfiguration("plugins-today", b.today)
	if err != nil {
		return nil, err
	}
	for i, endpoint := range []string{b.services.FarHTTP1, b.services.FarHTTP2} {
		ours := b.reaching(endpoint)
		today := append(slices.Clip(ours), "TF_CLI_CONFIG_FILE="+rc)
		for _, roundTrip := range []time.Duration{20 * time.Millisecond, farthest} {
			for _, k := range kinds {
				if k.requests(tenObjects) != tenObjects || k.shared || k.unknownToday {
					continue
				}
				one := distant{what: k.name, http: fmt.Sprintf("HTTP/%d", i+1), roundTrip: roundTrip}
				if err := b.refreshFromAfar(&one, k, ours, today); err != nil {
					return nil, fmt.Errorf("%s, %s, %s away: %w", one.what, one.http, roundTrip, err)
				}
				all = append(all, one)
			}
			one := distant{what: toTheStart, http: fmt.Sprintf("HTTP/%d", i+1), roundTrip: roundTrip}
			if err := b.startFromAfar(&one, ours, today); err != nil {
				return nil, fmt.Errorf("%s, %s, %s away: %w", one.what, one.http, roundTrip, err)
			}
			all = append(all, one)
		}
	}
	return all, nil
}

// inTurn measures both once per round; who begins changes.
func (b *bench) inTurn(one *distant, ours, today func() (cost, error)) error {
	for round := range b.rounds {
		for i := range 2 {
			measure, samples := ours, &one.ours
			if (round+i)%2 == 1 {
				measure, samples = today, &one.today
			}
			took, err := measure()
			if err != nil {
				return err
			}
			*samples = append(*samples, took)
		}
	}
	return nil
}

// refreshFromAfar lets each build refresh a state of its own: what one marks as sensitive and the other does not is a change.
func (b *bench) refreshFromAfar(one *distant, k kind, ours, today []string) error {
	if err := b.services.NewWorld(k.world(tenObjects)); err != nil {
		return err
	}
	if err := b.services.SetRoundTrip(0); err != nil {
		return err
	}
	var measures []func() (cost, error)
	for build, environment := range [][]string{ours, today} {
		w, err := b.workspace(fmt.Sprintf("afar-%s-%s-%s-%d", slug(k.name), slug(one.http), one.roundTrip, build), k.configuration(tenObjects))
		if err != nil {
			return err
		}
		w = w.in(environment)
		if err := w.holds(stateOf(source+"livestation", k.resource, tenObjects, k.state)); err != nil {
			return err
		}
		measures = append(measures, func() (cost, error) { return w.plan(parallelism) })
	}
	if err := b.services.SetRoundTrip(one.roundTrip); err != nil {
		return err
	}
	return b.inTurn(one, measures[0], measures[1])
}

func (b *bench) startFromAfar(one *distant, ours, today []string) error {
	w, err := b.workspace(fmt.Sprintf("afar-start-%s-%s", slug(one.http), one.roundTrip), requirement("livestation")+counted("prism_live_session", 1, fmt.Sprintf(`
  provider = livestation
  live_id  = "%d"`, service.FirstOwnLive)))
	if err != nil {
		return err
	}
	measure := func(w *workspace) (took cost, err error) {
		// A state would have the next plan find the live of a world that is gone.
		if err := w.forget(); err != nil {
			return took, err
		}
		if err := errors.Join(b.services.NewWorld(service.World{OwnLives: 1, Reserved: true}), b.services.SetRoundTrip(0)); err != nil {
			return took, err
		}
		if _, _, err := w.run("plan", "-input=false", "-out=saved"); err != nil {
			return took, err
		}
		if err := b.services.SetRoundTrip(one.roundTrip); err != nil {
			return took, err
		}
		began := time.Now()
		if _, _, err := w.run("apply", "-input=false", "saved"); err != nil {
			return took, err
		}
		sent, err := b.services.Traffic()
		if err == nil && sent.Started.Before(began) {
			err = errors.New("the apply started no live")
		}
		return cost{wall: sent.Started.Sub(began)}, err
	}
	return b.inTurn(one, func() (cost, error) { return measure(w.in(ours)) }, func() (cost, error) { return measure(w.in(today)) })
}

func (r results) afarTable() table {
	t := table{
		title: "Round trips", names: 3,
		note: fmt.Sprintf("Over TLS, with a proxy that delays each direction by half a round trip, and first bytes by one more for TCP's handshake, beside the build of %s. "+
			"Plans with refresh of %d objects at once, and the time until a live is started.", todayCommit, tenObjects),
		columns: []string{"object", "round trip", "protocol", "ours", todayCommit, "ours / " + todayCommit},
	}
	for _, one := range r.distances {
		t.rows = append(t.rows, []string{
			one.what, one.roundTrip.String(), one.http, seconds(median(one.ours, wall)), seconds(median(one.today, wall)), times(ratio(one.ours, one.today, wall)),
		})
	}
	return t
}
