package db_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
)

// Pitfall 5: a length has the same number of minutes on every day.
func TestDuration(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		minutes int
		written string
	}{
		"PT0S": {0, "PT0S"}, "PT0M": {0, "PT0S"}, "P0D": {0, "PT0S"}, "PT1M": {1, "PT1M"}, "PT90M": {90, "PT1H30M"}, "PT1H30M": {90, "PT1H30M"}, "PT1H30M0S": {90, "PT1H30M"},
		"PT24H": {1440, "PT24H"}, "P1D": {1440, "PT24H"}, "P14DT1M": {20161, "PT336H1M"}, "P31D": {44640, "PT744H"}, "PT44640M": {44640, "PT744H"}, "PT007M": {7, "PT7M"},
	} {
		var d db.Duration
		if err := d.UnmarshalGQL(text); err != nil || d != db.Minutes(want.minutes) || d.String() != want.written {
			t.Errorf("%s is read as %s (%v)", text, d, err)
		}
		var out strings.Builder
		if d.MarshalGQL(&out); out.String() != `"`+want.written+`"` {
			t.Errorf("%s is answered as %s", text, &out)
		}
		value, err := d.Value()
		var stored, repeated db.Duration
		if err != nil || stored.Scan(value) != nil || stored != d {
			t.Errorf("%s comes back from the database as %s (%v)", text, stored, err)
		}
		asJSON, err := json.Marshal(d)
		if err != nil || json.Unmarshal(asJSON, &repeated) != nil || repeated != d || string(asJSON) != `"`+want.written+`"` {
			t.Errorf("%s is %s in JSON (%v)", text, asJSON, err)
		}
	}
	for _, text := range []any{"", "PT", "P", "P1DT", "P1M", "P1Y", "P1W", "PT1.5M", "PT0,5H", "PT-5M", "-PT5M", "+PT5M", "PT30S", "PT60S", "PT5", "T5M", "5M", "PT5M1H", "pt5m", " PT5M", "PT5M\n",
		"P32D", "PT744H1M", "P31DT1M", "PT99999H", "P999999999999999999D", "PT٥M", "00:05", nil, 5, true} {
		var d db.Duration
		if err := d.UnmarshalGQL(text); err == nil {
			t.Errorf("%q is read as %s", text, d)
		}
	}
	for _, value := range []any{"5", nil, 5.0} {
		var d db.Duration
		if err := d.Scan(value); err == nil {
			t.Errorf("%v is taken from the database as %s", value, d)
		}
	}
}
