package db

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"golang.org/x/text/language"
)

// Sex is a patient's sex as clinically recorded.
type Sex string

// The sexes.
const (
	Female     Sex = "FEMALE"
	Male       Sex = "MALE"
	OtherSex   Sex = "OTHER"
	UnknownSex Sex = "UNKNOWN"
)

// DatePrecision says how much of a date is known.
type DatePrecision string

// The precisions. Of a month or a year the date holds the first day.
const (
	DayPrecision     DatePrecision = "DAY"
	MonthPrecision   DatePrecision = "MONTH"
	YearPrecision    DatePrecision = "YEAR"
	UnknownPrecision DatePrecision = "UNKNOWN"
)

// The limits of a birth date: of the living, in years back, and of anybody.
const (
	maxAge        = 140
	earliestBirth = Date("1850-01-01")
)

// Patient is one row of patients: a person who receives care.
type Patient struct {
	Row
	Name
	MRN                   string        `db:"mrn"` // issued by the database
	BirthDate             *Date         `db:"birth_date"`
	BirthDatePrecision    DatePrecision `db:"birth_date_precision"`
	Sex                   Sex           `db:"sex"`
	GenderIdentity        *string       `db:"gender_identity" max:"100"`
	Identifiers           Identifiers   `db:"identifiers"`
	Phone                 *string       `db:"phone" max:"50"`
	PhoneNumber           *string       `db:"phone_number"` // phone in E.164, where it can be read
	Email                 *string       `db:"email" max:"254"`
	Address               *Address      `db:"address"`
	PreferredLanguage     *string       `db:"preferred_language" max:"35"` // BCP 47
	DeceasedOn            *Date         `db:"deceased_on"`
	PrimaryPractitionerID *uuid.UUID    `db:"primary_practitioner_id"`
	IsRestricted          bool          `db:"is_restricted"`
	ArchivedAt            *time.Time    `db:"archived_at"`
	ArchiveReason         *string       `db:"archive_reason" max:"500"`
	NotDuplicateOf        textArray     `db:"not_duplicate_of" history:"-"` // ids of those who were said to be somebody else
}

// What ChartAccess looks at.
const ofAccess = "is_restricted primary_practitioner_id"

var patients = newTable(table[Patient]{
	name: "patients", kind: KindPatient, wall: wall{patient: "id"}, issued: []string{"mrn"},
	orders: nameOrders, usual: byName,
	listed: "t.archived_at IS NULL", unless: "IsArchived",
	looksAt: map[string]string{
		"age": "birth_date deceased_on", "displayName": "given_name family_name", "primaryPractitioner": "primary_practitioner_id",
		"chartAccess": ofAccess, "appointments": ofAccess, "nextAppointment": "", "lastVisit": "", "medicalRecords": ofAccess,
		"identifiers": "identifiers",
	},
})

// PatientWhere holds conditions on patients.
type PatientWhere struct {
	ID                    *IDFilter
	MRN                   *StringFilter `db:"mrn" text:"exact"`
	Identifiers           *Identifier   `via:"patient_identifiers.owner_id = id"`
	FamilyName            *StringFilter `db:"family_key" text:"folded"`
	GivenName             *StringFilter `db:"given_key" text:"folded"`
	BirthDate             *DateFilter
	Sex                   *SexFilter
	PhoneNumber           *StringFilter `text:"exact"`
	Email                 *StringFilter
	PreferredLanguage     *StringFilter
	DeceasedOn            *DateFilter
	PrimaryPractitionerID *IDFilter
	IsArchived            *bool `set:"archived_at"`
	CreatedAt             *DateTimeFilter
	UpdatedAt             *DateTimeFilter
	HasAppointment        *AppointmentWhere   `via:"appointments.patient_id = id"`
	HasMedicalRecord      *MedicalRecordWhere `via:"medical_records.patient_id = id"`
	And, Or               []*PatientWhere
	Not                   *PatientWhere
}

// PatientKey names one patient by exactly one of its fields.
type PatientKey struct {
	ID         *uuid.UUID
	MRN        *string
	Identifier *Identifier
}

func (p *Patient) check(clinic *Clinic, found *problems) {
	p.Name.check(found)
	p.checkDates(clinic.today(), found)
	p.Identifiers.check(found)
	p.readPhone(clinic)
	if p.Email != nil {
		if _, err := ParseEmail(*p.Email); err != nil {
			found.add("email", BadFormat, err.Error())
		}
	}
	if p.Address != nil {
		p.Address.check(found)
	}
	if p.PreferredLanguage != nil {
		if _, err := language.Parse(*p.PreferredLanguage); err != nil {
			found.add("preferredLanguage", BadFormat, "is a language tag of BCP 47, like ka")
		}
	}
}

// readPhone derives the number in E.164 from the one that was typed.
func (p *Patient) readPhone(clinic *Clinic) {
	p.PhoneNumber = nil
	if p.Phone != nil {
		if number := ParsePhone(*p.Phone, clinic.Country); number != "" {
			p.PhoneNumber = &number
		}
	}
}

func (p *Patient) checkDates(today Date, found *problems) {
	switch {
	case p.BirthDate == nil && p.BirthDatePrecision != UnknownPrecision:
		found.add("birthDate", Required, "is needed unless its precision is UNKNOWN")
	case p.BirthDate != nil && p.BirthDatePrecision == UnknownPrecision:
		found.add("birthDate", NotAllowedNow, "is not given when its precision is UNKNOWN")
	case p.BirthDate != nil && *p.BirthDate > today:
		found.add("birthDate", InTheFuture, "lies in the future")
	case p.BirthDate != nil && *p.BirthDate < today.AddYears(-maxAge) && p.DeceasedOn == nil:
		found.add("birthDate", OutOfRange, "lies more than 140 years back")
	case p.BirthDate != nil && *p.BirthDate < earliestBirth:
		found.add("birthDate", OutOfRange, "lies before 1850")
	}
	p.roundBirthDate()
	switch {
	case p.DeceasedOn != nil && *p.DeceasedOn > today:
		found.add("deceasedOn", InTheFuture, "lies in the future")
	case p.DeceasedOn != nil && p.BirthDate != nil && *p.DeceasedOn < *p.BirthDate:
		found.add("deceasedOn", OutOfRange, "lies before the birth")
	}
}

// roundBirthDate brings a birth date of which less than the day is known to the
// first day of what is.
func (p *Patient) roundBirthDate() {
	if p.BirthDate == nil {
		return
	}
	switch p.BirthDatePrecision {
	case MonthPrecision:
		*p.BirthDate = (*p.BirthDate)[:8] + "01"
	case YearPrecision:
		*p.BirthDate = (*p.BirthDate)[:5] + "01-01"
	}
}

// Age returns the whole years on the clinic's today, or at death; nil where the
// birth date is not known.
func (p *Patient) Age(ctx context.Context) (*int32, error) {
	clinic, err := p.batch.db.Clinic(ctx)
	if err != nil || p.BirthDate == nil {
		return nil, err
	}
	day := clinic.Today(ctx)
	if p.DeceasedOn != nil {
		day = *p.DeceasedOn
	}
	age := int32(p.BirthDate.YearsUntil(day))
	return &age, nil
}

// PrimaryPractitioner returns the patient's own doctor, or nil.
func (p *Patient) PrimaryPractitioner(ctx context.Context) (*Practitioner, error) {
	return one(ctx, p, practitioners, "primary_practitioner_id")
}

// Appointments returns a page of the patient's visits, past and to come.
func (p *Patient) Appointments(ctx context.Context, first *int32, after *string, last *int32, before *string, where *AppointmentWhere, orderBy []*Order) (*AppointmentConnection, error) {
	return many(ctx, p, appointments, "t.patient_id = p.id", query{Page{first, after, last, before}, where, orderBy})
}

// NextAppointment returns the earliest visit from now on that is still to take place.
func (p *Patient) NextAppointment(ctx context.Context) (*Appointment, error) {
	return p.appointment(ctx, Ascending, &AppointmentWhere{
		StartsAt: since(p.batch.at),
		Status:   &AppointmentStatusFilter{In: []AppointmentStatus{Requested, Booked, CheckedIn}},
	})
}

// LastVisit returns the latest completed visit.
func (p *Patient) LastVisit(ctx context.Context) (*Appointment, error) {
	completed := Completed
	return p.appointment(ctx, Descending, &AppointmentWhere{Status: &AppointmentStatusFilter{Eq: &completed}})
}

// appointment returns the first visit that matches, by start.
func (p *Patient) appointment(ctx context.Context, direction OrderDirection, where *AppointmentWhere) (*Appointment, error) {
	single := int32(1)
	page, err := p.Appointments(ctx, &single, nil, nil, nil, where, []*Order{{"STARTS_AT", direction}})
	if err != nil {
		return nil, err
	}
	return page.first(ctx)
}

// MedicalRecords returns a page of the patient's chart.
// It is nil when the chart is closed to the actor.
func (p *Patient) MedicalRecords(ctx context.Context, first *int32, after *string, last *int32, before *string, where *MedicalRecordWhere, orderBy []*Order) (*MedicalRecordConnection, error) {
	if access, err := p.ChartAccess(ctx); err != nil || access == ChartClosed {
		return nil, err
	}
	return many(ctx, p, medicalRecords, "t.patient_id = p.id", query{Page{first, after, last, before}, where, orderBy})
}

// Patient returns the patient with the id, or ErrNotFound.
func (d *DB) Patient(ctx context.Context, id uuid.UUID) (*Patient, error) {
	return get(ctx, d, patients, id)
}

// PatientBy returns the patient that the key names, archived ones included, or ErrNotFound.
func (d *DB) PatientBy(ctx context.Context, key PatientKey) (*Patient, error) {
	where := &PatientWhere{Identifiers: key.Identifier}
	if key.ID != nil {
		where.ID = &IDFilter{Eq: key.ID}
	}
	if key.MRN != nil {
		mrn := strings.ToUpper(*key.MRN)
		where.MRN = &StringFilter{Eq: &mrn}
	}
	return find(ctx, d, patients, where)
}

// Patients returns a page of the patients, without archived ones unless where asks for them.
func (d *DB) Patients(ctx context.Context, page Page, where *PatientWhere, orderBy []*Order) (*PatientConnection, error) {
	return list(ctx, d, patients, query{page, where, orderBy})
}

// UpdatePatient lets change edit the patient of the expected version.
func (d *DB) UpdatePatient(ctx context.Context, id uuid.UUID, expected int32, change func(*Patient)) (*Patient, error) {
	return edit(ctx, d, patients, id, expected, func(ctx context.Context, tx *Tx, p *Patient) error {
		before := p.PrimaryPractitionerID
		change(p)
		if p.IsRestricted && !sameID(before, p.PrimaryPractitionerID) {
			return tx.checkTeam(ctx, p, "primaryPractitionerId")
		}
		return nil
	})
}

// ArchivePatient takes the patient off the lists, for a reason. It is refused
// while visits are to come.
func (d *DB) ArchivePatient(ctx context.Context, id uuid.UUID, expected int32, reason string) (*Patient, error) {
	return edit(ctx, d, patients, id, expected, func(ctx context.Context, tx *Tx, p *Patient) error {
		if p.ArchivedAt != nil {
			return &ConflictError{"this patient is archived already"}
		}
		if code, message := CheckText(reason, 500); code != "" {
			return Invalid("reason", code, message)
		}
		var open bool
		err := tx.GetContext(ctx, &open, `
			SELECT EXISTS (SELECT FROM appointments WHERE patient_id = $1 AND status = ANY ($2))`, id, pq.Array(upcoming))
		if err != nil {
			return translate(err)
		}
		if open {
			return &ConflictError{"visits of this patient are still booked: cancel them first"}
		}
		now := time.Now()
		p.ArchivedAt, p.ArchiveReason = &now, &reason
		return tx.explain(ctx, reason)
	})
}

// RestorePatient puts an archived patient back on the lists.
func (d *DB) RestorePatient(ctx context.Context, id uuid.UUID, expected int32) (*Patient, error) {
	return edit(ctx, d, patients, id, expected, func(_ context.Context, _ *Tx, p *Patient) error {
		if p.ArchivedAt == nil {
			return &ConflictError{"this patient is not archived"}
		}
		p.ArchivedAt, p.ArchiveReason = nil, nil
		return nil
	})
}

// The types that lists of patients are made of.
type (
	PatientConnection = Connection[Patient]
	PatientEdge       = Edge[Patient]
	PatientOrder      = Order
	SexFilter         = EnumFilter[Sex]
)

// PatientEdgeOf returns p as an edge of the list of patients.
func PatientEdgeOf(p *Patient) *PatientEdge { return edge(patients, p) }
