package graph_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/graph/exec"
	"github.com/clinicql/clinicql/graph/model"
	"github.com/vektah/gqlparser/v2/ast"
)

var schema = exec.NewExecutableSchema(exec.Config{}).Schema()

// own returns the types that this project defines.
func own() []*ast.Definition {
	var types []*ast.Definition
	for _, t := range schema.Types {
		if !t.BuiltIn {
			types = append(types, t)
		}
	}
	return types
}

// The schema is the manual of the API: everything in it is described.
func TestSchema_describesEverything(t *testing.T) {
	t.Parallel()
	for _, d := range own() {
		want(t, d.Name, d.Description)
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			want(t, d.Name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				want(t, d.Name+"."+f.Name+"("+a.Name+":)", a.Description)
			}
		}
		for _, v := range d.EnumValues {
			want(t, d.Name+"."+v.Name, v.Description)
		}
	}
}

func want(t *testing.T, name, description string) {
	t.Helper()
	description, _, _ = strings.Cut(description, "\nFor ") // is put there by the policy
	if strings.TrimSpace(description) == "" {
		t.Errorf("%s is not described", name)
	}
}

// A mutation takes one input, and its answer may be null, so that a refused one
// does not take those before it along.
func TestSchema_mutations(t *testing.T) {
	t.Parallel()
	for _, f := range schema.Mutation.Fields {
		name := strings.ToUpper(f.Name[:1]) + f.Name[1:]
		if len(f.Arguments) == 0 && f.Type.String() == name+"Payload" {
			continue // there is nothing to be said of it
		}
		if len(f.Arguments) != 1 || f.Arguments[0].Type.String() != name+"Input!" || f.Type.String() != name+"Payload" {
			t.Errorf("%s%v: %s is not of the form (input: %sInput!): %sPayload", f.Name, f.Arguments, f.Type, name, name)
		}
	}
}

// A list that can be long is a connection, and takes all of its arguments.
func TestSchema_connections(t *testing.T) {
	t.Parallel()
	for _, d := range own() {
		for _, f := range d.Fields {
			for _, argument := range []string{"first", "after", "last", "before"} {
				if strings.HasSuffix(f.Type.Name(), "Connection") && f.Arguments.ForName(argument) == nil {
					t.Errorf("%s.%s has no argument %s", d.Name, f.Name, argument)
				}
			}
		}
	}
}

// A field without a field or method of its row silently becomes a resolver that
// panics; these are all that are meant to be resolvers.
func TestSchema_bindsEveryField(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".resolvers.go") {
			continue
		}
		text, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if regexp.MustCompile(`panic\(fmt\.Errorf\("not implemented`).Match(text) {
			t.Errorf("%s has a resolver that is not written", e.Name())
		}
		for _, found := range regexp.MustCompile(`func \(r \*(\w+)Resolver\) (\w+)\(`).FindAllStringSubmatch(string(text), -1) {
			if found[1] != "query" && found[1] != "mutation" && found[1] != "subscription" && found[2] != "Identifiers" {
				t.Errorf("%s.%s is no field or method of its row", found[1], found[2])
			}
		}
	}
}

// Every error code and problem code that is given is in the schema, and the other way round.
func TestSchema_documentsCodes(t *testing.T) {
	t.Parallel()
	var problems []string
	for _, v := range schema.Types["ProblemCode"].EnumValues {
		problems = append(problems, v.Name)
	}
	given := []string{string(db.Required), string(db.TooShort), string(db.TooLong), string(db.TooCommon), string(db.OutOfRange), string(db.BadFormat), string(db.BadCursor), string(db.InThePast),
		string(db.InTheFuture), string(db.NotUnique), string(db.UnknownReference), string(db.Inactive),
		string(db.Archived), string(db.Deceased), string(db.EndBeforeStart), string(db.OutsideHours), string(db.DuringTimeOff), string(db.WithinBuffer),
		string(db.IllegalStep), string(db.UnknownTimeZone), string(db.SkippedTime), string(db.AmbiguousTime), string(db.NotAllowedNow), string(db.WrongSecret)}
	if !slices.Equal(problems, given) {
		t.Errorf("documented are %v, given %v", problems, given)
	}
	var codes []string
	for _, v := range schema.Types["ErrorCode"].EnumValues {
		codes = append(codes, v.Name)
	}
	for _, file := range []string{"errors.go", "transport.go", "input.go", "limits.go", "access.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`(?:return |refusal\()"([A-Z_]{4,})"`).FindAllStringSubmatch(string(text), -1) {
			if !slices.Contains(codes, found[1]) {
				t.Errorf("%s gives %s, which is not in the schema", file, found[1])
			}
		}
	}
}

// What a list can be ordered by is a column, and every text of a row has a length.
func TestSchema_fitsTheRows(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	for _, noun := range []string{"Patient", "Practitioner", "Appointment", "MedicalRecord"} {
		for _, v := range schema.Types[noun+"OrderField"].EnumValues {
			order := []*db.Order{{Field: v.Name}}
			var err error
			switch noun {
			case "Patient":
				_, err = d.Patients(acting(t), db.Page{}, nil, order)
			case "Practitioner":
				_, err = d.Practitioners(acting(t), db.Page{}, nil, order)
			case "Appointment":
				_, err = d.Appointments(acting(t), db.Page{}, nil, order)
			case "MedicalRecord":
				_, err = d.MedicalRecords(acting(t), db.Page{}, nil, order)
			}
			if err != nil {
				t.Errorf("%s cannot be ordered by %s: %v", noun, v.Name, err)
			}
		}
	}
	unlimited := []string{"MRN", "PhoneNumber", "TimeZone", "Country", "FamilyKey", "GivenKey"} // made by us, or settings
	for _, row := range []any{db.Patient{}, db.Practitioner{}, db.Appointment{}, db.MedicalRecord{}, db.MedicalRecordAmendment{}, db.Allergy{}, db.Clinic{},
		db.User{}, db.Session{}, db.ApiToken{}, db.GlassAccess{}, db.AuditEntry{}, db.Room{}, db.AppointmentType{}, db.WorkingHours{}, db.TimeOff{},
		db.WaitListEntry{}, db.AppointmentSeries{}, db.SavedQuery{}} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(row)) {
			isText := f.Type == reflect.TypeFor[string]() || f.Type == reflect.TypeFor[*string]()
			if isText && f.Tag.Get("max") == "" && !slices.Contains(unlimited, f.Name) {
				t.Errorf("%T.%s has no max", row, f.Name)
			}
		}
	}
}

// Every table that holds rows of the clinic signs its changes into the audit.
func TestEveryTableIsAudited(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	var bare []string
	err := d.SQL.Select(&bare, `
		SELECT relname FROM pg_class c
		WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
		AND relname NOT IN ('audit_log', 'audit_seals', 'schema_migrations',
			'secrets', 'role_keys', 'passwords', 'sessions', 'api_tokens', 'second_factors', 'recovery_codes', 'sign_in_challenges',
			'password_links',                                -- would be shown by the audit; what is done with them are its events
			'sign_in_failures',                              -- counts of hashes
			'changes', 'change_position',                    -- that audited rows were written, for a day
			'idempotency_keys', 'imported_resources',        -- about requests and files, not about persons
			'patient_identifiers', 'practitioner_identifiers', 'patient_words', 'family_names') -- derived from audited columns by triggers
		AND (SELECT count(*) FROM pg_trigger WHERE tgrelid = c.oid AND tgname IN ('audit_insert', 'audit_update', 'audit_delete')) < 3`)
	if err != nil || bare != nil {
		t.Errorf("tables without audit triggers: %v (%v)", bare, err)
	}
}

// An input that is generated has only fields of its row, but for what names the row.
func TestInputsFitTheirRows(t *testing.T) {
	t.Parallel()
	for _, pair := range []struct{ input, row any }{
		{model.CreatePatientInput{}, db.Registration{}}, {model.UpdatePatientInput{}, db.Patient{}},
		{model.CreatePractitionerInput{}, db.Practitioner{}}, {model.UpdatePractitionerInput{}, db.Practitioner{}},
		{model.BookAppointmentInput{}, db.Booking{}}, {model.RequestAppointmentInput{}, db.Booking{}}, {model.RescheduleAppointmentInput{}, db.Booking{}},
		{model.UpdateAppointmentInput{}, db.Appointment{}},
		{model.CreateMedicalRecordInput{}, db.MedicalRecord{}}, {model.UpdateMedicalRecordInput{}, db.MedicalRecord{}}, {model.AmendMedicalRecordInput{}, db.MedicalRecord{}},
		{model.RecordAllergyInput{}, db.Allergy{}}, {model.CreateUserInput{}, db.User{}}, {model.UpdateUserInput{}, db.User{}},
		{model.CreateAPITokenInput{}, db.ApiToken{}}, {model.AddCareTeamMemberInput{}, db.CareTeamMember{}},
		{model.CreateRoomInput{}, db.Room{}}, {model.UpdateRoomInput{}, db.Room{}},
		{model.CreateAppointmentTypeInput{}, db.AppointmentType{}}, {model.UpdateAppointmentTypeInput{}, db.AppointmentType{}},
		{model.UpdateClinicInput{}, db.Clinic{}}, {model.WorkingHoursInput{}, db.WorkingHours{}}, {model.CreateTimeOffInput{}, db.Absence{}},
		{model.SaveQueryInput{}, db.SavedQuery{}}, {model.UpdateSavedQueryInput{}, db.SavedQuery{}}, {model.AddToWaitListInput{}, db.Wish{}}, {model.BookAppointmentSeriesInput{}, db.SeriesBooking{}},
	} {
		row := reflect.TypeOf(pair.row)
		for _, f := range reflect.VisibleFields(reflect.TypeOf(pair.input)) {
			_, ok := row.FieldByName(f.Name)
			_, embedded := row.FieldByName(strings.TrimSuffix(f.Name, "ID"))
			if !ok && !embedded && f.Name != "ExpectedVersion" && f.Name != "Reason" && f.Name != row.Name()+"ID" {
				t.Errorf("%T.%s is no field of %s", pair.input, f.Name, row.Name())
			}
		}
	}
}
