package faultmatrix

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ncloud-live/terraform-provider-livestation/internal/acceptance"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// strangers is what exists before this configuration made anything.
type strangers struct {
	ids    map[string]bool
	starts map[string]int
}

func meet(sim *simulator.Simulator) strangers {
	s := strangers{map[string]bool{}, map[string]int{}}
	for _, channel := range sim.RestreamChannels() {
		s.ids[channelType+channel.ChannelID] = true
	}
	for _, object := range channelThings(sim) {
		s.ids[object.kind+object.id] = true
	}
	for _, content := range sim.CurtainContents() {
		s.ids[contentType+fmt.Sprint(content.ID)] = true
	}
	for _, live := range sim.Lives() {
		s.ids[liveType+live.LiveID] = true
		s.starts[live.LiveID] = live.Starts
	}
	for _, curtain := range sim.Curtains() {
		s.ids[curtainType+curtain.ChannelID+curtain.StartedAt.String()] = true
	}
	return s
}

// effectsSoFar counts all that ever took effect.
func (u *user) effectsSoFar() effects {
	sim := u.sim
	e := effects{channels: len(sim.RestreamChannels()), contents: len(sim.CurtainContents()), lives: len(sim.Lives()), curtains: len(sim.Curtains())}
	for _, live := range sim.Lives() {
		e.starts += live.Starts
	}
	u.addChannelEffects(&e)
	return e
}

// holds finds an object in state by an attribute.
func (u *user) holds(kind, attribute, value string) *held {
	for _, object := range u.state {
		if object.kind == kind && fmt.Sprint(u.attribute(object, attribute)) == value {
			return object
		}
	}
	return nil
}

// worldOf is all that the services hold, as far as calls change it.
func worldOf(sim *simulator.Simulator) string {
	var b strings.Builder
	for _, channel := range sim.RestreamChannels() {
		fmt.Fprintln(&b, channel.ChannelID, channel.Status, channel.CallbackEndpoint, channel.Platforms)
	}
	for _, content := range sim.CurtainContents() {
		fmt.Fprintln(&b, content.ID, content.Status)
	}
	for _, live := range sim.Lives() {
		fmt.Fprintln(&b, live.LiveID, live.Status, live.Starts)
	}
	for _, curtain := range sim.Curtains() {
		fmt.Fprintln(&b, curtain.ChannelID, curtain.StartedAt, curtain.EndedBy == "remove")
	}
	writeChannels(&b, sim)
	return b.String()
}

// truth is what exists and was made here.
func (u *user) truth(others strangers) []thing {
	in := func(kind, attribute, value string) bool { return u.holds(kind, attribute, value) != nil }
	var things []thing
	for _, channel := range u.sim.ActiveRestreamChannels() {
		if !others.ids[channelType+channel.ChannelID] {
			things = append(things, thing{channelType, channel.ChannelID, channel.ChannelName, in(channelType, "channel_id", channel.ChannelID)})
		}
	}
	for _, content := range u.sim.CurtainContents() {
		if id := fmt.Sprint(content.ID); !others.ids[contentType+id] && content.Status != simulator.StatusDeleted {
			things = append(things, thing{contentType, id, content.Inputs[0].FilePath, in(contentType, "content_id", id)})
		}
	}
	for _, live := range u.sim.Lives() {
		if !others.ids[liveType+live.LiveID] {
			things = append(things, thing{liveType, live.LiveID, live.Title, in(liveType, "live_id", live.LiveID)})
		}
		if live.Status == simulator.LiveOnAir && live.Starts > others.starts[live.LiveID] {
			things = append(things, thing{sessionType, live.LiveID, live.LiveID, in(sessionType, "live_id", live.LiveID)})
		}
	}
	for _, curtain := range u.sim.ActiveCurtains() {
		if !others.ids[curtainType+curtain.ChannelID+curtain.StartedAt.String()] {
			things = append(things, thing{curtainType, "", curtain.ChannelID, in(curtainType, "channel_id", curtain.ChannelID)})
		}
	}
	for _, object := range channelThings(u.sim) {
		if !others.ids[object.kind+object.id] {
			object.inState = u.hasThing(object)
			things = append(things, object)
		}
	}
	return things
}

// left are the things that a destroy must end: a live that was reserved stays, and says so, and so may an edge.
func (u *user) left(others strangers) []string {
	var list []string
	for _, t := range u.truth(others) {
		if t.kind != liveType && !u.namedEdge(t) {
			list = append(list, fmt.Sprintf("%s %s %s is left", t.kind, t.id, t.name))
		}
	}
	for _, object := range u.state {
		list = append(list, object.kind+" is left in state")
	}
	return list
}

// reached says in what truth and state differ from what is declared; "" if in nothing.
func (u *user) reached(blocks []declared) string {
	for _, object := range u.state {
		if object.deposed || !slices.ContainsFunc(blocks, object.isOf) {
			return object.kind + " is in state, and not declared"
		}
	}
	for _, block := range blocks {
		object := u.find(block.kind, block.name)
		if object == nil {
			return block.kind + " is not in state"
		}
		if problem := u.asDeclared(object, block.config); problem != "" {
			return block.kind + ": " + problem
		}
	}
	return ""
}

func (u *user) asDeclared(object *held, config acceptance.Values) string {
	text := func(name string) string { return fmt.Sprint(u.attribute(object, name)) }
	switch object.kind {
	case channelType:
		channel, _ := u.sim.RestreamChannel(text("channel_id"))
		if channel.Status != simulator.StatusReady || channel.ChannelName != config["channel_name"] {
			return fmt.Sprintf("the channel %q is %q", channel.ChannelName, channel.Status)
		}
		if callback := config["callback_endpoint"]; callback != nil && channel.CallbackEndpoint != callback {
			return fmt.Sprintf("the callback is %q", channel.CallbackEndpoint)
		}
		return targetsDiffer(channel, config)
	case contentType:
		if !slices.ContainsFunc(u.sim.CurtainContents(), func(content simulator.CurtainContent) bool {
			return fmt.Sprint(content.ID) == text("content_id") && content.Status == simulator.StatusReady
		}) {
			return "the content is not ready"
		}
	case curtainType:
		on := slices.ContainsFunc(u.sim.ActiveCurtains(), func(curtain simulator.Curtain) bool { return curtain.ChannelID == config["channel_id"] })
		if on != (text("is_live_curtain") == "true") {
			return fmt.Sprintf("a curtain is on: %t, and state says %s", on, text("is_live_curtain"))
		}
	case liveType:
		if live, ok := u.sim.Live(text("live_id")); !ok || live.Title != config["title"] {
			return fmt.Sprintf("the live exists: %t, its title is %q", ok, live.Title)
		}
	case sessionType:
		live, _ := u.sim.Live(text("live_id"))
		if wanted := config["on_air"] != false; wanted != (live.Status == simulator.LiveOnAir) && config["triggers"] != ended {
			return "the live is " + live.Status
		}
	default:
		return u.channelAsDeclared(object, config, text)
	}
	return ""
}

// ended stands in a configuration for a show that is over and stays so.
const ended = "ended"

func targetsDiffer(channel simulator.RestreamChannel, config acceptance.Values) string {
	targets, _ := config["restream"].(acceptance.Values)
	if len(targets) != len(channel.Platforms) {
		return fmt.Sprintf("%d targets", len(channel.Platforms))
	}
	for label := range targets {
		target, _ := targets[label].(acceptance.Values)
		wanted := fmt.Sprint(target["rtmp_url"])
		if !slices.ContainsFunc(channel.Platforms, func(platform simulator.Platform) bool {
			key := target["stream_key"]
			if key == nil {
				key = target["stream_key_wo"]
			}
			return platform.RTMPURL == wanted && platform.StreamKey == key && (target["auth_password"] == nil || platform.Password == target["auth_password"])
		}) {
			return "no target is as " + label + " is declared"
		}
	}
	return ""
}

// secrets are all that must never be said.
func (u *user) secrets() []string {
	list := append([]string{u.sim.AccessKey(), u.sim.SecretKey(), u.sim.AccessToken(), u.sim.ClientSecret(), u.sim.RefreshToken()}, secretsOfTargets...)
	for _, channel := range u.sim.RestreamChannels() {
		list = append(list, channel.StreamKey)
		for _, platform := range channel.Platforms {
			list = append(list, platform.StreamKey, platform.Password)
		}
	}
	for _, channel := range u.sim.GeneralChannels() {
		list = append(list, channel.StreamKey, channel.BackupStreamKey)
	}
	for _, live := range u.sim.Lives() {
		list = append(list, live.RTMPPath, live.RTMPPath[strings.LastIndex(live.RTMPPath, "/")+1:])
	}
	for _, request := range u.sim.Requests() {
		list = append(list, request.Header.Get("x-prism-access-token"), request.Header.Get("x-ncp-apigw-signature-v2"))
	}
	return list
}
