package fhir

import (
	"sync"

	"github.com/google/uuid"
)

// The practitioners whose rows are known, by resource and by identifier, so that
// each is asked for once in an import.
type practitioners struct {
	mu  sync.Mutex
	ids map[target]uuid.UUID
}

func (p *practitioners) get(who target) (uuid.UUID, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	id, ok := p.ids[who]
	return id, ok
}

func (p *practitioners) put(who target, id uuid.UUID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ids[who] = id
}
