package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// small is the size with which others are compared, and larger ones with it.
const small = 20_000

// taken is the processor time of ClinicQL by query, in milliseconds, as it is kept for runs of other
// sizes.
type taken map[string]float64

func (s *settings) takenFile(patients int) string {
	return filepath.Join(s.folder, fmt.Sprintf("taken-%d.json", patients))
}

// keep writes down what ClinicQL took. What was not asked this time stays.
func (s *settings) keep(results []*result) error {
	known, err := s.kept(s.patients)
	if err != nil {
		return err
	}
	for _, r := range results {
		if r.server.peer == ours && len(r.rounds) > 0 {
			known[r.query.name] = ms(r.middle().total())
		}
	}
	text, err := json.Marshal(known)
	if err != nil {
		return err
	}
	return os.WriteFile(s.takenFile(s.patients), text, 0o644)
}

func (s *settings) kept(patients int) (taken, error) {
	text, err := os.ReadFile(s.takenFile(patients))
	if errors.Is(err, fs.ErrNotExist) {
		return taken{}, nil
	}
	if err != nil {
		return nil, err
	}
	known := taken{}
	return known, json.Unmarshal(text, &known)
}

// mostGrowth is how often the time at 20,000 patients a query may take at 200,000.
const mostGrowth = 1.3

// tellGrowth writes how often ClinicQL's time at 20,000 patients each query takes at this size.
func (s *settings) tellGrowth(b *strings.Builder, results []*result) error {
	before, err := s.kept(small)
	if err != nil || s.patients == small || len(before) == 0 {
		return err
	}
	fmt.Fprintf(b, "ClinicQL's processor time, as often as at %d patients; at most %g is asked for, **bold** where it is more:\n\n| | |\n|---|---|\n", small, mostGrowth)
	for _, r := range results {
		was := before[r.query.name]
		if r.server.peer != ours || len(r.rounds) == 0 || was == 0 {
			continue
		}
		grown := fmt.Sprintf("%.2f", ms(r.middle().total())/was)
		if ms(r.middle().total())/was > mostGrowth {
			grown = "**" + grown + "**"
		}
		fmt.Fprintf(b, "| %s | %s |\n", r.query.title, grown)
	}
	b.WriteString("\n")
	return nil
}
