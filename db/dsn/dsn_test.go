package dsn

import (
	"errors"
	"fmt"
	"testing"

	"github.com/lib/pq"
)

// What an address is read as, by the driver's own account.
func TestParse(t *testing.T) {
	for _, test := range []struct{ address, want string }{
		{"postgres://u:pw@a:5432,b:5433/name?target_session_attrs=primary&connect_timeout=7", "u pw name a:5432 b:5433 primary 7s"},
		{"postgres://u:pw@a:5432,b:5432/name", "u pw name a:5432 b:5432 read-write 3s"},
		{"postgresql://u:p,w@a,b:5433", "u p,w  a:5432 b:5433 read-write 3s"},
		{"postgres://u@[::1]:5433,[fe80::1],10.0.0.1:1/name", "u  name ::1:5433 fe80::1:5432 10.0.0.1:1 read-write 3s"},
		{"postgres://u@/name?host=/run/a,/run/b&port=1,2", "u  name /run/a:1 /run/b:2 read-write 3s"},
		{"postgres://u@a,b/name?port=1", "u  name a:1 b:1 read-write 3s"},
		{"postgres://u@a,b/name?port=1,2", "u  name a:1 b:2 read-write 3s"},
		{"postgres://u:p%40w@a:5433/name", "u p@w name a:5433  3s"},
		{"postgres:///name?host=/run/a", "  name /run/a:5432  3s"},
	} {
		u, err := Parse(test.address)
		if err != nil {
			t.Errorf("%s: %v", test.address, err)
			continue
		}
		again, err := Parse(u.String())
		if err != nil || again.String() != u.String() {
			t.Errorf("%s: read again it is %v, was %s (%v)", test.address, again, u, err)
		}
		c, err := pq.NewConfig(u.String())
		if err != nil {
			t.Errorf("%s: %v", test.address, err)
			continue
		}
		got := fmt.Sprintf("%s %s %s %s:%d", u.User.Username(), c.Password, c.Database, c.Host, c.Port)
		for _, host := range c.Multi {
			got += fmt.Sprintf(" %s:%d", host.Host, host.Port)
		}
		if got += fmt.Sprintf(" %s %s", c.TargetSessionAttrs, c.ConnectTimeout); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.address, got, test.want)
		}
	}
}

// What is no address is refused, and nothing of it is repeated.
func TestParse_refuses(t *testing.T) {
	for _, address := range []string{
		"", "secret", "mysql://u:secret@a/name", "postgres://u:secret@a:x/name", "postgres://u:secret@a:1,b:x/name", "postgres://u:secret@a:1,:2/name",
		"postgres://u:secret@a,/name", "postgres://u:secret@a:1:2,b/name", "postgres://u:secret@a,b:70000/name", "postgres://u:secret@a,b%/name",
		"postgres://u:secret@a,b/name?host=c", "postgres://u:secret@a,b/name?%", "postgres://u:secret@a:1,b/name?port=2", "postgres://u:sec ret@%2,b/name",
	} {
		if u, err := Parse(address); !errors.Is(err, ErrForm) || err.Error() != ErrForm.Error() {
			t.Errorf("%q: got %v, %v", address, u, err)
		}
	}
}

// Standbys are what an address of theirs leads to, each connection to any of them.
func TestParseStandbys(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://a/name": "connect_timeout=3&target_session_attrs=standby",
		"postgres://a:1,b:2/name?sslmode=verify-full&target_session_attrs=read-write": "connect_timeout=3&host=a%2Cb&load_balance_hosts=random&port=1%2C2&sslmode=verify-full&target_session_attrs=standby",
	} {
		u, err := ParseStandbys(address)
		if err != nil || u.RawQuery != want {
			t.Errorf("%s: %v, %v", address, u, err)
			continue
		}
		if _, err := pq.NewConfig(u.String()); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}
