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
	before, hosts, after := cut(address)
	several := strings.Contains(hosts, ",")
	if several {
		address = before + after
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, ErrForm
	}
	q, err := url.ParseQuery(u.RawQuery)
	if err != nil || several && q.Has("host") {
		return nil, ErrForm
	}
	if several && !list(q, hosts) {
		return nil, ErrForm
	}
	several = strings.Contains(q.Get("host")+q.Get("hostaddr"), ",")
	if several && !q.Has("target_session_attrs") {
		q.Set("target_session_attrs", targetServer)
	}
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
