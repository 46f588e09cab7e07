package simulator

import (
	"regexp"
	"slices"
	"strconv"
	"time"
)

// Where a quality profile or set comes from.
const (
	GenCustom = "CUSTOM" // made by the account
	GenSystem = "SYSTEM" // the service's own, which nobody can delete
)

// QualityProfile is one picture and sound (API reference livestation-channels.md 4.1).
type QualityProfile struct {
	ID          int64
	Name        string
	Type        string // NORMAL, AUDIO or BYPASS
	GenType     string // GenCustom or GenSystem
	Video       *QualityVideo
	Audio       QualityAudio
	CreatedTime time.Time
}

// QualityVideo is the picture of a profile.
type QualityVideo struct {
	Codec       string
	Profile     string // BASELINE, MAIN or HIGH
	Level       int64
	Width       int64
	Height      int64
	FPS         float64
	Bitrate     int64 // bits per second
	RefFrames   int64
	RateControl string // VBR or CBR
	BFrames     int64
	Bypass      bool
	Orientation string // FIX or FREEFIX
}

// QualityAudio is the sound of a profile.
type QualityAudio struct {
	Codec      string
	Profile    string
	SampleRate int64 // Hz
	Channels   int64
	Bitrate    int64 // kilobits per second
	Bypass     bool
}

var qualityNamePattern = regexp.MustCompile(`^[A-Za-z0-9-]{3,20}$`)

func (p *QualityProfile) copy() QualityProfile {
	d := *p
	if p.Video != nil {
		video := *p.Video
		d.Video = &video
	}
	return d
}

// AddQualityProfile makes a quality profile behind the back of the API and gives its id: CUSTOM, NORMAL and 1280x720
// unless told otherwise. A profile of type BYPASS passes the source through.
func (s *Simulator) AddQualityProfile(spec QualityProfile) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addQualityProfile(spec)
}

func (s *Simulator) addQualityProfile(spec QualityProfile) int64 {
	spec = spec.copy()
	if spec.ID == 0 {
		spec.ID = s.nextNumber()
	}
	for field, value := range map[*string]string{
		&spec.Name: "720p", &spec.Type: "NORMAL", &spec.GenType: GenCustom, &spec.Audio.Codec: "AAC", &spec.Audio.Profile: "LC",
	} {
		if *field == "" {
			*field = value
		}
	}
	if spec.Type == "NORMAL" && spec.Video == nil {
		spec.Video = &QualityVideo{Width: 1280, Height: 720, FPS: 30, Bitrate: 2_500_000, Profile: "HIGH"}
	}
	if v := spec.Video; v != nil {
		for field, value := range map[*string]string{&v.Codec: "H264", &v.Profile: "BASELINE", &v.RateControl: "VBR", &v.Orientation: "FIX"} {
			if *field == "" {
				*field = value
			}
		}
		v.Level, v.RefFrames = -1, 1
	}
	for field, value := range map[*int64]int64{&spec.Audio.SampleRate: 44100, &spec.Audio.Channels: 2, &spec.Audio.Bitrate: 128} {
		if *field == 0 {
			*field = value
		}
	}
	spec.CreatedTime = s.now()
	s.qualityProfiles = append(s.qualityProfiles, &spec)
	return spec.ID
}

// QualityProfiles lists the quality profiles, oldest first.
func (s *Simulator) QualityProfiles() []QualityProfile {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []QualityProfile
	for _, p := range s.qualityProfiles {
		all = append(all, p.copy())
	}
	return all
}

// RemoveQualityProfile makes a quality profile vanish without a trace.
func (s *Simulator) RemoveQualityProfile(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.qualityProfiles = slices.DeleteFunc(s.qualityProfiles, func(p *QualityProfile) bool { return p.ID == id })
}

func (s *Simulator) qualityProfileByID(id int64) *QualityProfile {
	for _, p := range s.qualityProfiles {
		if p.ID == id {
			return p
		}
	}
	return nil
}

func (s *Simulator) createQualityProfile(c *call) answer {
	f := readFields(c.body, "name", "type", "video", "audio")
	p := QualityProfile{Name: readQualityName(f), Type: f.choice("type", "NORMAL", "AUDIO")}
	switch {
	case p.Type == "NORMAL":
		f.object("video", []string{
			"codec", "profile", "level", "width", "height", "fps", "bitrate", "videoH264ParamRefFrames", "rateControl", "bframes", "bypass", "orientation",
		}, func(t *fields) { p.Video = readQualityVideo(t) })
	case f.has("video"):
		f.fail(badValue, "video", "a profile of type AUDIO has no picture")
	}
	f.object("audio", []string{"codec", "profile", "samplerate", "channels", "bitrate", "bypass"}, func(t *fields) {
		p.Audio = readQualityAudio(t)
	})
	if f.fault != nil {
		return s.refuseBody(f.fault)
	}
	id := s.addQualityProfile(p)
	return s.content(s.showQualityProfile(s.qualityProfileByID(id)))
}

func readQualityName(f *fields) string {
	name := f.text("name")
	if f.fault == nil && !qualityNamePattern.MatchString(name) {
		f.fail(badValue, "name", "3-20 letters, digits and - are wanted")
	}
	return name
}

func readQualityVideo(f *fields) *QualityVideo {
	v := &QualityVideo{
		Codec: f.choice("codec", "H264"), Profile: f.choice("profile", "BASELINE", "MAIN", "HIGH"), Level: f.integerIn("level", -1, -1),
		Width: f.integerIn("width", 128, 1920), Height: f.integerIn("height", 96, 1920), FPS: f.number("fps"),
		Bitrate: f.integerIn("bitrate", 1, 204_800_000), RefFrames: f.optionalInt("videoH264ParamRefFrames", 1),
		RateControl: f.oneOf("rateControl", "VBR", "CBR"), BFrames: f.optionalInt("bframes", 0),
		Bypass: f.optionalFlag("bypass"), Orientation: f.oneOf("orientation", "FIX", "FREEFIX"),
	}
	if f.fault != nil {
		return v
	}
	switch {
	case v.Width%2 != 0:
		f.fail(badValue, "width", "it is even")
	case v.Height%2 != 0:
		f.fail(badValue, "height", "it is even")
	case v.FPS < 1 || v.FPS > 60:
		f.fail(badValue, "fps", "1 to 60 is wanted")
	case v.RefFrames != 1:
		f.fail(badValue, "videoH264ParamRefFrames", "1 is the only value")
	case v.BFrames < 0 || v.BFrames > 4:
		f.fail(badValue, "bframes", "0 to 4 is wanted")
	case v.Width*v.Height < 1280*720 && v.Profile != "BASELINE":
		f.fail(badValue, "profile", "below 1280x720 there is BASELINE only")
	}
	return v
}

var sampleRates = []int64{8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000}

func readQualityAudio(f *fields) QualityAudio {
	a := QualityAudio{
		Codec: f.choice("codec", "AAC", "MP3"), Profile: f.oneOf("profile", "LC"), SampleRate: f.integer("samplerate"),
		Channels: f.integerIn("channels", 1, 2), Bitrate: f.integerIn("bitrate", 1, 204_800), Bypass: f.optionalFlag("bypass"),
	}
	if f.fault == nil && !slices.Contains(sampleRates, a.SampleRate) {
		f.fail(badValue, "samplerate", "no such rate")
	}
	return a
}

func (s *Simulator) listQualityProfiles(*call) answer {
	var items []object
	for _, p := range s.qualityProfiles {
		items = append(items, s.showQualityProfile(p))
	}
	return s.contentList(items, len(items))
}

func (s *Simulator) findQualityProfile(c *call) (*QualityProfile, answer) {
	id, err := strconv.ParseInt(c.params["quality"], 10, 64)
	if err != nil {
		return nil, s.refuse(codeParamType, "Invalid parameter type qualityId", "the quality id is not a number")
	}
	p := s.qualityProfileByID(id)
	if p == nil {
		return nil, s.notFound("quality")
	}
	return p, answer{}
}

func (s *Simulator) getQualityProfile(c *call) answer {
	p, refusal := s.findQualityProfile(c)
	if p == nil {
		return refusal
	}
	return s.content(s.showQualityProfile(p))
}

func (s *Simulator) deleteQualityProfile(c *call) answer {
	p, refusal := s.findQualityProfile(c)
	if p == nil {
		return refusal
	}
	if p.GenType == GenSystem {
		return s.notAvailable("quality", "it is the service's own")
	}
	for _, set := range s.qualitySets {
		if slices.Contains(set.ProfileIDs, p.ID) && (len(s.channelsUsing(set.ID)) > 0 || !s.on(QuirkProfileInUnusedSetDeletable)) {
			return s.notAvailable("quality", "quality set "+set.Name+" has it")
		}
	}
	s.qualityProfiles = slices.DeleteFunc(s.qualityProfiles, func(other *QualityProfile) bool { return other == p })
	return emptyOK()
}

// showQualityProfile prints a profile. Values that a request may leave out are filled in.
func (s *Simulator) showQualityProfile(p *QualityProfile) object {
	bitrate := p.Audio.Bitrate
	if s.on(QuirkAudioBitrateBPS) {
		bitrate *= 1000
	}
	o := object{
		"disabled": false, "id": p.ID, "status": "CREATED", "createdTime": s.millis(p.CreatedTime), "genType": p.GenType,
		"name": p.Name, "type": p.Type,
		"audio": object{
			"codec": p.Audio.Codec, "profile": p.Audio.Profile, "samplerate": p.Audio.SampleRate, "channels": p.Audio.Channels,
			"bitrate": bitrate, "bypass": p.Audio.Bypass,
		},
	}
	if v := p.Video; v != nil {
		o["video"] = object{
			"codec": v.Codec, "profile": v.Profile, "level": v.Level, "width": v.Width, "height": v.Height, "fps": v.FPS,
			"bitrate": v.Bitrate, "videoH264ParamRefFrames": v.RefFrames, "rateControl": v.RateControl, "bframes": v.BFrames,
			"bypass": v.Bypass, "orientation": v.Orientation,
		}
	}
	return o
}
