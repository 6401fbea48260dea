package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// minDatabasePassword is how many characters the password of a database has at
// least that is reached over a network.
const minDatabasePassword = 16

// checkProduction returns all that keeps a real clinic from being served this
// way. It repeats nothing of the database's address.
func (s *ServeConfig) checkProduction(c *Config) error {
	var reasons []string
	demand := func(ok bool, reason string) {
		if !ok {
			reasons = append(reasons, reason)
		}
	}
	demand(strings.HasPrefix(s.PublicURL, "https://"), "CLINICQL_PUBLIC_URL must begin with https://, since passwords travel")
	demand(len(s.TrustedProxies) > 0, "CLINICQL_TRUSTED_PROXIES must name the proxy that ends TLS, or nobody's address is known")
	demand(!s.Demo, "CLINICQL_DEMO makes users whose passwords are printed")
	if u, err := url.Parse(c.databaseURL()); err == nil && !isLocal(u) {
		password, _ := u.User.Password()
		demand(u.Query().Get("sslmode") == "verify-full", "DATABASE_URL must say sslmode=verify-full, since the database is on another machine")
		demand(len(password) >= minDatabasePassword || u.Query().Has("sslkey"), fmt.Sprintf("the password of DATABASE_URL must have %d characters or more", minDatabasePassword))
	}
	if reasons == nil {
		return nil
	}
	return errors.New("in production " + strings.Join(reasons, "; "))
}

// isLocal says whether a database is on this machine: our own, behind a Unix
// socket, or on the loopback.
func isLocal(u *url.URL) bool {
	hosts := strings.Split(u.Host, ",")
	if host := u.Query().Get("host"); host != "" {
		hosts = strings.Split(host, ",")
	}
	for _, host := range hosts {
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		if host != "" && host != "localhost" && !strings.HasPrefix(host, "/") && !(ip != nil && ip.IsLoopback()) {
			return false
		}
	}
	return true
}
