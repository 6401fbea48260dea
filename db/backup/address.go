package backup

import (
	"net/url"

	"github.com/clinicql/clinicql/db/dsn"
)

// libpqParameters are those of an address that Postgres's own programs know too;
// the driver's others are settings of a session, or its own.
var libpqParameters = []string{
	"host", "hostaddr", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "target_session_attrs",
}

// libpqAddress returns an address as Postgres's programs take it, with the password
// apart.
func libpqAddress(address string) (without, password string, err error) {
	u, err := dsn.Parse(address)
	if err != nil {
		return "", "", err
	}
	password, _ = u.User.Password()
	u.User = url.User(u.User.Username())
	known := url.Values{}
	for _, name := range libpqParameters {
		if value := u.Query().Get(name); value != "" {
			known.Set(name, value)
		}
	}
	u.RawQuery = known.Encode()
	return u.String(), password, nil
}
