package prism

import "sync"

// plannedSessions remembers what this run has planned for sessions so far, because Terraform plans each of them on its own.
type plannedSessions struct {
	mu sync.Mutex
	// starts has, per channel, the lives that are planned to start on it.
	starts map[string]map[string]struct{}
	// replacements has the lives whose session is planned to be replaced, which stops them first.
	replacements map[string]struct{}
	// stops has the lives that are planned to stop. Only where one session depends on another is the stop known to be planned, and
	// carried out, before the start.
	stops map[string]struct{}
}

func newPlannedSessions() plannedSessions {
	return plannedSessions{starts: map[string]map[string]struct{}{}, replacements: map[string]struct{}{}, stops: map[string]struct{}{}}
}

// PlanStart notes that a live is planned to start on a channel, and returns the ids of the others that are.
func (p *plannedSessions) PlanStart(channelID, liveID string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.starts[channelID] == nil {
		p.starts[channelID] = map[string]struct{}{}
	}
	p.starts[channelID][liveID] = struct{}{}
	var others []string
	for other := range p.starts[channelID] {
		if other != liveID {
			others = append(others, other)
		}
	}
	return others
}

// PlanReplacement notes that the session of a live is planned to be replaced.
func (p *plannedSessions) PlanReplacement(liveID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.replacements[liveID] = struct{}{}
}

// ReplacementPlanned reports whether the session of a live is planned to be replaced.
func (p *plannedSessions) ReplacementPlanned(liveID string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, ok := p.replacements[liveID]
	return ok
}

// PlanStop notes that a live is planned to be stopped.
func (p *plannedSessions) PlanStop(liveID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stops[liveID] = struct{}{}
}

// StopPlanned reports whether a live is planned to be stopped, as far as the plan has come.
func (p *plannedSessions) StopPlanned(liveID string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, ok := p.stops[liveID]
	return ok
}
