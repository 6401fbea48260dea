package db

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
)

// GlassAccess is one row of glass_accesses: a chart that is open to one user
// for a while because they broke the glass.
type GlassAccess struct {
	Row
	PatientID uuid.UUID `db:"patient_id"`
	UserID    uuid.UUID `db:"user_id"`
	Reason    string    `db:"reason" max:"500"`
	ClosesAt  time.Time `db:"closes_at"`
}

var glassAccesses = newTable(table[GlassAccess]{
	name: "glass_accesses", kind: KindGlassAccess, wall: wall{user: "user_id", glass: true},
	usual: []orderKey{{column: "created_at", desc: true}},
})

// glassAge is how long a chart stays open.
const glassAge = 60 * time.Minute

// minGlassReason is the least number of characters of a reason.
const minGlassReason = 10

func (g *GlassAccess) check(_ *Clinic, found *problems) {
	if utf8.RuneCountInString(strings.TrimSpace(g.Reason)) < minGlassReason {
		found.add("reason", TooShort, "has at least 10 characters")
	}
}

// User returns to whom the chart is open.
func (g *GlassAccess) User(ctx context.Context) (*User, error) { return one(ctx, g, users, "user_id") }

// Patient returns whose chart it is; nil for who may not see the patient.
func (g *GlassAccess) Patient(ctx context.Context) (*Patient, error) {
	return one(ctx, g, patients, "patient_id")
}

// BreakTheGlass opens one chart to the user who acts, for 60 minutes.
func (d *DB) BreakTheGlass(ctx context.Context, patient uuid.UUID, reason string) (*GlassAccess, error) {
	actor, _ := auth.From(ctx)
	defer d.forgetActors()
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*GlassAccess, error) {
		if err := tx.explain(ctx, reason); err != nil {
			return nil, err
		}
		return create(ctx, tx, glassAccesses, &GlassAccess{
			PatientID: patient, UserID: actor.UserID, Reason: strings.TrimSpace(reason), ClosesAt: time.Now().Add(glassAge),
		})
	})
}

// CloseGlass ends an opening early: the actor's own, or any for administrators.
func (d *DB) CloseGlass(ctx context.Context, id uuid.UUID) (*GlassAccess, error) {
	defer d.forgetActors()
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*GlassAccess, error) {
		row, err := lock(ctx, tx, glassAccesses, id)
		if err != nil || !time.Now().Before(row.ClosesAt) {
			return row, err
		}
		row.ClosesAt = time.Now()
		return row, update(ctx, tx, glassAccesses, row)
	})
}

// GlassAccesses returns a page of the openings, newest first: all for
// administrators, else the actor's own.
func (d *DB) GlassAccesses(ctx context.Context, page Page) (*GlassAccessConnection, error) {
	return list(ctx, d, glassAccesses, query{page: page})
}

// OpenGlass returns the openings of the user who acts that last still.
func (d *DB) OpenGlass(ctx context.Context) ([]*GlassAccess, error) {
	actor, _ := auth.From(ctx)
	ids := []uuid.UUID{}
	for _, g := range actor.OpenGlass() {
		ids = append(ids, g.ID)
	}
	found, err := byID(ctx, d, glassAccesses, ids)
	open := []*GlassAccess{}
	for _, id := range ids {
		if row := found[id]; row != nil {
			open = append(open, row)
		}
	}
	return open, err
}

// The types that lists of openings are made of.
type (
	GlassAccessConnection = Connection[GlassAccess]
	GlassAccessEdge       = Edge[GlassAccess]
)
