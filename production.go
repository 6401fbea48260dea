package main

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/clinicql/clinicql/db/dsn"
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
		config := demandEncrypted(demand, "DATABASE_URL", url)
		demand(config == nil || len(config.Password) >= minDatabasePassword || config.SSLKey != "", fmt.Sprintf("the password of DATABASE_URL must have %d characters or more", minDatabasePassword))
	}
	if s.ReplicaURL != "" {
		demandEncrypted(demand, "DATABASE_REPLICA_URL", s.ReplicaURL)
	}
	if reasons == nil {
		return nil
	}
	return errors.New("in production " + strings.Join(reasons, "; "))
}

// demandEncrypted has the connections to the database of a variable encrypted to all
// its hosts, and returns how it is reached; nil when that is on this machine, or not
// to be read. Whatever the environment says besides counts, as for the driver.
func demandEncrypted(demand func(bool, string), variable, address string) *pq.Config {
	var config pq.Config
	u, err := dsn.Parse(address)
	if err == nil {
		config, err = pq.NewConfig(u.String())
	}
	demand(err == nil, variable+" cannot be read")
	if err != nil || isLocal(config) {
		return nil
	}
	demand(config.SSLMode == pq.SSLModeVerifyFull, variable+" must say sslmode=verify-full, since the database is on another machine")
	return &config
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
