package prism

import "sync"

// plannedSessions remembers what this run has read and planned of sessions so far, because Terraform plans each of them on its own. A session
// is known by its owner, the name that its private state has for it.
type plannedSessions struct {
	mu sync.Mutex
	// starts has, per channel, the lives that are planned to start on it.
	starts index
	// replaced has the lives whose session is planned to be replaced, which stops them first.
	replaced set
	// stops has the lives that are planned to stop. Only where one session depends on another is the stop known to be planned, and
	// carried out, before the start.
	stops set
	// owners has, per live, the sessions that this run has read or planned; destroyed those that it plans to destroy.
	owners, destroyed index
	// creates has, per live, the sessions that are planned to be created, which have no owner yet.
	creates map[string]int
}

type set map[string]struct{}

type index map[string]set

func (i index) add(key, member string) {
	if i[key] == nil {
		i[key] = set{}
	}
	i[key][member] = struct{}{}
}

func newPlannedSessions() plannedSessions {
	return plannedSessions{starts: index{}, replaced: set{}, stops: set{}, owners: index{}, destroyed: index{}, creates: map[string]int{}}
}

// PlanStart notes that a live is planned to start on a channel, and returns the ids of the others that are.
func (p *plannedSessions) PlanStart(channelID, liveID string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.starts.add(channelID, liveID)
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
	p.replaced[liveID] = struct{}{}
}

// ReplacementPlanned reports whether the session of a live is planned to be replaced.
func (p *plannedSessions) ReplacementPlanned(liveID string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	_, ok := p.replaced[liveID]
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

// SessionRead notes a session that is in state.
func (p *plannedSessions) SessionRead(liveID, owner string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.owners.add(liveID, owner)
}

// PlanCreate notes that a session of a live is planned to be created.
func (p *plannedSessions) PlanCreate(liveID string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.creates[liveID]++
}

// SessionCreated notes that a planned session has been created.
func (p *plannedSessions) SessionCreated(liveID, owner string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.creates[liveID] = max(0, p.creates[liveID]-1)
	p.owners.add(liveID, owner)
}

// PlanDestroy notes that a session is planned to be destroyed. Of what is not in the configuration any more, that comes before it is read.
func (p *plannedSessions) PlanDestroy(liveID, owner string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.owners.add(liveID, owner)
	p.destroyed.add(liveID, owner)
}

// Sessions counts sessions of one live, as far as a run has come with its plan.
type Sessions struct {
	// Created are planned to be created, Destroyed to be destroyed; Kept are in state and not planned to be destroyed.
	Created, Destroyed, Kept int
}

// Sessions counts the sessions of a live that this run knows, beside the one of the owner.
func (p *plannedSessions) Sessions(liveID, owner string) (found Sessions) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found.Created = p.creates[liveID]
	for other := range p.owners[liveID] {
		_, leaves := p.destroyed[liveID][other]
		switch {
		case other == owner:
		case leaves:
			found.Destroyed++
		default:
			found.Kept++
		}
	}
	return found
}
