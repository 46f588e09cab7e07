package service

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/ncloud-live/terraform-provider-livestation/internal/client/livestation"
	"github.com/ncloud-live/terraform-provider-livestation/internal/client/transport"
	"github.com/ncloud-live/terraform-provider-livestation/internal/simulator"
)

// World is how much there is of each thing that a service holds. What is made of it has names and numbers that count from 0.
type World struct {
	// RestreamChannels are RestreamChannel(0), RestreamChannel(1)...
	RestreamChannels int
	// GeneralChannels are on air; Curtains of them have a curtain on.
	GeneralChannels, Curtains int
	// Contents have the ids from FirstContent on.
	Contents int
	// QualityProfiles have the ids from FirstQuality on, and QualitySets too.
	QualityProfiles, QualitySets int
	// VODChannels are VODChannel(0), VODChannel(1)...; each has a schedule from FirstSchedule on that begins at Schedules, unless that is zero.
	VODChannels int
	Schedules   time.Time
	// SharedLives have the ids from FirstLive on, and lie on SharedChannels in turn; the first of each channel is on air.
	SharedLives int
	// OwnLives have the ids from FirstOwnLive on, are on air, and each has a channel to itself.
	OwnLives int
	// Reserved says that no live is on air yet.
	Reserved bool
	// Crowd is the number of lives on the channel Crowded.
	Crowd int
	// Creation is how long channels take that are made later.
	Creation time.Duration
}

// Names and numbers by which configurations reach what a world holds.
const (
	SharedChannels = 10
	FirstContent   = 1_000
	FirstQuality   = 10_000
	FirstSchedule  = 50_000
	FirstLive      = 100_000
	FirstOwnLive   = 200_000
	Crowded        = "crowded"

	StreamKey     = "abcd-efgh-ijkl-mnop"
	TargetAddress = "rtmp://a.rtmp.youtube.com/live2"
	Bucket        = "media-bkt"
)

// RestreamChannel is the id of a re-stream channel.
func RestreamChannel(i int) string { return fmt.Sprintf("ls-20260102030405-%05d", i) }

// GeneralChannel is the id of a general channel.
func GeneralChannel(i int) string { return fmt.Sprintf("general-%d", i) }

// VODChannel is the id of a VOD2LIVE channel.
func VODChannel(i int) string { return fmt.Sprintf("vod-%d", i) }

// SharedChannel is the id of the PRISM channel of a live that shares its channel.
func SharedChannel(i int) string { return fmt.Sprintf("shared-%d", i%SharedChannels) }

// ContentFile is the file of a curtain content.
func ContentFile(i int) string { return fmt.Sprintf("/curtain/break-%d.mp4", i) }

func (w World) begin() (*simulator.Simulator, error) {
	sim, err := simulator.Start()
	if err != nil {
		return nil, err
	}
	for i := range w.RestreamChannels {
		sim.AddRestreamChannel(simulator.RestreamChannel{
			ChannelID: RestreamChannel(i), ChannelName: fmt.Sprintf("bench_%d", i),
			Platforms: []simulator.Platform{{TargetName: "YOUTUBE", RTMPURL: TargetAddress, StreamKey: StreamKey}},
		})
	}
	// One more than is asked for: a curtain needs a content.
	for i := range w.Contents + 1 {
		sim.AddCurtainContent(simulator.CurtainContent{ID: int64(FirstContent + i), Inputs: []simulator.ContentInput{{BucketName: Bucket, FilePath: ContentFile(i)}}})
	}
	for i := range w.GeneralChannels {
		sim.AddGeneralChannel(simulator.GeneralChannel{ChannelID: GeneralChannel(i), ChannelName: fmt.Sprintf("general_%d", i)})
	}
	for i := range w.QualityProfiles {
		sim.AddQualityProfile(simulator.QualityProfile{
			ID: int64(FirstQuality + i), Name: fmt.Sprintf("bench-%d", i), GenType: simulator.GenCustom, Type: "AUDIO",
			Audio: simulator.QualityAudio{Codec: "AAC", Profile: "LC", SampleRate: 44_100, Channels: 2, Bitrate: 128},
		})
	}
	for i := range w.QualitySets {
		sim.AddQualitySet(simulator.QualitySet{
			ID: int64(FirstQuality + i), Name: fmt.Sprintf("bench-%d", i), GenType: simulator.GenCustom, ProfileIDs: []int64{simulator.DefaultQualityProfileID}, SegmentDuration: 2000, SegmentCount: 3,
		})
	}
	for i := range w.VODChannels {
		sim.AddVODChannel(simulator.VODChannel{ChannelID: VODChannel(i), ChannelName: fmt.Sprintf("vod_%d", i)})
		if w.Schedules.IsZero() {
			continue
		}
		if _, err := sim.AddSchedule(simulator.Schedule{
			ID: int64(FirstSchedule + i), ChannelID: VODChannel(i), StartTime: w.Schedules, Files: []simulator.VODFile{{BucketName: Bucket, FilePath: "/shows/evening.mp4"}},
		}); err != nil {
			sim.Close()
			return nil, err
		}
	}
	if err := w.layCurtains(sim); err != nil {
		sim.Close()
		return nil, err
	}
	if err := w.plantLives(sim); err != nil {
		sim.Close()
		return nil, err
	}
	sim.SetCreation(w.Creation, 0)
	sim.ResetRequests()
	return sim, nil
}

// layCurtains goes through the service, which alone lays curtains.
func (w World) layCurtains(sim *simulator.Simulator) error {
	client := livestation.New(livestation.Config{
		Endpoint: sim.URL(), Region: "KR", AccessKey: sim.AccessKey(), SecretKey: sim.SecretKey(), Transport: transport.New(transport.Config{}),
	})
	for i := range w.Curtains {
		input := livestation.CurtainInput{ContentIDs: []int64{FirstContent}, InsertTime: 10}
		if _, err := client.InsertCurtain(context.Background(), GeneralChannel(i), input); err != nil {
			return err
		}
	}
	return nil
}

func (w World) plantLives(sim *simulator.Simulator) error {
	addChannel := func(id string) error {
		return sim.AddPrismChannel(simulator.PrismChannel{ChannelID: id, OwnerID: simulator.DefaultUserID, Name: id})
	}
	addLive := func(id int, channel, status string) {
		sim.AddLive(simulator.Live{
			LiveID: strconv.Itoa(id), ChannelID: channel, Status: status, Title: Title(id), Description: Description,
		})
	}
	for i := range SharedChannels {
		if err := addChannel(SharedChannel(i)); err != nil {
			return err
		}
	}
	for i := range w.SharedLives {
		status := simulator.LiveReserved
		if i < SharedChannels && !w.Reserved {
			status = simulator.LiveOnAir
		}
		addLive(FirstLive+i, SharedChannel(i), status)
	}
	for i := range w.OwnLives {
		channel := fmt.Sprintf("own-%d", i)
		if err := addChannel(channel); err != nil {
			return err
		}
		status := simulator.LiveOnAir
		if w.Reserved {
			status = simulator.LiveReserved
		}
		addLive(FirstOwnLive+i, channel, status)
	}
	if err := addChannel(Crowded); err != nil {
		return err
	}
	for i := range w.Crowd {
		addLive(300_000+i, Crowded, simulator.LiveReserved)
	}
	return nil
}

// Description is that of every live.
const Description = "Live from the kitchen, with guests"

// Title is that of a live with this id.
func Title(id int) string { return fmt.Sprintf("Evening show %d", id) }
