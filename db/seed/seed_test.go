package seed_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
)

// noon is a Wednesday's noon in Tbilisi. Patients do not depend on it.
var noon = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)

func makeClinic(t testing.TB, o seed.Options) (*dbtest.Database, seed.Summary) {
	t.Helper()
	d := dbtest.New(t)
	if o.Now.IsZero() {
		o.Now = noon
	}
	made, err := seed.Run(context.Background(), d.DB, o)
	if err != nil {
		t.Fatal(err)
	}
	return d, made
}

func TestRun(t *testing.T) {
	t.Parallel()
	d, made := makeClinic(t, seed.Options{Patients: 2000, Seed: 1})

	t.Run("makes what it says", func(t *testing.T) {
		for table, n := range map[string]int{
			"practitioners": made.Practitioners, "patients": made.Patients, "allergies": made.Allergies,
			"appointments": made.Appointments, "medical_records": made.MedicalRecords,
			"rooms": made.Rooms, "appointment_types": made.AppointmentTypes, "working_hours": made.WorkingHours, "time_off": made.TimeOff,
		} {
			if got := count(t, d, table, "true"); got != n || n == 0 {
				t.Errorf("%s: %d rows, want %d", table, got, n)
			}
		}
		if made.Patients != 2000 || made.Appointments+made.MedicalRecords < 2000*10 {
			t.Errorf("made %+v", made)
		}
	})

	// What has to hold for a share of the rows of a table, in percent.
	for _, c := range []struct {
		claim, table, condition string
		least, most             float64
	}{
		{"three names in five are in Georgian letters", "patients", "coalesce(family_name, given_name) ~ '[ა-ჰ]'", 55, 65},
		{"some birth dates are of a year only", "patients", "birth_date_precision = 'YEAR'", 1, 6},
		{"some patients have died", "patients", "deceased_on IS NOT NULL", 0.5, 4},
		{"some patients have no telephone", "patients", "phone IS NULL", 5, 12},
		{"every telephone is a Georgian mobile", "patients", "phone IS NULL OR phone_number ~ '^\\+9955[0-9]{8}$'", 100, 100},
		{"every e-mail address is one of an example", "patients", "email IS NULL OR email LIKE '%@example.org'", 100, 100},
		{"most patients have a doctor of their own", "patients", "primary_practitioner_id IS NOT NULL", 80, 95},
		{"half have no known allergies", "patients", "EXISTS (SELECT FROM allergy_absences a WHERE a.id = t.id)", 46, 54},
		{"some have allergies", "patients", "EXISTS (SELECT FROM allergies a WHERE a.patient_id = t.id)", 12, 18},
		{"no allergy is listed of who has none", "allergies", `EXISTS (SELECT FROM patients p
			WHERE p.id = t.patient_id AND EXISTS (SELECT FROM allergy_absences a WHERE a.id = p.id))`, 0, 0},
		{"nothing is noted before birth", "patients", "EXISTS (SELECT FROM allergy_absences a WHERE a.id = t.id AND a.noted_on < t.birth_date)", 0, 0},

		{"visits are on weekdays", "appointments", "extract(isodow FROM starts_at AT TIME ZONE 'Asia/Tbilisi') <= 5", 100, 100},
		{"visits are in working hours", "appointments", `(starts_at AT TIME ZONE 'Asia/Tbilisi')::time >= '09:00'
			AND (ends_at AT TIME ZONE 'Asia/Tbilisi')::time <= '17:00'`, 100, 100},
		{"visits take 20 or 30 minutes", "appointments", "ends_at - starts_at IN ('20 min', '30 min')", 100, 100},
		{"visits lie in the hours of their practitioner", "appointments", within("WORK"), 100, 100},
		{"no visit is over a break", "appointments", within("BREAK"), 0, 0},
		{"no visit is in time off", "appointments", `EXISTS (SELECT FROM time_off f WHERE coalesce(f.practitioner_id, t.practitioner_id) = t.practitioner_id
			AND (f.starts_at, f.ends_at) OVERLAPS (t.starts_at, t.ends_at))`, 0, 0},
		{"time off is to come", "time_off", "starts_at > :now AND (starts_at AT TIME ZONE 'Asia/Tbilisi')::time = '00:00'", 100, 100},
		{"some of it is for all", "time_off", "practitioner_id IS NULL", 1, 40},
		{"visits are what their type says", "appointments", `EXISTS (SELECT FROM appointment_types y WHERE y.id = t.appointment_type_id AND y.name = t.type
			AND y.length * interval '1 min' = t.ends_at - t.starts_at AND y.buffer_after = t.buffer_after)`, 100, 100},
		{"many visits are in a room", "appointments", "room_id IS NOT NULL", 50, 75},
		{"a room holds one visit", "appointments", `EXISTS (SELECT FROM appointments o WHERE o.id <> t.id
			AND o.room_id = t.room_id AND (o.starts_at, o.ends_at) OVERLAPS (t.starts_at, t.ends_at))`, 0, 0},
		{"a pause after a visit is kept", "appointments", `EXISTS (SELECT FROM appointments o WHERE o.id <> t.id AND o.practitioner_id = t.practitioner_id
			AND o.starts_at >= t.ends_at AND o.starts_at < t.ends_at + t.buffer_after * interval '1 min')`, 0, 0},
		{"a practitioner is in one place", "appointments", `EXISTS (SELECT FROM appointments o WHERE o.id <> t.id
			AND o.practitioner_id = t.practitioner_id AND (o.starts_at, o.ends_at) OVERLAPS (t.starts_at, t.ends_at))`, 0, 0},
		{"a patient is in one place", "appointments", `EXISTS (SELECT FROM appointments o WHERE o.id <> t.id
			AND o.patient_id = t.patient_id AND (o.starts_at, o.ends_at) OVERLAPS (t.starts_at, t.ends_at))`, 0, 0},
		{"nobody comes before birth or after death", "appointments", `EXISTS (SELECT FROM patients p WHERE p.id = t.patient_id
			AND (p.birth_date > t.starts_at OR p.deceased_on <= t.starts_at))`, 0, 0},
		{"only women see the gynaecologist", "appointments", `EXISTS (SELECT FROM practitioners d, patients p
			WHERE d.id = t.practitioner_id AND p.id = t.patient_id AND d.specialty = 'Gynaecology' AND p.sex <> 'FEMALE')`, 0, 0},
		{"past visits are over", "appointments", `(ends_at <= :now) <>
			(status IN ('COMPLETED', 'NO_SHOW') OR status = 'CANCELLED' AND ends_at <= :now)`, 0, 0},
		{"visits that last until now are in progress", "appointments", "(status = 'IN_PROGRESS') <> (starts_at <= :now AND ends_at > :now)", 0, 0},
		{"some wait at the desk", "appointments", "status = 'CHECKED_IN'", 0.01, 1},
		{"some are seen at the moment", "appointments", "status = 'IN_PROGRESS'", 0.01, 1},
		{"some are to come", "appointments", "status = 'BOOKED'", 2, 12},
		{"what is called off for OTHER says why", "appointments", "cancellation_reason = 'OTHER' AND cancellation_note IS NULL", 0, 0},

		{"records are of completed visits of the same day and people", "medical_records", `EXISTS (SELECT FROM appointments a
			WHERE a.id = t.appointment_id AND a.status = 'COMPLETED' AND a.patient_id = t.patient_id
			AND a.practitioner_id = t.practitioner_id AND (a.starts_at AT TIME ZONE 'Asia/Tbilisi')::date = t.recorded_on)`, 100, 100},
		{"records have a code", "medical_records", "code ~ '^[A-Z][0-9]{2}(\\.[0-9])?$' AND code_system = 'http://hl7.org/fhir/sid/icd-10'", 100, 100},
		{"some records are drafts", "medical_records", "status = 'DRAFT'", 0.1, 3},
		{"the others are signed", "medical_records", "status IN ('DRAFT', 'SIGNED')", 100, 100},

		{"the audit names who made it", "audit_log", "actor = 'system:seed' OR table_name = 'clinics'", 100, 100},
	} {
		t.Run(c.claim, func(t *testing.T) {
			if got := share(t, d, c.table, c.condition); got < c.least || got > c.most {
				t.Errorf("%.2f %%, want %v to %v", got, c.least, c.most)
			}
		})
	}

	t.Run("spreads what became of visits", func(t *testing.T) {
		past := float64(count(t, d, "appointments", "ends_at <= :now"))
		for status, want := range map[string]float64{"COMPLETED": 85, "NO_SHOW": 7, "CANCELLED": 8} {
			n := count(t, d, "appointments", "ends_at <= :now AND status = '"+status+"'")
			if got := 100 * float64(n) / past; got < want-2 || got > want+2 {
				t.Errorf("%s: %.1f %%, want about %v", status, got, want)
			}
		}
	})

	t.Run("refuses a clinic that is not empty", func(t *testing.T) {
		made, err := seed.Run(t.Context(), d.DB, seed.Options{Patients: 1, Seed: 2})
		if !errors.Is(err, seed.ErrNotEmpty) || made != (seed.Summary{}) {
			t.Errorf("got %+v, %v", made, err)
		}
	})
}

func TestRunAgain(t *testing.T) {
	t.Parallel()
	tables := []string{"practitioners", "rooms", "appointment_types", "working_hours", "patients", "allergies", "time_off", "appointments", "medical_records"}
	one, _ := makeClinic(t, seed.Options{Patients: 50, Seed: 1})
	for _, c := range []struct {
		claim   string
		options seed.Options
		same    []string // the others differ
	}{
		{"makes the same clinic of the same seed", seed.Options{Patients: 50, Seed: 1}, tables},
		{"makes the same people at another time", seed.Options{Patients: 50, Seed: 1, Now: noon.AddDate(0, 1, 3)}, tables[:6]},
		{"makes another clinic of another seed", seed.Options{Patients: 50, Seed: 2}, nil},
	} {
		t.Run(c.claim, func(t *testing.T) {
			t.Parallel()
			other, _ := makeClinic(t, c.options)
			for i, table := range tables {
				if same := content(t, one, table) == content(t, other, table); same != (i < len(c.same)) {
					t.Errorf("%s: the same is %v", table, same)
				}
			}
		})
	}
}

func TestRunFails(t *testing.T) {
	t.Parallel()
	t.Run("without patients", func(t *testing.T) {
		t.Parallel()
		if _, err := seed.Run(t.Context(), dbtest.New(t).DB, seed.Options{}); err == nil {
			t.Error("no error")
		}
	})
	t.Run("when the database refuses a row", func(t *testing.T) {
		t.Parallel()
		d := dbtest.New(t)
		d.SQL.MustExec("ALTER TABLE medical_records ADD CHECK (code <> 'I10')")
		_, err := seed.Run(t.Context(), d.DB, seed.Options{Patients: 100, Seed: 1, Now: noon})
		if err == nil || strings.Contains(err.Error(), "I10") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("when it is cancelled", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		_, err := seed.Run(ctx, dbtest.New(t).DB, seed.Options{Patients: 100, Seed: 1, Now: noon, Progress: func(int, int) { cancel() }})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestRunSlowly(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	d.SQL.MustExec(`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END'`)
	d.SQL.MustExec(`CREATE TRIGGER dawdle AFTER INSERT ON patients FOR EACH STATEMENT EXECUTE FUNCTION dawdle()`)
	hurried, err := db.Open(d.URL + "&statement_timeout=1000")
	if err != nil {
		t.Fatal(err)
	}
	defer hurried.Close()
	if _, err := seed.Run(t.Context(), hurried, seed.Options{Patients: 20, Seed: 1, Now: noon}); err != nil {
		t.Errorf("a load is bounded like a request: %v", err)
	}
}

func BenchmarkRun(b *testing.B) {
	for _, patients := range []int{200, 2000} {
		b.Run(fmt.Sprint(patients), func(b *testing.B) {
			rows := 0
			for b.Loop() {
				_, made := makeClinic(b, seed.Options{Patients: patients, Seed: 1})
				rows += made.Rows()
			}
			b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// within is the condition that a visit lies in working hours, or a break, of its weekday.
func within(kind string) string {
	return `EXISTS (SELECT FROM working_hours h WHERE h.practitioner_id = t.practitioner_id AND h.kind = '` + kind + `'
		AND h.weekday = trim(to_char(t.starts_at AT TIME ZONE 'Asia/Tbilisi', 'DAY')) AND h.starts_on <= (t.starts_at AT TIME ZONE 'Asia/Tbilisi')::date
		AND ` + map[string]string{
		"WORK":  "h.start_time <= (t.starts_at AT TIME ZONE 'Asia/Tbilisi')::time AND h.end_time >= (t.ends_at AT TIME ZONE 'Asia/Tbilisi')::time",
		"BREAK": "h.start_time < (t.ends_at AT TIME ZONE 'Asia/Tbilisi')::time AND h.end_time > (t.starts_at AT TIME ZONE 'Asia/Tbilisi')::time",
	}[kind] + `)`
}

// count returns how many of the rows t meet the condition, which can name the instant ":now".
func count(t *testing.T, d *dbtest.Database, table, condition string) (n int) {
	t.Helper()
	condition = strings.ReplaceAll(condition, ":now", "'"+noon.Format(time.RFC3339)+"'")
	if err := d.SQL.Get(&n, "SELECT count(*) FROM "+table+" t WHERE "+condition); err != nil {
		t.Fatal(err)
	}
	return n
}

// share returns how many of the rows meet the condition, in percent.
func share(t *testing.T, d *dbtest.Database, table, condition string) float64 {
	t.Helper()
	return 100 * float64(count(t, d, table, condition)) / float64(count(t, d, table, "true"))
}

// content sums a table up, without when it was written.
func content(t *testing.T, d *dbtest.Database, table string) (sum string) {
	t.Helper()
	err := d.SQL.Get(&sum, `SELECT md5(string_agg((to_jsonb(t) - '{created_at,updated_at}'::text[])::text, '' ORDER BY id)) FROM `+table+" t")
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestRun_evenly(t *testing.T) {
	t.Parallel()
	d, made := makeClinic(t, seed.Options{Patients: 90, Each: 10, Seed: 1})
	if made.Appointments != 900 || made.MedicalRecords != 900 {
		t.Errorf("made %+v", made)
	}
	const others = `id NOT IN (SELECT patient_id FROM %s GROUP BY patient_id HAVING count(*) = 10)`
	for table, condition := range map[string]string{
		"patients":        fmt.Sprintf(others, "appointments") + " OR " + fmt.Sprintf(others, "medical_records"),
		"appointments":    "extract(isodow FROM starts_at) > 5 OR EXISTS (SELECT FROM time_off o WHERE o.starts_at <= t.starts_at AND o.ends_at > t.starts_at)",
		"medical_records": "recorded_on > '2026-03-04'",
	} {
		if n := count(t, d, table, condition); n != 0 {
			t.Errorf("%d %s where %s", n, table, condition)
		}
	}
	if n := count(t, d, "appointments", "starts_at > '2026-03-04T08:00:00Z'"); n != 180 {
		t.Errorf("%d visits are to come, not two of each patient", n)
	}
	for _, each := range []int{-1, 51} {
		if _, err := seed.Run(context.Background(), dbtest.New(t).DB, seed.Options{Patients: 1, Each: each}); err == nil {
			t.Errorf("%d visits of each patient are not refused", each)
		}
	}
}
