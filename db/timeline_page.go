package db

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/google/uuid"
)

// A timeline is a page that has been asked for of all patients of a batch. It
// is merged from as large a page of each kind of item, which start where its
// cursors are.
type timeline struct {
	clinic        *Clinic
	key           *cursorKey
	batch         *batch
	size          int
	backward      bool
	after, before *timelinePlace
	visits        *listing[Appointment, *Appointment]
	records       *listing[MedicalRecord, *MedicalRecord]
}

func newTimeline(ctx context.Context, b *batch, page Page) (*timeline, error) {
	t := &timeline{batch: b}
	var err error
	if t.size, t.backward, err = page.size(); err != nil {
		return nil, err
	}
	if t.clinic, err = b.db.Clinic(ctx); err != nil {
		return nil, err
	}
	most := page
	most.After, most.Before = nil, nil
	if t.visits, err = newListing[Appointment](ctx, b.db, appointments, query{page: most}, false); err != nil {
		return nil, err
	}
	if t.records, err = newListing[MedicalRecord](ctx, b.db, medicalRecords, query{page: most}, false); err != nil {
		return nil, err
	}
	t.key = b.db.cursors.Load()
	if t.after, err = t.open("after", page.After); err != nil {
		return nil, err
	}
	if t.before, err = t.open("before", page.Before); err != nil {
		return nil, err
	}
	if t.after != nil {
		t.visits.after, t.records.after = t.after.ofVisits(), t.after.ofRecords(t.clinic)
	}
	if t.before != nil {
		t.visits.before, t.records.before = t.before.ofVisits(), t.before.ofRecords(t.clinic)
	}
	return t, nil
}

// page merges the page of one patient.
func (t *timeline) page(ctx context.Context, p *Patient) (*timelinePage, error) {
	const whose = "t.patient_id = p.id"
	visits, err := pageOf(ctx, t, p, t.visits, whose)
	if err != nil {
		return nil, err
	}
	records, err := pageOf(ctx, t, p, t.records, whose)
	if err != nil {
		return nil, err
	}
	var items []TimelineItem
	for _, v := range visits.rows {
		items = append(items, v)
	}
	for _, r := range records.rows {
		items = append(items, r)
	}
	slices.SortFunc(items, func(a, b TimelineItem) int { return t.placeOf(b).compare(t.placeOf(a)) })
	found := &timelinePage{info: PageInfo{
		HasNextPage: visits.info.HasNextPage || records.info.HasNextPage, HasPreviousPage: visits.info.HasPreviousPage || records.info.HasPreviousPage,
	}}
	if more := len(items) > t.size; more && t.backward {
		items, found.info.HasPreviousPage = items[len(items)-t.size:], true
	} else if more {
		items, found.info.HasNextPage = items[:t.size], true
	}
	for _, item := range items {
		cursor, err := t.seal(t.placeOf(item))
		if err != nil {
			return nil, err
		}
		found.edges = append(found.edges, &TimelineEdge{item, cursor})
	}
	if n := len(found.edges); n > 0 {
		found.info.ends = madeEnds{found.edges[0].Cursor, found.edges[n-1].Cursor}
	}
	return found, nil
}

// pageOf returns the page of one kind of item of one patient, which is read for all of them.
func pageOf[T any, P pointer[T]](ctx context.Context, t *timeline, p *Patient, l *listing[T, P], whose string) (*page[T], error) {
	pages, err := t.batch.load(t.loadKey(l.table.name), func() (any, error) { return l.pages(ctx, t.batch, whose) })
	if err != nil {
		return nil, err
	}
	return pages.(map[uuid.UUID]*page[T])[p.ID], nil
}

// loadKey tells what is read for this timeline from what is read for others.
func (t *timeline) loadKey(table string) string {
	text, _ := json.Marshal([]any{table, t.size, t.backward, t.after, t.before})
	return "timeline " + string(text)
}

// count counts what is on the timeline of one patient; analysts are not told of one.
func (t *timeline) count(ctx context.Context, p *Patient) (*int32, error) {
	counted, err := t.batch.load("timeline counts", func() (any, error) {
		visits, err := t.visits.counts(ctx, t.batch, "t.patient_id = p.id")
		if err != nil {
			return nil, err
		}
		records, err := t.records.counts(ctx, t.batch, "t.patient_id = p.id")
		for id, n := range records {
			visits[id] = tally{rows: visits[id].rows + n.rows}
		}
		return visits, err
	})
	if err != nil {
		return nil, err
	}
	return counted.(map[uuid.UUID]tally)[p.ID].told(ctx, patients.wall), nil
}
