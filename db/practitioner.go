package db

import (
	"context"

	"github.com/google/uuid"
)

// Practitioner is one row of practitioners: a person who gives care.
type Practitioner struct {
	Row
	Name
	Prefix             *string     `db:"prefix" max:"50"`
	Specialty          *string     `db:"specialty" max:"100"`
	Identifiers        Identifiers `db:"identifiers"`
	IsActive           bool        `db:"is_active"`
	DeactivationReason *string     `db:"deactivation_reason" max:"500"`
}

var practitioners = newTable(table[Practitioner]{
	name: "practitioners", kind: KindPractitioner,
	orders: nameOrders, usual: byName,
	looksAt: map[string]string{
		"displayName": "prefix given_name family_name", "identifiers": "identifiers", "appointments": "", "medicalRecords": "", "patients": "",
	},
})

// The order of people: by family name, then given name, folded.
var (
	nameOrders = map[string]string{"FAMILY_NAME": "family_key, given_key", "GIVEN_NAME": "given_key, family_key"}
	byName     = []orderKey{{column: "family_key"}, {column: "given_key"}}
)

// PractitionerWhere holds conditions on practitioners.
type PractitionerWhere struct {
	ID          *IDFilter
	FamilyName  *StringFilter `db:"family_key" text:"folded"`
	GivenName   *StringFilter `db:"given_key" text:"folded"`
	Specialty   *StringFilter
	Identifiers *Identifier `via:"practitioner_identifiers.owner_id = id"`
	IsActive    *bool
	And, Or     []*PractitionerWhere
	Not         *PractitionerWhere
}

// PractitionerKey names one practitioner by exactly one of its fields.
type PractitionerKey struct {
	ID         *uuid.UUID
	Identifier *Identifier
}

func (p *Practitioner) check(_ *Clinic, found *problems) {
	p.Name.check(found)
	p.Identifiers.check(found)
}

// DisplayName returns the name with its prefix as one line, "Dr. Nino Beridze".
func (p *Practitioner) DisplayName() string {
	if p.Prefix == nil {
		return p.Name.DisplayName()
	}
	return *p.Prefix + " " + p.Name.DisplayName()
}

// Appointments returns a page of the visits with this practitioner.
func (p *Practitioner) Appointments(ctx context.Context, first *int32, after *string, last *int32, before *string, where *AppointmentWhere, orderBy []*Order) (*AppointmentConnection, error) {
	return many(ctx, p, appointments, "t.practitioner_id = p.id", query{Page{first, after, last, before}, where, orderBy})
}

// MedicalRecords returns a page of the records that this practitioner answers for.
func (p *Practitioner) MedicalRecords(ctx context.Context, first *int32, after *string, last *int32, before *string, where *MedicalRecordWhere, orderBy []*Order) (*MedicalRecordConnection, error) {
	return many(ctx, p, medicalRecords, "t.practitioner_id = p.id", query{Page{first, after, last, before}, where, orderBy})
}

// Patients returns a page of those who have or had a visit with this
// practitioner, or whose own doctor they are.
func (p *Practitioner) Patients(ctx context.Context, first *int32, after *string, last *int32, before *string, where *PatientWhere, orderBy []*Order) (*PatientConnection, error) {
	const theirs = `t.id IN (
		SELECT a.patient_id FROM appointments a WHERE a.practitioner_id = p.id AND a.status <> 'ENTERED_IN_ERROR'
		UNION
		SELECT o.id FROM patients o WHERE o.primary_practitioner_id = p.id)`
	return many(ctx, p, patients, theirs, query{Page{first, after, last, before}, where, orderBy})
}

// Practitioner returns the practitioner with the id, or ErrNotFound.
func (d *DB) Practitioner(ctx context.Context, id uuid.UUID) (*Practitioner, error) {
	return get(ctx, d, practitioners, id)
}

// PractitionerBy returns the practitioner that the key names, or ErrNotFound.
func (d *DB) PractitionerBy(ctx context.Context, key PractitionerKey) (*Practitioner, error) {
	where := &PractitionerWhere{Identifiers: key.Identifier}
	if key.ID != nil {
		where.ID = &IDFilter{Eq: key.ID}
	}
	return find(ctx, d, practitioners, where)
}

// Practitioners returns a page of all practitioners, those who have left included.
func (d *DB) Practitioners(ctx context.Context, page Page, where *PractitionerWhere, orderBy []*Order) (*PractitionerConnection, error) {
	return list(ctx, d, practitioners, query{page, where, orderBy})
}

// CreatePractitioner adds p.
func (d *DB) CreatePractitioner(ctx context.Context, p *Practitioner) (*Practitioner, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*Practitioner, error) {
		p.IsActive = true
		return create(ctx, tx, practitioners, p)
	})
}

// UpdatePractitioner lets change edit the practitioner of the expected version.
func (d *DB) UpdatePractitioner(ctx context.Context, id uuid.UUID, expected int32, change func(*Practitioner)) (*Practitioner, error) {
	return edit(ctx, d, practitioners, id, expected, func(_ context.Context, _ *Tx, p *Practitioner) error {
		change(p)
		return nil
	})
}

// DeactivatePractitioner ends bookings with the practitioner, for a reason.
// Visits that are booked stay until they are moved.
func (d *DB) DeactivatePractitioner(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Practitioner, error) {
	return edit(ctx, d, practitioners, id, expected, func(ctx context.Context, tx *Tx, p *Practitioner) error {
		if !p.IsActive {
			return &ConflictError{"this practitioner is not active"}
		}
		if code, message := CheckText(reason, 500); code != "" {
			return Invalid("reason", code, message)
		}
		p.IsActive, p.DeactivationReason = false, &reason
		return tx.explain(ctx, reason)
	})
}

// ReactivatePractitioner lets the practitioner be booked again.
func (d *DB) ReactivatePractitioner(ctx context.Context, id uuid.UUID, expected int32) (*Practitioner, error) {
	return edit(ctx, d, practitioners, id, expected, func(_ context.Context, _ *Tx, p *Practitioner) error {
		p.IsActive, p.DeactivationReason = true, nil
		return nil
	})
}

// The types that lists of practitioners are made of.
type (
	PractitionerConnection = Connection[Practitioner]
	PractitionerEdge       = Edge[Practitioner]
	PractitionerOrder      = Order
)

// PractitionerEdgeOf returns p as an edge of the list of practitioners.
func PractitionerEdgeOf(p *Practitioner) *PractitionerEdge { return edge(practitioners, p) }
