package graph_test

import (
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

const (
	sign = `mutation($id: ID!, $version: Int!) { signMedicalRecord(input: {medicalRecordId: $id, expectedVersion: $version}) {
		medicalRecord { status version author { loginName } signedBy { loginName } signer { displayName } } } }`
	amendRecord = `mutation($input: AmendMedicalRecordInput!) { amendMedicalRecord(input: $input) { medicalRecord { status version diagnosis notes amendmentReason
		amendedBy { loginName } author { loginName } signedBy { loginName }
		amendments { nodes { replacedVersion reason diagnosis notes amendedBy { loginName } medicalRecord { version } } } } } }`
	markInError = `mutation($id: ID!, $version: Int!, $reason: String!) { markMedicalRecordInError(input: {medicalRecordId: $id, expectedVersion: $version, reason: $reason}) {
		medicalRecord { status diagnosis errorReason version } } }`
)

// Pitfall 31: a record is signed by who answers for it, then amended with a
// reason; every signed version is kept, author and signer stay.
func TestRecordsLife(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	doctor, nurse, other := h.employ("doctor", auth.Doctor), h.employ("nurse", auth.Nurse), h.employ("other", auth.Doctor)
	patient := newPatient(t, h.db, "Beridze")
	created := nurse.ask(draft, variables{"input": variables{"patientId": patient.ID, "practitionerId": doctor.practitioner.ID, "diagnosis": "Asthma", "notes": "first"}})
	id := created.text("createMedicalRecord.medicalRecord.id")
	of := func(version int) variables { return variables{"id": id, "version": version} }
	amending := func(version int, set variables) variables {
		in := variables{"medicalRecordId": id, "expectedVersion": version, "reason": "typing error"}
		for name, value := range set {
			in[name] = value
		}
		return variables{"input": in}
	}
	t.Run("a draft is not amended", func(t *testing.T) {
		wantProblem(t, doctor.in(t).refused(amendRecord, amending(1, variables{"notes": "x"})), "ILLEGAL_STEP")
	})
	t.Run("another's draft is not signed", func(t *testing.T) {
		refused := other.in(t).refused(sign, of(1))
		wantProblem(t, refused, "NOT_ALLOWED_NOW")
		if got := asJSON(refused[0].Extensions.Fields[0].Path); got != `["id"]` && got != `["input","medicalRecordId"]` {
			t.Errorf("at %s", got)
		}
	})
	t.Run("nurses do not sign", func(t *testing.T) {
		if got := nurse.in(t).refused(sign, of(1)); got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("whoever answers for it signs", func(t *testing.T) {
		want := `{"signMedicalRecord":{"medicalRecord":{"author":{"loginName":"nurse"},"signedBy":{"loginName":"doctor"},"signer":{"displayName":"Dr. Test doctor"},"status":"SIGNED","version":2}}}`
		if got := asJSON(doctor.in(t).ask(sign, of(1))); got != want {
			t.Errorf("got %s", got)
		}
	})
	t.Run("once", func(t *testing.T) {
		wantProblem(t, doctor.in(t).refused(sign, of(2)), "ILLEGAL_STEP")
	})
	t.Run("an amendment needs a reason", func(t *testing.T) {
		wantProblem(t, doctor.in(t).refused(amendRecord, amending(2, variables{"notes": "x", "reason": "no"})), "TOO_SHORT")
	})
	t.Run("a diagnosis is not emptied", func(t *testing.T) {
		wantProblem(t, doctor.in(t).refused(amendRecord, amending(2, variables{"diagnosis": nil})), "REQUIRED")
	})
	t.Run("what alters nothing is no amendment", func(t *testing.T) {
		if got := doctor.in(t).ask(amendRecord, amending(2, variables{"notes": "first"})); got.text("amendMedicalRecord.medicalRecord.status") != "SIGNED" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("each amendment keeps what was there", func(t *testing.T) {
		doctor.in(t).ask(amendRecord, amending(2, variables{"notes": "second"}))
		got := asJSON(other.in(t).ask(amendRecord, amending(3, variables{"diagnosis": "Bronchitis", "notes": nil, "reason": "by X-ray"})))
		want := `{"amendMedicalRecord":{"medicalRecord":{"amendedBy":{"loginName":"other"},"amendmentReason":"by X-ray","amendments":{"nodes":[` +
			`{"amendedBy":{"loginName":"other"},"diagnosis":"Asthma","medicalRecord":{"version":4},"notes":"second","reason":"by X-ray","replacedVersion":3},` +
			`{"amendedBy":{"loginName":"doctor"},"diagnosis":"Asthma","medicalRecord":{"version":4},"notes":"first","reason":"typing error","replacedVersion":2}]},` +
			`"author":{"loginName":"nurse"},"diagnosis":"Bronchitis","notes":null,"signedBy":{"loginName":"doctor"},"status":"AMENDED","version":4}}}`
		if got != want {
			t.Errorf("got %s", got)
		}
	})
	t.Run("a nurse takes back no signed record", func(t *testing.T) {
		wantProblem(t, nurse.in(t).refused(markInError, variables{"id": id, "version": 4, "reason": "wrong patient"}), "NOT_ALLOWED_NOW")
	})
	t.Run("in error it leaves the lists and keeps its content", func(t *testing.T) {
		got := asJSON(doctor.in(t).ask(markInError, variables{"id": id, "version": 4, "reason": "wrong patient"}))
		if got != `{"markMedicalRecordInError":{"medicalRecord":{"diagnosis":"Bronchitis","errorReason":"wrong patient","status":"ENTERED_IN_ERROR","version":5}}}` {
			t.Errorf("got %s", got)
		}
		got = asJSON(doctor.in(t).ask(`query($id: ID!) { patient(id: $id) { medicalRecords { totalCount } currentProblems { id } timeline { totalCount nodes { id } }
			all: medicalRecords(where: {status: {eq: ENTERED_IN_ERROR}}) { nodes { diagnosis } } } }`, variables{"id": patient.ID}))
		if got != `{"patient":{"all":{"nodes":[{"diagnosis":"Bronchitis"}]},"currentProblems":[],"medicalRecords":{"totalCount":0},"timeline":{"nodes":[],"totalCount":0}}}` {
			t.Errorf("got %s", got)
		}
		wantProblem(t, doctor.in(t).refused(markInError, variables{"id": id, "version": 5, "reason": "wrong patient"}), "ILLEGAL_STEP")
		wantProblem(t, doctor.in(t).refused(amendRecord, amending(5, variables{"notes": "x"})), "ILLEGAL_STEP")
	})
}

// The amendments of a closed chart are told to nobody off the care team.
func TestAmendments_ofAClosedChart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	member, doctor := h.employ("member", auth.Nurse), h.employ("doctor", auth.Doctor)
	chart := h.patient("team", member)
	h.run(strings.ReplaceAll(chart.of(amend), `"`, "'"))
	for _, query := range []string{
		`{ node(id: <MedicalRecordAmendment>) { ... on MedicalRecordAmendment { diagnosis } } }`,
		`{ medicalRecord(id: <MedicalRecord>) { amendments { nodes { diagnosis } } } }`,
		`{ patient(id: <Patient>) { currentProblems { diagnosis } timeline { nodes { ... on MedicalRecord { diagnosis } } } } }`,
	} {
		if got := asJSON(member.ask(chart.of(query), nil)); !strings.Contains(got, chart.marker) {
			t.Errorf("the way is no way: %s", got)
		}
		if got := asJSON(doctor.ask(chart.of(query), nil)); strings.Contains(got, chart.marker) {
			t.Errorf("%s: %s", query, got)
		}
	}
	if got := asJSON(doctor.ask(chart.of(`{ patient(id: <Patient>) { timeline { totalCount } currentProblems { id } } }`), nil)); got != `{"patient":{"currentProblems":null,"timeline":null}}` {
		t.Errorf("got %s", got)
	}
}

// Codes of ICD-10 are brought into their form, or refused; others stay as they are.
func TestDiagnosisCodes(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	input := func(code string, system any) variables {
		return variables{"input": variables{"patientId": patient.ID, "practitionerId": doctor.ID, "diagnosis": "d", "code": code, "codeSystem": system}}
	}
	for code, want := range map[string]string{"j45.9 ": "J45.9", "E11": "E11", "c7a.012": "C7A.012", "S72.0X1A": "S72.0X1A"} {
		for _, system := range []any{nil, db.ICD10} {
			if got := c.ask(draft, input(code, system)); got.text("createMedicalRecord.medicalRecord.code") != want {
				t.Errorf("%q becomes %s", code, asJSON(got))
			}
		}
	}
	for _, code := range []string{"J4", "45.9", "J45.", "J45.12345", "JJ5.9", "Asthma", "J45,9"} {
		for _, system := range []any{nil, db.ICD10} {
			refused := c.refused(draft, input(code, system))
			wantProblem(t, refused, "BAD_FORMAT")
			if got := asJSON(refused[0].Extensions.Fields[0].Path); got != `["input","code"]` {
				t.Errorf("%q: at %s", code, got)
			}
		}
	}
	if got := c.ask(draft, input("195967001", "http://snomed.info/sct")); got.text("createMedicalRecord.medicalRecord.code") != "195967001" {
		t.Errorf("got %s", asJSON(got))
	}
}

const (
	lines  = `prescription prescriptionLines { medicine dose route frequency startsOn endsOn }`
	metfor = `{"dose":"1 tablet","endsOn":"2026-03-14","frequency":"twice daily","medicine":"Metformin 500 mg","route":"by mouth","startsOn":"2026-03-01"}`
	tea    = `{"dose":null,"endsOn":null,"frequency":null,"medicine":"Tea","route":null,"startsOn":null}`
)

// A prescription is a text or lines; each is told as the other too.
func TestPrescriptions(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	input := func(set variables) variables {
		set["patientId"], set["practitionerId"], set["diagnosis"] = patient.ID, doctor.ID, "d"
		return variables{"input": set}
	}
	const create = `mutation($input: CreateMedicalRecordInput!) { createMedicalRecord(input: $input) { medicalRecord { id ` + lines + ` } } }`
	const update = `mutation($input: UpdateMedicalRecordInput!) { updateMedicalRecord(input: $input) { medicalRecord { ` + lines + ` } } }`
	line := func(set variables) variables {
		return input(variables{"prescriptionLines": []any{set}})
	}
	made := c.ask(create, input(variables{"prescriptionLines": []any{
		variables{"medicine": " Metformin 500 mg ", "dose": "1 tablet", "route": "by mouth", "frequency": "twice daily", "startsOn": "2026-03-01", "endsOn": "2026-03-14"},
		variables{"medicine": "Tea"},
	}}))
	const text = `Metformin 500 mg, 1 tablet, by mouth, twice daily, from 2026-03-01 until 2026-03-14\nTea`
	if got := asJSON(made.at("createMedicalRecord.medicalRecord.prescriptionLines")); got != `[`+metfor+`,`+tea+`]` {
		t.Errorf("got %s", got)
	}
	if got := made.text("createMedicalRecord.medicalRecord.prescription"); got != strings.ReplaceAll(text, `\n`, "\n") {
		t.Errorf("got %s", got)
	}
	change := func(version int, set variables) string {
		set["medicalRecordId"], set["expectedVersion"] = made.text("createMedicalRecord.medicalRecord.id"), version
		return asJSON(c.ask(update, variables{"input": set}).at("updateMedicalRecord.medicalRecord"))
	}
	if got := change(1, variables{"notes": "n"}); got != `{"prescription":"`+text+`","prescriptionLines":[`+metfor+`,`+tea+`]}` {
		t.Errorf("another change gives %s", got)
	}
	if got := change(2, variables{"prescription": "Tea"}); got != `{"prescription":"Tea","prescriptionLines":[`+tea+`]}` {
		t.Errorf("a text gives %s", got)
	}
	if got := change(3, variables{"prescriptionLines": []any{variables{"medicine": "Milk"}}}); got != `{"prescription":"Milk","prescriptionLines":[`+strings.Replace(tea, "Tea", "Milk", 1)+`]}` {
		t.Errorf("lines give %s", got)
	}
	if got := change(4, variables{"prescriptionLines": []any{}}); got != `{"prescription":null,"prescriptionLines":[]}` {
		t.Errorf("no lines give %s", got)
	}
	var many []any
	for range 21 {
		many = append(many, variables{"medicine": "m"})
	}
	long := strings.Repeat("m", 500)
	for name, test := range map[string]struct {
		input variables
		code  db.ProblemCode
		path  string
	}{
		"both forms":     {input(variables{"prescription": "Milk", "prescriptionLines": []any{variables{"medicine": "Tea"}}}), "OUT_OF_RANGE", `["input","prescription"]`},
		"too many lines": {input(variables{"prescriptionLines": many}), "TOO_LONG", `["input","prescriptionLines"]`},
		"too long a text": {input(variables{"prescriptionLines": func() (l []any) {
			for range 11 {
				l = append(l, variables{"medicine": long})
			}
			return l
		}()}), "TOO_LONG", `["input","prescriptionLines"]`},
		"a nameless one":    {line(variables{"medicine": " "}), "TOO_SHORT", `["input","prescriptionLines",0,"medicine"]`},
		"too long a dose":   {line(variables{"medicine": "m", "dose": long}), "TOO_LONG", `["input","prescriptionLines",0,"dose"]`},
		"an end before all": {line(variables{"medicine": "m", "startsOn": "2026-03-02", "endsOn": "2026-03-01"}), "END_BEFORE_START", `["input","prescriptionLines",0,"endsOn"]`},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			refused := c.in(t).refused(create, test.input)
			wantProblem(t, refused, test.code)
			if got := asJSON(refused[0].Extensions.Fields[0].Path); got != test.path {
				t.Errorf("at %s", got)
			}
		})
	}
}
