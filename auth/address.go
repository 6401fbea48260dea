package auth

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// clientAddress returns where r comes from. What X-Forwarded-For says is believed
// as far back as the addresses are those of trusted proxies: each proxy adds
// whom it heard from at the right, and anybody can write what stands to the left.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	address := parseAddress(r.RemoteAddr)
	forwarded := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
	for forwarded != "" && isTrusted(address, trusted) {
		comma := strings.LastIndexByte(forwarded, ',')
		previous := parseAddress(strings.TrimSpace(forwarded[comma+1:]))
		if !previous.IsValid() {
			break
		}
		address, forwarded = previous, forwarded[:max(comma, 0)]
	}
	return address
}

func isTrusted(address netip.Addr, trusted []netip.Prefix) bool {
	return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(address) })
}

// parseAddress reads an address with or without a port, into the one form that
// compares equal and that Postgres takes as an inet.
func parseAddress(text string) netip.Addr {
	address, err := netip.ParseAddr(text)
	if err != nil {
		withPort, _ := netip.ParseAddrPort(text)
		address = withPort.Addr()
	}
	return address.Unmap().WithZone("")
}
