// Package dsn reads the address of a database, which may name several hosts, in one
// way for the driver, for Postgres's programs and for whoever looks at it.
package dsn

import (
	"errors"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// What an address gets unless it says otherwise. A host that is gone must not be
// waited for, and of several hosts only the one that can be written to will do.
const (
	connectTimeout = "3" // seconds, for each host
	targetServer   = "read-write"
	defaultPort    = "5432"
)

// ErrForm says that a text is no address. It repeats nothing of it: a password is in it.
var ErrForm = errors.New("the address is not of the form postgres://user:password@host/name or postgres://user:password@host:port,host:port/name")

// Parse reads an address. Of one that names several hosts they become the parameters
// host and port, since net/url takes one port only and the driver one for all. What
// it returns is read by Parse as the same.
func Parse(address string) (*url.URL, error) {
	return parse(address, func(q url.Values, several bool) {
		if several && !q.Has("target_session_attrs") {
			q.Set("target_session_attrs", targetServer)
		}
	})
}

// ParseStandbys reads an address of standbys: no other server will do, and of several
// each connection goes to any.
func ParseStandbys(address string) (*url.URL, error) {
	return parse(address, func(q url.Values, several bool) {
		q.Set("target_session_attrs", "standby")
		if several && !q.Has("load_balance_hosts") {
			q.Set("load_balance_hosts", "random")
		}
	})
}

// parse reads an address, whose parameters choose then completes.
func parse(address string, choose func(q url.Values, several bool)) (*url.URL, error) {
	before, hosts, after := cut(address)
	isList := strings.Contains(hosts, ",")
	if isList {
		address = before + after
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, ErrForm
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil || isList && (q.Has("host") || !list(q, hosts)) {
		return nil, ErrForm
	}
	choose(q, strings.Contains(q.Get("host")+q.Get("hostaddr"), ","))
	if !q.Has("connect_timeout") {
		q.Set("connect_timeout", connectTimeout)
	}
	u.RawQuery = q.Encode()
	return u, nil
}

// cut returns an address in three parts, of which the second is its hosts with their ports.
func cut(address string) (before, hosts, after string) {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address, "", ""
	}
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	start := strings.LastIndex(rest[:end], "@") + 1
	return scheme + "://" + rest[:start], rest[start:end], rest[end:]
}

// hostForm is that of the name of a host; its addresses are read by net.
var hostForm = regexp.MustCompile(`^[0-9A-Za-z._-]+$`)

// list puts hosts into q, "a:5433,[::1]" as host=a,::1 and port=5433,5432. It returns
// false where they cannot be read, or q holds other ports.
func list(q url.Values, hosts string) bool {
	var names, ports []string
	own := false
	for one := range strings.SplitSeq(hosts, ",") {
		name, port, err := net.SplitHostPort(one)
		if err != nil {
			name, port = strings.TrimSuffix(strings.TrimPrefix(one, "["), "]"), ""
		}
		own = own || port != ""
		if port == "" {
			port = defaultPort
		}
		if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || !hostForm.MatchString(name) && net.ParseIP(name) == nil {
			return false
		}
		names, ports = append(names, name), append(ports, port)
	}
	q.Set("host", strings.Join(names, ","))
	if !q.Has("port") {
		q.Set("port", strings.Join(ports, ","))
	} else if own {
		return false // ports are named twice
	}
	return true
}
