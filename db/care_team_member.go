package db

import (
	"context"
	"fmt"

	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// CareTeamMember is one row of care_team_members: a practitioner who cares for
// a patient besides the patient's own doctor.
type CareTeamMember struct {
	Row
	PatientID      uuid.UUID `db:"patient_id"`
	PractitionerID uuid.UUID `db:"practitioner_id"`
}

var careTeamMembers = newTable(table[CareTeamMember]{
	name: "care_team_members", kind: KindCareTeamMember, wall: wall{patient: "patient_id"},
	usual: []orderKey{{column: "created_at"}}, listed: "t.ended_at IS NULL",
})

func (*CareTeamMember) check(*Clinic, *problems) {}

// Practitioner returns who cares for the patient.
func (m *CareTeamMember) Practitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, m, practitioners, "practitioner_id")
}

// ChartAccess says whether a chart is open to an actor.
type ChartAccess string

// The ways in which it can be.
const (
	ChartOpen       ChartAccess = "OPEN"
	ChartUnderGlass ChartAccess = "UNDER_GLASS"
	ChartClosed     ChartAccess = "CLOSED"
)

// ChartAccess says whether the patient's chart is open to the actor.
func (p *Patient) ChartAccess(ctx context.Context) (ChartAccess, error) {
	actor, _ := auth.From(ctx)
	switch {
	case actor.Role == auth.System, actor.Role.IsCare() && !p.IsRestricted, isDeidentified(ctx): // the lens has no restricted charts
		return ChartOpen, nil
	case actor.Role.IsCare():
		if ours, err := p.isOfTeam(ctx); err != nil || ours {
			return ChartOpen, err
		}
	}
	for _, g := range actor.OpenGlass() {
		if g.PatientID == p.ID && (actor.Role.IsCare() || actor.Role == auth.Admin) {
			return ChartUnderGlass, nil
		}
	}
	return ChartClosed, nil
}

// isOfTeam says whether the actor cares for the patient now, whatever instant
// is looked at.
func (p *Patient) isOfTeam(ctx context.Context) (bool, error) {
	actor, _ := auth.From(ctx)
	if _, past := pastOf(ctx); !past && p.PrimaryPractitionerID != nil && *p.PrimaryPractitionerID == actor.PractitionerID {
		return true, nil
	}
	ours, err := p.batch.teamsOf(ctx)
	return ours[p.ID], err
}

// teamsOf returns the patients of the batch whom the actor cares for.
func (b *batch) teamsOf(ctx context.Context) (map[uuid.UUID]bool, error) {
	found, err := b.load("teams", func() (any, error) {
		ours := map[uuid.UUID]bool{}
		s := newStatement(ctx)
		s.write("SELECT r.id FROM public.patients r WHERE r.id = ANY(", s.arg(pq.Array(b.ids())), "::uuid[]) AND ", s.onTeam("r"))
		err := b.db.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
			var id uuid.UUID
			err := r.Scan(&id)
			ours[id] = true
			return err
		})
		return ours, err
	})
	if err != nil {
		return nil, fmt.Errorf("read care teams: %w", err)
	}
	return found.(map[uuid.UUID]bool), nil
}

// CareTeam returns who cares for the patient besides their own doctor, in the
// order in which they came.
func (p *Patient) CareTeam(ctx context.Context) ([]*CareTeamMember, error) {
	most := int32(MaxPageSize)
	page, err := many(ctx, p, careTeamMembers, "t.patient_id = p.id", query{page: Page{First: &most}})
	if err != nil {
		return nil, err
	}
	return page.Nodes(ctx)
}

// checkChart says whether there is such a patient whose chart is open to the
// actor, and keeps the patient as they are until tx ends.
func (tx *Tx) checkChart(ctx context.Context, id uuid.UUID, listed bool) error {
	s := newStatement(ctx)
	s.write("SELECT archived_at IS NOT NULL FROM patients r WHERE id = ", s.arg(id))
	if s.actor.Role != auth.System {
		s.write(" AND (NOT is_restricted OR ", s.openChart("r"), ")")
	}
	s.write(" FOR SHARE")
	var archived bool
	switch err := translate(tx.GetContext(ctx, &archived, s.String(), s.args...)); {
	case isNotFound(err):
		return Invalid("patientId", UnknownReference, "is no patient whose chart is open to you")
	case err != nil:
		return err
	case archived && listed:
		return Invalid("patientId", Archived, "is a patient who is archived")
	}
	return nil
}

// checkTeam refuses who is not of the care team; a broken glass does not count.
func (tx *Tx) checkTeam(ctx context.Context, p *Patient, field string) error {
	s := newStatement(ctx)
	if s.actor.Role == auth.System {
		return nil
	}
	// By the row as it is in the database: whoever is being made the patient's own doctor is not it yet.
	s.write("SELECT ", s.onTeam("r"), " FROM patients r WHERE id = ", s.arg(p.ID))
	var mine bool
	if err := tx.GetContext(ctx, &mine, s.String(), s.args...); err != nil {
		return translate(err)
	}
	if !mine {
		return Invalid(field, NotAllowedNow, "is decided by the care team, as the chart is restricted")
	}
	return nil
}

// sameID says whether two references are equal.
func sameID(a, b *uuid.UUID) bool { return a == b || a != nil && b != nil && *a == *b }

// RestrictPatient closes the chart of the patient of the expected version to
// all but the care team, of whom the actor must be.
func (d *DB) RestrictPatient(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Patient, error) {
	return d.setRestricted(ctx, id, expected, reason, true)
}

// UnrestrictPatient opens the chart to all who read charts.
func (d *DB) UnrestrictPatient(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Patient, error) {
	return d.setRestricted(ctx, id, expected, reason, false)
}

func (d *DB) setRestricted(ctx context.Context, id uuid.UUID, expected int32, reason string, restricted bool) (*Patient, error) {
	return edit(ctx, d, patients, id, expected, func(ctx context.Context, tx *Tx, p *Patient) error {
		if code, message := CheckText(reason, 500); code != "" {
			return Invalid("reason", code, message)
		}
		p.IsRestricted = restricted
		if err := tx.explain(ctx, reason); err != nil {
			return err
		}
		return tx.checkTeam(ctx, p, "patientId")
	})
}

// AddCareTeamMember has a practitioner care for a patient. Of a restricted
// patient the care team decides it, or an administrator.
func (d *DB) AddCareTeamMember(ctx context.Context, m *CareTeamMember) (*CareTeamMember, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*CareTeamMember, error) {
		if err := tx.checkTeamOf(ctx, m.PatientID); err != nil {
			return nil, err
		}
		return create(ctx, tx, careTeamMembers, m)
	})
}

// RemoveCareTeamMember ends the care of a practitioner for a patient.
func (d *DB) RemoveCareTeamMember(ctx context.Context, id uuid.UUID) (*CareTeamMember, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*CareTeamMember, error) {
		m, err := lock(ctx, tx, careTeamMembers, id)
		if err != nil {
			return nil, err
		}
		if err := tx.checkTeamOf(ctx, m.PatientID); err != nil {
			return nil, err
		}
		_, err = tx.ExecContext(ctx, "UPDATE care_team_members SET ended_at = now(), version = version + 1, updated_at = change_instant() WHERE id = $1 AND ended_at IS NULL", id)
		return m, translate(err)
	})
}

// checkTeamOf refuses a change of the care team by somebody who is not of it,
// where the patient is restricted.
func (tx *Tx) checkTeamOf(ctx context.Context, patient uuid.UUID) error {
	actor, _ := auth.From(ctx)
	if actor.Role == auth.Admin || actor.Role == auth.System {
		return nil // that there is such a patient, the foreign key says
	}
	p, err := lock(ctx, tx, patients, patient)
	if isNotFound(err) {
		return Invalid("patientId", UnknownReference, "is no patient")
	}
	if err != nil || !p.IsRestricted {
		return err
	}
	return tx.checkTeam(ctx, p, "patientId")
}
