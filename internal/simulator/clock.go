package simulator

import "time"

// korea is the zone both services print local times in. Korea has had no daylight saving since 1988, so a fixed offset
// serves and no zone database is needed.
var korea = time.FixedZone("KST", 9*60*60)

// clock keeps two times apart. The world's clock drives state machines and every time inside an answer; the gateway's
// clock judges signatures and writes the Date header. Advancing the world by ten minutes must not make the gateway refuse
// every client, and a gateway whose clock is wrong must not end curtains.
type clock struct {
	world   time.Duration
	gateway time.Duration
}

// Now is the time of the simulated world.
func (s *Simulator) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

func (s *Simulator) now() time.Time { return time.Now().Add(s.clock.world) }

// Advance moves the world's clock: creations finish, schedules start and end, curtains run out, tokens expire. A negative duration moves it back,
// which lets a test make something that is already old.
func (s *Simulator) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.world += d
	s.settleCurtains()
	s.settleAllSchedules()
}

// SetClockOffset makes the gateway's clock differ from real time: client timestamps further than five minutes from it are
// refused, and the Date header shows it. Zero mends the clock.
func (s *Simulator) SetClockOffset(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.gateway = d
}

func (s *Simulator) gatewayNow() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.clock.gateway)
}

// creation says how long a new channel, schedule or curtain content is CREATING.
type creation struct {
	after time.Duration
	reads int
}

// SetCreation says how long things made from now on stay CREATING: for a time on the world's clock, for a number of reads
// of the thing itself, or both. Zero for both, the default, makes them READY at the first read.
func (s *Simulator) SetCreation(after time.Duration, reads int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.creation = creation{after: after, reads: reads}
}

// pending is what is left of a creation.
type pending struct {
	until time.Time
	reads int
}

func (s *Simulator) newPending(slow bool) pending {
	p := pending{reads: s.creation.reads}
	if s.creation.after > 0 {
		p.until = s.now().Add(s.creation.after)
	}
	if slow {
		p.reads += lateReads
	}
	return p
}

// over says whether the creation is finished, as seen by someone who only looks.
func (p *pending) over(now time.Time) bool { return p.reads <= 0 && !now.Before(p.until) }

// read is over for a read of the thing itself, which brings it one read closer.
func (p *pending) read(now time.Time) bool {
	done := p.over(now)
	if p.reads > 0 {
		p.reads--
	}
	return done
}
