package db

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
)

// PatientMatch says what made a patient come up.
type PatientMatch string

// What a patient can come up for.
const (
	MatchName        PatientMatch = "NAME"
	MatchNamePrefix  PatientMatch = "NAME_PREFIX"
	MatchNameSimilar PatientMatch = "NAME_SIMILAR"
	MatchMRN         PatientMatch = "MRN"
	MatchIdentifier  PatientMatch = "IDENTIFIER"
	MatchPhone       PatientMatch = "PHONE"
	MatchBirthDate   PatientMatch = "BIRTH_DATE"
)

// The limits of a search: the characters of what is looked for, and how many
// patients are found at most.
const (
	minSearchLength = 2
	maxSearchLength = 100
	maxFound        = 200
)

// PatientSearchEdge is a patient who was found, and why.
type PatientSearchEdge struct {
	Node      *Patient
	Cursor    string
	Score     float64 // 0 to 1
	MatchedOn []PatientMatch
}

// PatientSearchConnection is a page of patients who were found, best first.
type PatientSearchConnection struct {
	Edges      []*PatientSearchEdge
	PageInfo   *PageInfo
	TotalCount int32
}

// Nodes returns the patients of the page.
func (c *PatientSearchConnection) Nodes() []*Patient {
	nodes := make([]*Patient, len(c.Edges))
	for i, e := range c.Edges {
		nodes[i] = e.Node
	}
	return nodes
}

// SearchPatients finds patients by whatever one remembers of them: every part of
// words must fit. Those whom one word begins take two statements where they are
// many: one finds them, one reads those of the page. Otherwise there is one more
// before it for the words of names that come near, and one for the patients.
func (d *DB) SearchPatients(ctx context.Context, words string, page Page) (*PatientSearchConnection, error) {
	words = strings.TrimSpace(words)
	switch n := utf8.RuneCountInString(words); {
	case n < minSearchLength:
		return nil, Invalid("query", TooShort, fmt.Sprintf("has at least %d characters", minSearchLength))
	case n > maxSearchLength:
		return nil, Invalid("query", TooLong, fmt.Sprintf("has at most %d characters", maxSearchLength))
	}
	size, backward, err := page.size()
	if err != nil {
		return nil, err
	}
	if _, err := d.pool(ctx); err != nil {
		return nil, err
	}
	if err := d.loadCursorKey(ctx); err != nil {
		return nil, err
	}
	after, err := d.openSearchCursor("after", words, page.After)
	if err != nil {
		return nil, err
	}
	before, err := d.openSearchCursor("before", words, page.Before)
	if err != nil {
		return nil, err
	}
	found, err := d.search(ctx, searchTerms(words))
	if err != nil {
		return nil, fmt.Errorf("search patients: %w", err)
	}
	start, end := 0, len(found)
	if after != nil {
		start = after.next(found)
	}
	if before != nil {
		end = max(start, before.index(found))
	}
	if backward {
		start = max(start, end-size)
	} else {
		end = min(end, start+size)
	}
	c := &PatientSearchConnection{
		PageInfo:   &PageInfo{HasPreviousPage: start > 0, HasNextPage: end < len(found)},
		TotalCount: int32(len(found)),
	}
	return c, c.read(ctx, d, words, found, start, end)
}

// read fills the page with what lies from start to end.
func (c *PatientSearchConnection) read(ctx context.Context, d *DB, words string, found []*candidate, start, end int) error {
	if start == end {
		return nil
	}
	ids := make([]uuid.UUID, 0, end-start)
	for _, f := range found[start:end] {
		ids = append(ids, f.ID)
	}
	rows, err := byID(ctx, d, patients, ids)
	if err != nil {
		return err
	}
	for i, f := range found[start:end] {
		if row := rows[f.ID]; row != nil {
			cursor, err := d.sealSearchCursor(words, searchPlace{Position: start + i, ID: f.ID})
			if err != nil {
				return err
			}
			c.Edges = append(c.Edges, &PatientSearchEdge{row, cursor, f.score, f.matchedOn})
		}
	}
	if len(c.Edges) > 0 {
		c.PageInfo.ends = madeEnds{c.Edges[0].Cursor, c.Edges[len(c.Edges)-1].Cursor}
	}
	return nil
}
