package auth

import (
	"sync"
	"time"
)

// The bounds of what a gate remembers. Another replica ends a session without
// telling this one, so the time is how long an ended session may live on.
const (
	rememberFor   = 500 * time.Millisecond
	rememberLimit = 10_000
)

// A gateMemory remembers who acts with which token, so that a page that sends
// ten requests is looked up once. Its zero value is empty.
type gateMemory struct {
	mu         sync.Mutex
	generation int // counts forget
	actors     map[string]remembered
}

type remembered struct {
	actor Actor
	until time.Time
}

// find returns who acts with the token of that hash, from memory or from look.
// Only what look found is remembered, and only when nothing was forgotten while
// it looked.
func (m *gateMemory) find(hash []byte, look func() (Actor, error)) (Actor, error) {
	now := time.Now()
	m.mu.Lock()
	known, generation := m.actors[string(hash)], m.generation
	m.mu.Unlock()
	if now.Before(known.until) {
		return known.actor, nil
	}
	actor, err := look()
	if err != nil {
		return Actor{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.generation != generation {
		return actor, nil
	}
	if m.actors == nil || len(m.actors) >= rememberLimit {
		m.actors = map[string]remembered{} // the few that still count are looked up again
	}
	m.actors[string(hash)] = remembered{actor, now.Add(rememberFor)}
	return actor, nil
}

// forget empties the memory.
func (m *gateMemory) forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.generation++
	m.actors = nil
}
