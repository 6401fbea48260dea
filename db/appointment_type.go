package db

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
