package auth

// Occupy lets others hash and wait, for ever.
func (h *Hasher) Occupy(running, waiting int) {
	for range running {
		h.running <- struct{}{}
	}
	for range running + waiting {
		h.places <- struct{}{}
	}
}

// Busy counts those who hash, and those who hash or wait.
func (h *Hasher) Busy() (running, places int) { return len(h.running), len(h.places) }

// Remembered counts what the gate remembers.
func (g *Gate) Remembered() int {
	g.memory.mu.Lock()
	defer g.memory.mu.Unlock()
	return len(g.memory.actors)
}
