package fhir

import (
	"sync"
	"unique"

	"github.com/clinicql/clinicql/db"
)

// The names of the Medications of an export, each text held once.
type medicines struct {
	mu    sync.Mutex
	names map[db.Source]unique.Handle[string]
}

func newMedicines() *medicines { return &medicines{names: map[db.Source]unique.Handle[string]{}} }

func (m *medicines) put(s db.Source, name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.names[s] = unique.Make(name)
}

// name returns the name of a medicine, or "".
func (m *medicines) name(s db.Source) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if name, ok := m.names[s]; ok {
		return name.Value()
	}
	return ""
}
