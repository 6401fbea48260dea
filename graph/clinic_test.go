package graph_test

import (
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
)

func TestUpdateClinic(t *testing.T) {
	t.Parallel()
	c := newClient(t).as(auth.Admin)
	before := c.ask(`{ clinic { id version } }`, nil) // is remembered for a second
	today := func(zone string) string {
		location, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		return string(db.DateOf(time.Now().In(location)))
	}
	// The two are 26 hours apart, so they never have the same day.
	t.Run("is seen by this server at once", func(t *testing.T) {
		c := c.in(t)
		for _, zone := range []string{"Etc/GMT+12", "Pacific/Kiritimati", "Asia/Tbilisi"} {
			vars := variables{"zone": zone, "version": c.ask(`{ clinic { version } }`, nil).number("clinic.version")}
			want := today(zone)
			got := c.ask(`mutation($zone: String!, $version: Int!) { updateClinic(input: {expectedVersion: $version, timeZone: $zone}) { clinic { timeZone today } } }`, vars)
			for got.text("updateClinic.clinic.today") != want && want != today(zone) {
				want = today(zone) // midnight passed
			}
			if got.text("updateClinic.clinic.today") != want || got.text("updateClinic.clinic.timeZone") != zone {
				t.Errorf("got %s, not %s", asJSON(got), want)
			}
			if got := c.ask(`{ clinic { timeZone today } }`, nil); got.text("clinic.timeZone") != zone || got.text("clinic.today") != want && got.text("clinic.today") != today(zone) {
				t.Errorf("got %s after the change to %s", asJSON(got), zone)
			}
		}
	})
	t.Run("changes what is given and nothing else", func(t *testing.T) {
		got := c.in(t).ask(`mutation { updateClinic(input: {expectedVersion: 4, name: "Polyclinic", undoPeriod: "PT0S", cancellationNotice: "P14D"}) { clinic { name timeZone undoPeriod cancellationNotice version } } }`, nil)
		const want = `{"updateClinic":{"clinic":{"cancellationNotice":"PT336H","name":"Polyclinic","timeZone":"Asia/Tbilisi","undoPeriod":"PT0S","version":5}}}`
		if asJSON(got) != want {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("refuses a stale version", func(t *testing.T) {
		got := c.in(t).refused(`mutation($v: Int!) { updateClinic(input: {expectedVersion: $v, name: "New"}) { clinic { name } } }`, variables{"v": before.number("clinic.version")})[0].Extensions
		if got.Code != "VERSION_CONFLICT" || got.Current.text("undoPeriod") != "PT0S" || got.Current.text("cancellationNotice") != "PT336H" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	t.Run("answers a repeat with its first answer, and goes on by the settings of today", func(t *testing.T) {
		c := c.in(t)
		const rename = `mutation { updateClinic(input: {expectedVersion: 5, name: "First"}) @idempotent(key: "rename-the-clinic") { clinic { name today version } } }`
		first := c.ask(rename, nil)
		c.ask(`mutation { updateClinic(input: {expectedVersion: 6, name: "Second"}) { clinic { name } } }`, nil)
		if again := c.ask(rename, nil); again.text("updateClinic.clinic.name") != "First" || again.number("updateClinic.clinic.version") != first.number("updateClinic.clinic.version") {
			t.Errorf("got %s, first %s", asJSON(again), asJSON(first))
		}
		if got := c.ask(`{ clinic { name } }`, nil); got.text("clinic.name") != "Second" {
			t.Errorf("got %s", asJSON(got))
		}
	})
	for input, problems := range map[string][]string{
		`timeZone: ""`:                                {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "Local"`:                           {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "localtime"`:                       {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "right/UTC"`:                       {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "posixrules"`:                      {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "../zoneinfo/UTC"`:                 {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "Asia/../UTC"`:                     {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "/etc/localtime"`:                  {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "Asia/Atlantis"`:                   {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "Asia"`:                            {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "asia/tbilisi"`:                    {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "+04:00"`:                          {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: "Asia/Tbilisi\n"`:                  {"input.timeZone UNKNOWN_TIME_ZONE"},
		`timeZone: null, name: null`:                  {"input.name REQUIRED", "input.timeZone REQUIRED"},
		`name: " "`:                                   {"input.name TOO_SHORT"},
		`undoPeriod: "PT24H1M"`:                       {"input.undoPeriod OUT_OF_RANGE"},
		`cancellationNotice: "P14DT1M"`:               {"input.cancellationNotice OUT_OF_RANGE"},
		`undoPeriod: "PT25H", timeZone: "A"`:          {"input.timeZone UNKNOWN_TIME_ZONE", "input.undoPeriod OUT_OF_RANGE"},
		`undoPeriod: null`:                            {"input.undoPeriod REQUIRED"},
		`cancellationNotice: "P15D", undoPeriod: "1"`: {"input.undoPeriod BAD_FORMAT"},
	} {
		t.Run("refuses "+input, func(t *testing.T) {
			c := c.in(t)
			vars := variables{"v": c.ask(`{ clinic { version } }`, nil).number("clinic.version")}
			wantFields(t, c.refused(`mutation($v: Int!) { updateClinic(input: {expectedVersion: $v, `+input+`}) { clinic { name } } }`, vars), problems...)
		})
	}
	t.Run("is for administrators", func(t *testing.T) {
		if got := c.in(t).as(auth.Receptionist).refused(`mutation { updateClinic(input: {expectedVersion: 7, name: "New"}) { clinic { name } } }`, nil); got[0].Extensions.Code != "FORBIDDEN" {
			t.Errorf("got %s", asJSON(got))
		}
	})
}

// Another server goes by new settings within a second.
func TestUpdateClinic_onAnotherServer(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	other := *c
	other.server = serve(t, openDB(t, c.db.URL), &other.actor)
	other.ask(`{ clinic { name } }`, nil)
	c.ask(`mutation { updateClinic(input: {expectedVersion: 1, name: "New"}) { clinic { name } } }`, nil)
	for start := time.Now(); other.ask(`{ clinic { name } }`, nil).text("clinic.name") != "New"; {
		if time.Since(start) > 20*time.Second {
			t.Fatal("the other server does not see the change")
		}
	}
}
