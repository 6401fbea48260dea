package db

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// AppointmentType is one row of appointment_types: a kind of visit with its
// usual length and the pauses that are kept free around it.
type AppointmentType struct {
	Row
	Name         string   `db:"name" max:"100"`
	Length       Duration `db:"length"`
	BufferBefore Duration `db:"buffer_before"`
	BufferAfter  Duration `db:"buffer_after"`
	Color        *string  `db:"color" max:"7"`
	IsActive     bool     `db:"is_active"`
}

var appointmentTypes = newTable(table[AppointmentType]{name: "appointment_types", kind: KindAppointmentType, usual: []orderKey{{column: "name"}}})

func (*AppointmentType) check(*Clinic, *problems) {}

// The types that lists of types of visit are made of.
type (
	AppointmentTypeConnection = Connection[AppointmentType]
	AppointmentTypeEdge       = Edge[AppointmentType]
)

// AppointmentTypeEdgeOf returns t as an edge of the list of types of visit.
func AppointmentTypeEdgeOf(t *AppointmentType) *AppointmentTypeEdge { return edge(appointmentTypes, t) }

// findAppointmentType returns the type of visit with the id, which can be chosen;
// nil after adding a problem about the path where there is none.
func findAppointmentType(ctx context.Context, q sqlx.QueryerContext, id uuid.UUID, found *problems, path ...any) (*AppointmentType, error) {
	kind := &AppointmentType{}
	err := translate(sqlx.GetContext(ctx, q, kind, `
		SELECT name, length, buffer_before, buffer_after, is_active
		FROM appointment_types
		WHERE id = $1`, id))
	switch {
	case isNotFound(err):
		found.at(UnknownReference, "is no type of visit", path...)
		return nil, nil
	case err != nil:
		return nil, err
	case !kind.IsActive:
		found.at(Inactive, "is a type of visit that is no longer used", path...)
		return nil, nil
	}
	return kind, nil
}
