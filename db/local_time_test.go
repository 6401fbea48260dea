package db_test

import (
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/db"
)

func TestLocalTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]db.LocalTime{"00:00": 0, "09:30": 9*60 + 30, "09:30:00": 9*60 + 30, "23:59": 24*60 - 1} {
		var at db.LocalTime
		if err := at.UnmarshalGQL(text); err != nil || at != want {
			t.Errorf("%s is read as %s (%v)", text, at, err)
		}
		var out strings.Builder
		if at.MarshalGQL(&out); out.String() != `"`+text[:5]+`"` {
			t.Errorf("%s is answered as %s", text, &out)
		}
	}
	for _, text := range []any{"", "24:00", "9:30", "09:60", "-1:00", "09:30:01", "09:30:00.5", "09:30:00Z", "09:30+04:00", "0930", "09.30", "09:30 PM", " 09:30", "09:30\n", "٠٩:٣٠", nil, 930} {
		var at db.LocalTime
		if err := at.UnmarshalGQL(text); err == nil {
			t.Errorf("%q is read as %s", text, at)
		}
	}
	var at db.LocalTime
	if err := at.Scan(time.Date(0, 1, 1, 17, 5, 0, 0, time.UTC)); err != nil || at.String() != "17:05" {
		t.Errorf("the database's 17:05 is %s (%v)", at, err)
	}
	if err := at.Scan("17:05"); err == nil {
		t.Error("a text is taken from the database")
	}
}

// Pitfall 5: a local time has no offset, and its day exists.
func TestLocalDateTime(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-03-02T09:30": "2026-03-02T09:30", "2026-03-02T09:30:00": "2026-03-02T09:30", "2024-02-29T00:00": "2024-02-29T00:00", "9999-12-31T23:59": "9999-12-31T23:59",
	} {
		var at db.LocalDateTime
		if err := at.UnmarshalGQL(text); err != nil || string(at) != want {
			t.Errorf("%s is read as %s (%v)", text, at, err)
		}
		var out strings.Builder
		if at.MarshalGQL(&out); out.String() != `"`+want+`"` {
			t.Errorf("%s is answered as %s", text, &out)
		}
	}
	for _, text := range []any{"", "2026-02-30T09:30", "2023-02-29T09:30", "2026-13-01T09:30", "2026-03-01T24:00", "2026-03-01T09:60", "2026-03-01T09:30Z", "2026-03-01T09:30+04:00",
		"2026-03-01T09:30:01", "2026-03-01T09:30:00.000", "2026-03-01 09:30", "2026-3-1T9:30", "2026-03-01", "09:30", "2026-03-01T09:30\n", nil, 20260301} {
		var at db.LocalDateTime
		if err := at.UnmarshalGQL(text); err == nil {
			t.Errorf("%q is read as %s", text, at)
		}
	}
}
