package db

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// historySchema stands before the name of a table for that of its versions.
const historySchema = "history."

// A Version is how a row was from one instant until another. Its own Row is that
// row's.
type Version struct {
	Row
	ValidFrom  time.Time      `db:"valid_from"`
	ValidUntil *time.Time     `db:"valid_to"` // exclusively; nil while it is so
	Actor      string         `db:"changed_by"`
	UserID     *uuid.UUID     `db:"changed_by_id"`
	Reason     *string        `db:"change_reason"`
	Changes    []*FieldChange // against the version before; of the first all that holds something
}

// User returns who made it so; nil for others than users.
func (v *Version) User(ctx context.Context) (*User, error) {
	return one(ctx, v, users, "changed_by_id")
}

// History returns a page of the patient's versions, newest first.
func (p *Patient) History(ctx context.Context, first *int32, after *string, last *int32, before *string) (*VersionConnection, error) {
	return versionsOf(ctx, p, patients, Page{first, after, last, before})
}

// History returns a page of the practitioner's versions, newest first.
func (p *Practitioner) History(ctx context.Context, first *int32, after *string, last *int32, before *string) (*VersionConnection, error) {
	return versionsOf(ctx, p, practitioners, Page{first, after, last, before})
}

// History returns a page of the visit's versions, newest first.
func (a *Appointment) History(ctx context.Context, first *int32, after *string, last *int32, before *string) (*VersionConnection, error) {
	return versionsOf(ctx, a, appointments, Page{first, after, last, before})
}

// History returns a page of the record's versions, newest first.
func (r *MedicalRecord) History(ctx context.Context, first *int32, after *string, last *int32, before *string) (*VersionConnection, error) {
	return versionsOf(ctx, r, medicalRecords, Page{first, after, last, before})
}

// History returns a page of the allergy's versions, newest first.
func (a *Allergy) History(ctx context.Context, first *int32, after *string, last *int32, before *string) (*VersionConnection, error) {
	return versionsOf(ctx, a, allergies, Page{first, after, last, before})
}

// versionsOf returns a page of the versions of parent, a row of t.
func versionsOf[T any, P pointer[T]](ctx context.Context, parent P, t *table[T], p Page) (*VersionConnection, error) {
	b, q := parent.row().batch, query{page: p}
	key := historySchema + t.name + q.key()
	asked, err := b.load(key, func() (any, error) {
		h, err := newHistory[T, P](ctx, b.db, t, q)
		if err != nil {
			return nil, err
		}
		return &relation[Version]{
			readPages:  func(ctx context.Context) (map[uuid.UUID]*page[Version], error) { return h.pages(ctx, b) },
			readCounts: func(ctx context.Context) (map[uuid.UUID]tally, error) { return h.counts(ctx, b, whoseVersion(ctx)) }, wall: h.table.wall,
		}, nil
	})
	if err != nil {
		return nil, err
	}
	return asked.(*relation[Version]).of(parent.row().ID), nil
}

// A history is a page of versions that has been asked for of all rows of a batch.
type history[T any, P pointer[T]] struct {
	*listing[Version, *Version]
	of *table[T]
}

// versionColumns are those that a version has besides its row's.
var versionColumns = []string{"valid_from", "valid_to", "changed_by", "changed_by_id", "change_reason"}

func newHistory[T any, P pointer[T]](ctx context.Context, d *DB, t *table[T], q query) (*history[T, P], error) {
	l, err := newListing[Version](ctx, d, &table[Version]{
		name: historySchema + t.name, columns: slices.Concat(versionColumns, t.columns),
		usual:  []orderKey{{column: "valid_from", desc: true}},
		listed: "t.valid_to > t.valid_from", // or nobody ever saw it
	}, q, false)
	return &history[T, P]{l, t}, err
}

// whoseVersion is the condition that t is a version of p that had begun by the
// instant that ctx looks at.
func whoseVersion(ctx context.Context) string {
	if _, past := pastOf(ctx); past {
		return "t.id = p.id AND t.valid_from <= (SELECT current_setting('clinicql.as_of')::timestamptz)"
	}
	return "t.id = p.id"
}

// statement reads one page for each row of b, and of each the version before its
// oldest one, without which it could not be said what that changed.
func (h *history[T, P]) statement(ctx context.Context, b *batch) *statement {
	s, on := newStatement(ctx), whoseVersion(ctx)
	isOpen := "true"
	if h.of.wall.patient == "id" { // why a chart was restricted is for those to whom it is open
		isOpen = s.behind(wall{patient: "id", chart: true}, "t")
	}
	s.write("SELECT p.id, t.is_listed, ", isOpen, ", t.valid_from, nullif(t.valid_to, 'infinity'), t.changed_by, t.changed_by_id, t.change_reason, ", h.of.list("t"),
		" FROM unnest(", s.arg(pq.Array(b.ids())), "::uuid[]) p (id) CROSS JOIN LATERAL (WITH page AS (")
	h.selectPage(s, on)
	s.write(") SELECT true AS is_listed, page.* FROM page UNION ALL (SELECT false, ", h.table.list("t"), " FROM ", h.table.name, " t WHERE ", on, " AND ")
	h.conditions(s)
	s.write(" AND t.valid_from < (SELECT min(valid_from) FROM page) ORDER BY t.valid_from DESC LIMIT 1)) t ORDER BY t.valid_from")
	return s
}

// pages reads one page for each row of b.
func (h *history[T, P]) pages(ctx context.Context, b *batch) (map[uuid.UUID]*page[Version], error) {
	s := h.statement(ctx, b)
	told := toldOf[T]()
	listed := map[uuid.UUID][]*Version{}
	before := map[uuid.UUID]*T{}
	err := b.db.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
		var id uuid.UUID
		var isListed, isOpen bool
		v, row := &Version{}, new(T)
		err := r.Scan(append([]any{&id, &isListed, &isOpen, &v.ValidFrom, &v.ValidUntil, &v.Actor, &v.UserID, &v.Reason}, h.of.targets(row)...)...)
		if err == nil && isListed {
			v.Row = *P(row).row()
			if v.Changes, err = told.changes(before[id], row); !isOpen {
				v.concealReason()
			}
			v.endBy(ctx)
			listed[id] = append(listed[id], v)
		}
		before[id] = row
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", h.table.name, err)
	}
	pages, all := make(map[uuid.UUID]*page[Version], len(b.rows)), []*Version{}
	for _, id := range b.ids() {
		if !h.backward {
			slices.Reverse(listed[id])
		}
		pages[id] = h.page(listed[id])
		all = append(all, pages[id].rows...)
	}
	newBatch(ctx, b.db, all)
	return pages, h.touch(ctx, s, b, all)
}

// endBy has v hold on when it ended only after the instant that ctx looks at.
func (v *Version) endBy(ctx context.Context) {
	if at, past := pastOf(ctx); past && v.ValidUntil != nil && v.ValidUntil.After(at) {
		v.ValidUntil = nil
	}
}

// concealReason takes the reason away where it says why a chart was restricted,
// or opened again: it is not for those to whom the chart is closed.
func (v *Version) concealReason() {
	if slices.ContainsFunc(v.Changes, func(c *FieldChange) bool { return c.Field == "isRestricted" && c.Before != nil }) {
		v.Reason = nil
	}
}

// The types that lists of versions are made of.
type (
	VersionConnection = Connection[Version]
	VersionEdge       = Edge[Version]
)
