package main

import (
	"fmt"

	"github.com/ncloud-live/terraform-provider-livestation/tools/bench/service"
)

// traffic is what one command sent, by kind of object and version of HTTP.
type traffic struct {
	kind     string
	http     string
	objects  int
	commands []commandTraffic
}

type commandTraffic struct {
	command     string
	requests    int
	connections int64
}

// made is a kind whose whole life is counted.
type made struct {
	kind  string
	n     int
	world service.World
}

// trafficObjects is more than the parallelism, so that connections could be too many. An account has no more than ten contents.
const trafficObjects = 20

var lifes = []made{
	{"re-stream channel", trafficObjects, service.World{}},
	{"curtain, running", trafficObjects, service.World{GeneralChannels: trafficObjects}},
	{"curtain content", 8, service.World{}},
	{"live, shared channels", trafficObjects, service.World{}},
	{"session, own channels", trafficObjects, service.World{OwnLives: trafficObjects, Reserved: true}},
	{"general channel", trafficObjects, service.World{}},
	{"VOD2LIVE channel", trafficObjects, service.World{}},
	{"quality profile", trafficObjects, service.World{}},
	{"quality set", trafficObjects, service.World{}},
	{"schedule", trafficObjects, service.World{VODChannels: trafficObjects}},
}

// traffics counts what each command of a whole life sends.
func (b *bench) traffics() (all []traffic, err error) {
	for i, endpoint := range []string{b.services.HTTP1, b.services.HTTP2} {
		for _, one := range lifes {
			if err := b.services.NewWorld(one.world); err != nil {
				return nil, err
			}
			counted, err := b.life(one, fmt.Sprintf("HTTP/%d", i+1), endpoint)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", one.kind, err)
			}
			all = append(all, counted)
		}
	}
	return all, nil
}

func (b *bench) life(one made, http, endpoint string) (traffic, error) {
	counted := traffic{kind: one.kind, http: http, objects: one.n}
	var k kind
	for _, candidate := range kinds {
		if candidate.name == one.kind {
			k = candidate
		}
	}
	w, err := b.workspace("traffic-"+slug(one.kind)+"-"+slug(http), k.configuration(one.n))
	if err != nil {
		return counted, err
	}
	w = w.in(b.reaching(endpoint))
	for _, step := range []struct {
		name      string
		arguments []string
	}{
		{"validate", []string{"validate"}},
		{"plan to create", []string{"plan", "-input=false"}},
		{"create", []string{"apply", "-input=false", "-auto-approve", "-refresh=false"}},
		{"refresh", []string{"plan", "-input=false", "-detailed-exitcode"}},
		{"destroy", []string{"destroy", "-input=false", "-auto-approve", "-refresh=false"}},
	} {
		if _, _, err := w.run(step.arguments...); err != nil {
			return counted, err
		}
		sent, err := b.services.Traffic()
		if err != nil {
			return counted, err
		}
		counted.commands = append(counted.commands, commandTraffic{step.name, sent.Sum(), sent.Connections})
	}
	return counted, nil
}
