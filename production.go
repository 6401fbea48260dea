package main

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/lib/pq"
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
	if url := c.databaseURL(); url != "" {
		demandSafe(demand, "DATABASE_URL", url)
	}
	if reasons == nil {
		return nil
	}
	return errors.New("in production " + strings.Join(reasons, "; "))
}

// demandSafe has the connections to the database of a variable encrypted to all its
// hosts, and guarded by a password that nobody guesses. Whatever the environment
// says of connections besides is looked at too, as the driver does.
func demandSafe(demand func(bool, string), variable, address string) {
	config, err := pq.NewConfig(address)
	if err != nil {
		demand(false, variable+" cannot be read")
		return
	}
	if isLocal(config) {
		return
	}
	demand(config.SSLMode == pq.SSLModeVerifyFull, variable+" must say sslmode=verify-full, since the database is on another machine")
	demand(len(config.Password) >= minDatabasePassword || config.SSLKey != "", fmt.Sprintf("the password of %s must have %d characters or more", variable, minDatabasePassword))
}

// isLocal says whether all hosts of a database are this machine: Unix sockets or
// the loopback.
func isLocal(config pq.Config) bool {
	hosts := append(config.Multi, pq.ConfigMultihost{Host: config.Host, Hostaddr: config.Hostaddr})
	for _, host := range hosts {
		ip, err := netip.ParseAddr(host.Host)
		switch {
		case host.Hostaddr.IsValid():
			ip = host.Hostaddr
		case err != nil && (host.Host == "localhost" || strings.HasPrefix(host.Host, "/")):
			continue
		}
		if !ip.IsLoopback() {
			return false
		}
	}
	return true
}
