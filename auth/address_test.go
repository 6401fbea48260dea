package auth_test

import (
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

func TestClientAddress(t *testing.T) {
	t.Parallel()
	g := auth.Gate{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}
	for name, c := range map[string]struct {
		remote    string
		forwarded []string
		want      string
	}{
		"is whom the connection comes from":  {"192.0.2.1:1234", nil, "192.0.2.1"},
		"disbelieves a client":               {"192.0.2.1:1234", []string{"198.51.100.7"}, "192.0.2.1"},
		"believes a proxy":                   {"10.0.0.1:1234", []string{"198.51.100.7"}, "198.51.100.7"},
		"disbelieves what a client gave one": {"10.0.0.1:1234", []string{"203.0.113.9, 198.51.100.7"}, "198.51.100.7"},
		"goes back through several":          {"10.0.0.1:1234", []string{"203.0.113.9,198.51.100.7 , fd00::5, 10.9.9.9"}, "198.51.100.7"},
		"reads several headers as one":       {"10.0.0.1:1234", []string{"203.0.113.9", "198.51.100.7, 10.9.9.9"}, "198.51.100.7"},
		"is the first proxy when all are":    {"10.0.0.1:1234", []string{"10.0.0.3, 10.0.0.2"}, "10.0.0.3"},
		"is the proxy when it says nothing":  {"10.0.0.1:1234", nil, "10.0.0.1"},
		"stops at what is no address":        {"10.0.0.1:1234", []string{"198.51.100.7, unknown, 10.0.0.2"}, "10.0.0.2"},
		"stops at an empty entry":            {"10.0.0.1:1234", []string{"198.51.100.7,"}, "10.0.0.1"},
		"reads ports":                        {"[fd00::1]:1234", []string{"[2001:db8::7]:55"}, "2001:db8::7"},
		"knows IPv4 that came by IPv6":       {"[::ffff:10.0.0.1]:1234", []string{"::ffff:198.51.100.7"}, "198.51.100.7"},
		"drops a zone":                       {"[fe80::1%eth0]:1234", nil, "fe80::1"},
		"is not valid when nothing is known": {"@", []string{"198.51.100.7"}, "invalid IP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("POST", "/", nil)
			r.RemoteAddr = c.remote
			for _, line := range c.forwarded {
				r.Header.Add("X-Forwarded-For", line)
			}
			visit(&g, r, func(v *auth.Visit) {
				if v.Address.String() != c.want {
					t.Errorf("it is %s, not %s", v.Address, c.want)
				}
			})
		})
	}
}
