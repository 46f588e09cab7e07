package simulator

import "fmt"

// PrismChannel is a streamer's channel in the customer's service.
type PrismChannel struct {
	ChannelID     string
	OwnerID       string
	Name          string
	Disabled      bool // cannot start a live
	Link          string
	Description   string
	Tags          string // separated by ;
	ThumbnailURL  string
	FollowerCount int64
}

// AddPrismChannel makes a channel. Without an owner it belongs to DefaultUserID.
func (s *Simulator) AddPrismChannel(spec PrismChannel) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addPrismChannel(spec)
}

func (s *Simulator) addPrismChannel(spec PrismChannel) error {
	if spec.ChannelID == "" {
		return fmt.Errorf("a PRISM channel needs an id")
	}
	if s.prismChannel(spec.ChannelID) != nil {
		return fmt.Errorf("PRISM channel %q exists", spec.ChannelID)
	}
	if spec.OwnerID == "" {
		spec.OwnerID = DefaultUserID
	}
	if spec.Name == "" {
		spec.Name = spec.ChannelID
	}
	if spec.Link == "" {
		spec.Link = "https://stream.example/c/" + spec.ChannelID
	}
	s.prism.channels = append(s.prism.channels, &spec)
	return nil
}

// EditPrismChannel changes a channel behind the back of the API. edit must not call the Simulator.
func (s *Simulator) EditPrismChannel(id string, edit func(*PrismChannel)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	channel := s.prismChannel(id)
	if channel == nil {
		return fmt.Errorf("no PRISM channel %q", id)
	}
	edit(channel)
	return nil
}

func (s *Simulator) prismChannel(id string) *PrismChannel {
	for _, channel := range s.prism.channels {
		if channel.ChannelID == id {
			return channel
		}
	}
	return nil
}

// ownChannel is the channel of a request, or the refusal: only the owner sees it.
func (s *Simulator) ownChannel(c *call) (*PrismChannel, answer) {
	channel := s.prismChannel(c.params["channel"])
	if channel == nil {
		return nil, s.prismMissing(c, prismNoChannel)
	}
	if channel.OwnerID != c.user.ID {
		return nil, s.foreign(c, prismNoChannel)
	}
	return channel, answer{}
}

func (s *Simulator) foreign(c *call, missing prismFault) answer {
	if s.on(QuirkForeignAsMissing) {
		return s.prismMissing(c, missing)
	}
	return s.prismRefuse(prismForbidden, "it belongs to another user")
}

func (s *Simulator) listPrismChannels(c *call) answer {
	items := []object{}
	for _, channel := range s.prism.channels {
		if channel.OwnerID == c.user.ID {
			items = append(items, s.showPrismChannel(channel))
		}
	}
	return s.prismOK(object{"userName": c.user.Name, "channels": items})
}

func (s *Simulator) getPrismChannel(c *call) answer {
	channel, refusal := s.ownChannel(c)
	if channel == nil {
		return refusal
	}
	return s.prismOK(object{"userName": c.user.Name, "channel": s.showPrismChannel(channel)})
}

// showPrismChannel prints a channel (PRISM reference 4.3).
func (s *Simulator) showPrismChannel(channel *PrismChannel) object {
	o := object{
		"channelId": s.idValue(channel.ChannelID), "channelName": channel.Name, "channelEnabled": !channel.Disabled,
		"channelLink": channel.Link, "channelDescription": orNull(channel.Description), "channelTags": orNull(channel.Tags),
		"channelThumbnailUrl": orNull(channel.ThumbnailURL), "channelFollowerCount": channel.FollowerCount,
	}
	if s.on(QuirkChannelEnabledAbsent) && !channel.Disabled {
		delete(o, "channelEnabled")
	}
	return o
}
