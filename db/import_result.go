package db

import (
	"errors"
	"strings"
)

// An ImportResult counts resources by their type in FHIR.
type ImportResult struct {
	Written map[string]int
	Known   map[string]int // from an import before, or from earlier in this one
	NotKept map[string]int // that there are no allergies, of a patient who has some
	Refused []Refusal      // only of practitioners: one of them does not stop the others
}

func newImportResult() *ImportResult {
	return &ImportResult{Written: map[string]int{}, Known: map[string]int{}, NotKept: map[string]int{}}
}

// A Refusal says which rules the row of a resource breaks. The paths of its
// problems name fields of the row; one without a path is about the whole resource.
type Refusal struct {
	Source   Source
	Problems []Problem
}

// An ImportError says why nothing of a chart was written.
type ImportError struct{ Refused []Refusal }

func (e *ImportError) Error() string {
	parts := make([]string, len(e.Refused))
	for i, r := range e.Refused {
		parts[i] = r.Source.Type + ": " + (&InvalidError{r.Problems}).Error()
	}
	return strings.Join(parts, "; ")
}

// refuse adds what err says of a resource's row, and returns an error of another kind.
func refuse(refused []Refusal, source Source, err error) ([]Refusal, error) {
	var invalid *InvalidError
	if !errors.As(err, &invalid) {
		return refused, err
	}
	return append(refused, Refusal{source, invalid.Problems}), nil
}
