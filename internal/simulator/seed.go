package simulator

import (
	"fmt"
	"time"
)

// Seed chooses what exists when a Simulator starts.
type Seed string

// The seeds.
const (
	// SeedDefault has what every account has: quality sets of the service's own, and an edge in a profile. Beyond that it
	// has two users with one PRISM channel each, and one live of the second user. Nothing else exists.
	SeedDefault Seed = "default"
	// SeedDemo is a small believable world for people: a channel with three lives, and a general channel on air with two
	// curtain contents, on the quality set, edge and profile that every account has.
	SeedDemo Seed = "demo"
)

// What the seeds call things.
const (
	DefaultUserID    = "u-1"    // the user of AccessToken
	DefaultChannelID = "4100"   // a PRISM channel of DefaultUserID (SeedDefault)
	ForeignUserID    = "u-2"    // another user
	ForeignChannelID = "4200"   // a PRISM channel of ForeignUserID
	ForeignLiveID    = "990001" // a RESERVED live on ForeignChannelID

	DefaultQualityProfileID = int64(102)               // a system profile of 1280x720
	DefaultQualitySetID     = int64(3)                 // a system set for HLS, called 1080p
	DefaultLowLatencySetID  = int64(8)                 // a system set for LL_HLS, called ll-720p
	DefaultEdgeProfileID    = int64(11)                // an edge profile, called simulator
	DefaultEdgeID           = int64(7001)              // a RUNNING edge of it, in KOREA
	DefaultEdgeDomain       = "edge.simulator.example" // the domain of that edge

	DemoChannelID        = "ch-olive"
	DemoGeneralChannelID = "ls-20260102030405-Gn7Ch"
)

const (
	defaultAccessKey    = "SIMULATORACCESSKEY01"
	defaultSecretKey    = "simulator-secret-key-of-no-value-0123456"
	defaultAccessToken  = "at-simulator-access-token-0001"
	defaultClientID     = "simulator-client"
	defaultClientSecret = "cs-simulator-client-secret-0001" //nolint:gosec // made up, opens nothing
	defaultRefreshToken = "rt-simulator-refresh-token-0001" //nolint:gosec // made up, opens nothing
)

// plant lays the seed; the listener is not open yet, so no lock is needed.
func (s *Simulator) plant() error {
	s.plantAccount()
	s.addUser(PrismUser{ID: DefaultUserID, Name: "mina"})
	s.prism.tokens[defaultAccessToken] = &accessToken{user: DefaultUserID}
	s.prism.refresh[defaultRefreshToken] = DefaultUserID
	s.addUser(PrismUser{ID: ForeignUserID, Name: "jun"})
	errs := []error{
		s.addPrismChannel(PrismChannel{ChannelID: ForeignChannelID, OwnerID: ForeignUserID, Name: "Somebody else's TV"}),
	}
	if _, err := s.addLive(Live{LiveID: ForeignLiveID, ChannelID: ForeignChannelID, Title: "Somebody else's show"}); err != nil {
		errs = append(errs, err)
	}
	switch s.seed {
	case SeedDefault:
		errs = append(errs, s.addPrismChannel(PrismChannel{ChannelID: DefaultChannelID, OwnerID: DefaultUserID, Name: "Simulator TV"}))
	case SeedDemo:
		errs = append(errs, s.plantDemo())
	default:
		return fmt.Errorf("there is no seed %q", s.seed)
	}
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// plantAccount lays what a Live Station channel needs.
func (s *Simulator) plantAccount() {
	for _, p := range []QualityProfile{
		{ID: 101, Name: "1080p", Video: &QualityVideo{Width: 1920, Height: 1080, FPS: 30, Bitrate: 5_000_000, Profile: "HIGH"}},
		{ID: DefaultQualityProfileID, Name: "720p"},
		{ID: 103, Name: "480p", Video: &QualityVideo{Width: 854, Height: 480, FPS: 30, Bitrate: 1_000_000}},
	} {
		p.GenType = GenSystem
		s.addQualityProfile(p)
	}
	s.addQualitySet(QualitySet{ID: DefaultQualitySetID, Name: "1080p", GenType: GenSystem, ProfileIDs: []int64{101, 102, 103}})
	s.addQualitySet(QualitySet{ID: DefaultLowLatencySetID, Name: "ll-720p", GenType: GenSystem, ProfileIDs: []int64{102, 103}, LowLatency: true})
	s.addEdgeProfile(EdgeProfile{ID: DefaultEdgeProfileID, Name: "simulator"})
	s.addEdge(Edge{ID: DefaultEdgeID, Name: "simulator", Domain: DefaultEdgeDomain})
}

func (s *Simulator) plantDemo() error {
	description, tags := "Cooking in the open air", "cook;talk"
	if err := s.addPrismChannel(PrismChannel{
		ChannelID: DemoChannelID, OwnerID: DefaultUserID, Name: "Olive TV", Description: description, Tags: tags, FollowerCount: 812,
	}); err != nil {
		return err
	}
	hour := s.now().Truncate(time.Hour)
	for _, live := range []Live{
		{LiveID: "900019", Title: "Morning demo", Status: LiveEnd, ReservedAt: hour.Add(-9 * time.Hour), StartAt: hour.Add(-9 * time.Hour)},
		{LiveID: "900018", Title: "Late show", ReservedAt: hour.Add(4 * time.Hour)},
		{LiveID: "900017", Title: "Evening demo", Description: "kitchen", ReservedAt: hour.Add(time.Hour)},
	} {
		live.ChannelID = DemoChannelID
		if _, err := s.addLive(live); err != nil {
			return err
		}
	}
	s.addGeneral(GeneralChannel{ChannelID: DemoGeneralChannelID, ChannelName: "olive_live"})
	s.addContent(CurtainContent{ID: 512, Inputs: []ContentInput{{"media-bkt", "/curtain/notice.png"}}})
	s.addContent(CurtainContent{ID: 513, Inputs: []ContentInput{{"media-bkt", "/curtain/break.mp4"}}})
	return nil
}
