package graph_test

import (
	"os"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/jmoiron/sqlx"
)

// pastVariable names a migrated database: what is empty in it is filled, and
// what has no past is given one. Without it each test fills one of its own.
const pastVariable = "CLINICQL_PAST_DATABASE"

// givePast lets every row of a seeded clinic be 400 days old: three fifths of
// them have two to four older versions, 17 days apart.
const givePast = `
DO $$
DECLARE
	t record;
	versions text;
BEGIN
	FOR t IN SELECT oid, relname FROM pg_class WHERE relnamespace = 'history'::regnamespace AND relkind = 'r' LOOP
		SELECT string_agg(CASE attname
			WHEN 'valid_from' THEN 'CASE k WHEN 0 THEN now() - interval ''400 days'' ELSE changed - (n - k) * interval ''17 days'' END'
			WHEN 'valid_to' THEN 'CASE k WHEN n THEN ''infinity'' ELSE changed - (n - k - 1) * interval ''17 days'' END'
			WHEN 'updated_at' THEN 'CASE k WHEN 0 THEN updated_at ELSE changed - (n - k) * interval ''17 days'' END'
			WHEN 'version' THEN 'version + k'
			ELSE quote_ident(attname) END, ', ' ORDER BY attnum) INTO versions
		FROM pg_attribute WHERE attrelid = t.oid AND attnum > 0 AND NOT attisdropped;
		EXECUTE format('CREATE TEMP TABLE newest ON COMMIT DROP AS
			SELECT *, CASE WHEN h %% 5 < 2 THEN 0 ELSE h %% 5 END AS n, now() - h %% 17 * interval ''1 day'' AS changed
			FROM (SELECT r.*, abs(hashtext(r::text)) AS h FROM history.%I r) r', t.relname);
		EXECUTE format('TRUNCATE history.%I', t.relname);
		EXECUTE format('INSERT INTO history.%I SELECT %s FROM newest, generate_series(0, n) k', t.relname, versions);
		DROP TABLE newest;
	END LOOP;
END $$`

// clinicWithPast returns the address of a clinic whose rows have a past.
func clinicWithPast(t testing.TB, patients int) (url string) {
	t.Helper()
	if url = os.Getenv(pastVariable); url == "" {
		url = dbtest.New(t).URL
	}
	pool := sqlx.MustOpen("postgres", url)
	defer pool.Close()
	var known, old bool
	must(t, pool.Get(&known, "SELECT EXISTS (SELECT FROM patients)"))
	if !known {
		d := openDB(t, url)
		_, err := seed.Run(auth.WithActor(t.Context(), auth.SystemActor("seed")), d, seed.Options{Patients: patients, Seed: 1})
		must(t, err)
		d.Close()
	}
	must(t, pool.Get(&old, "SELECT EXISTS (SELECT FROM history.patients WHERE valid_to < 'infinity')"))
	if !old {
		pool.MustExec(givePast)
		pool.MustExec("VACUUM ANALYZE")
	}
	return url
}

// aDoctor reads charts, and is on nobody's care team.
var aDoctor = auth.Actor{Name: "doctor", Role: auth.Doctor, UserID: db.NewID(db.KindUser), PractitionerID: db.NewID(db.KindPractitioner)}

// lastMonth is an instant that most rows had another version at.
func lastMonth() string { return time.Now().AddDate(0, -1, 0).UTC().Format(time.RFC3339) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
