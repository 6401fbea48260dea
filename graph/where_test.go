package graph_test

import (
	"fmt"
	"testing"

	"github.com/clinicql/clinicql/db"
)

func TestWhere(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	doctor := newPractitioner(t, c.db, "Doctor")
	a := newPatient(t, c.db, "Beridze", func(p *db.Patient) { p.Email = ptr("A_b@example.org") })
	newPatient(t, c.db, "ბერიძე", func(p *db.Patient) {
		p.Sex, p.BirthDate, p.Phone = db.Male, ptr(db.Date("1990-02-28")), ptr("555123456")
	})
	newPatient(t, c.db, "Múller", func(p *db.Patient) { p.Sex, p.PrimaryPractitionerID = db.OtherSex, &doctor.ID })
	newAppointment(t, c.db, a, doctor, 0)
	newRecord(t, c.db, a, doctor, 5)
	single := variables{"and": variables{"sex": variables{"eq": "MALE"}}} // stands for a list of one
	if got := c.ask(`query($w: PatientWhere) { patients(where: $w) { totalCount } }`, variables{"w": single}); got.number("patients.totalCount") != 1 {
		t.Errorf("a single condition finds %s", asJSON(got))
	}
	for where, want := range map[string]int{
		`{}`:                            3,
		`{familyName: {eq: "BERIDZE"}}`: 2,
		`{familyName: {eq: "ბერიძე"}}`:                                2,
		`{familyName: {in: ["muller", "nobody"]}}`:                    1,
		`{familyName: {in: []}}`:                                      0,
		`{familyName: {startsWith: "Ber"}}`:                           2,
		`{familyName: {contains: "ulle"}}`:                            1,
		`{familyName: {contains: "%"}}`:                               3, // punctuation is folded away
		`{email: {contains: "_B@"}}`:                                  1,
		`{email: {contains: "x_b"}}`:                                  0, // pitfall 30: _ is a letter like others
		`{email: {contains: "%"}}`:                                    0,
		`{email: {isNull: true}}`:                                     2,
		`{sex: {eq: MALE}}`:                                           1,
		`{sex: {in: [MALE, OTHER]}}`:                                  2,
		`{birthDate: {gte: "1990-02-28"}}`:                            1,
		`{birthDate: {lt: "1990-02-28"}}`:                             2,
		`{birthDate: {eq: "1980-05-17"}}`:                             2,
		`{phoneNumber: {eq: "+995555123456"}}`:                        1,
		`{mrn: {eq: "C1000009"}}`:                                     1,
		`{primaryPractitionerId: {isNull: false}}`:                    1,
		fmt.Sprintf(`{primaryPractitionerId: {eq: "%s"}}`, doctor.ID): 1,
		`{hasAppointment: {status: {eq: BOOKED}}}`:                    1,
		`{not: {hasAppointment: {}}}`:                                 2,
		`{hasMedicalRecord: {diagnosis: {contains: "AGNOS"}, recordedOn: {gte: "2026-03-05"}}}`: 1,
		`{or: [{sex: {eq: MALE}}, {familyName: {eq: "muller"}}]}`:                               2,
		`{or: []}`: 0,
		`{and: [{sex: {eq: MALE}}, {familyName: {eq: "muller"}}]}`:                                   0,
		`{not: {email: {eq: "a_b@example.org"}}}`:                                                    2, // rows without a value too
		`{sex: {eq: FEMALE}, not: {or: [{familyName: {eq: "muller"}}, {sex: {in: [MALE]}}]}}`:        1,
		`{createdAt: {gte: "2020-01-01T00:00:00Z", lt: "2020-01-02T00:00:00+04:00"}}`:                0,
		`{hasAppointment: {practitioner: {familyName: {eq: "doctor"}}, patient: {sex: {eq: MALE}}}}`: 0,
	} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			got := c.in(t).ask(`{ patients(where: `+where+`) { totalCount nodes { id } } }`, nil)
			if n := len(got.at("patients.nodes").([]any)); n != want || got.number("patients.totalCount") != want {
				t.Errorf("finds %d and counts %d, not %d", n, got.number("patients.totalCount"), want)
			}
		})
	}
}

// Rows entered in error are shown to whoever asks for them by status.
func TestWhere_hidesWhatWasEnteredInError(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	visit := newAppointment(t, c.db, patient, doctor, 0)
	mustDo(t)(c.db.MarkAppointmentInError(acting(t), visit.ID, 1, "never meant"))
	for where, want := range map[string]int{
		`{}`: 0, `{status: {eq: ENTERED_IN_ERROR}}`: 1, `{status: {eq: BOOKED}}`: 0, `{or: [{status: {eq: ENTERED_IN_ERROR}}]}`: 1, `{reason: {isNull: true}}`: 0,
	} {
		if got := c.ask(`{ appointments(where: `+where+`) { totalCount } }`, nil).number("appointments.totalCount"); got != want {
			t.Errorf("where %s counts %d, not %d", where, got, want)
		}
	}
	if got := c.ask(`query($id: ID!) { appointment(id: $id) { status } }`, variables{"id": visit.ID}); got.text("appointment.status") != "ENTERED_IN_ERROR" {
		t.Errorf("by id: %s", asJSON(got))
	}
}
