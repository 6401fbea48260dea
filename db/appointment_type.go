package db

import (
	"context"
	"regexp"
	"strings"
	"time"

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

// colorForm is that of a colour of the web with all its digits.
var colorForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)

// check also writes the colour in lower case, so that equal ones are equal texts.
func (t *AppointmentType) check(_ *Clinic, found *problems) {
	if length := time.Duration(t.Length); length < shortestAppointment || length > longestAppointment {
		found.add("length", OutOfRange, "is 1 minute to 24 hours")
	}
	for field, buffer := range map[string]Duration{"bufferBefore": t.BufferBefore, "bufferAfter": t.BufferAfter} {
		if buffer < 0 || time.Duration(buffer) > longestBuffer {
			found.add(field, OutOfRange, "is at most 2 hours")
		}
	}
	if t.Color == nil {
		return
	}
	color := strings.ToLower(*t.Color)
	if t.Color = &color; color != "" && !colorForm.MatchString(color) {
		found.add("color", BadFormat, "is written like #2f6f4f")
	}
}

// AppointmentTypes returns a page of all types of visit by name, those that are
// retired included.
func (d *DB) AppointmentTypes(ctx context.Context, page Page) (*AppointmentTypeConnection, error) {
	return list(ctx, d, appointmentTypes, query{page: page})
}

// CreateAppointmentType adds t, which can be chosen at once.
func (d *DB) CreateAppointmentType(ctx context.Context, t *AppointmentType) (*AppointmentType, error) {
	return write(ctx, d, func(ctx context.Context, tx *Tx) (*AppointmentType, error) {
		t.IsActive = true
		return create(ctx, tx, appointmentTypes, t)
	})
}

// UpdateAppointmentType lets change edit the type of the expected version.
// Visits that are booked keep the length and the pauses they were booked with.
func (d *DB) UpdateAppointmentType(ctx context.Context, id uuid.UUID, expected int32, change func(*AppointmentType)) (*AppointmentType, error) {
	return edit(ctx, d, appointmentTypes, id, expected, func(_ context.Context, _ *Tx, t *AppointmentType) error {
		change(t)
		return nil
	})
}

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
