package auth

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// maxUserAgent is how many characters of a user agent are kept.
const maxUserAgent = 200

// A Visit is what signing in and out have to know of the HTTP request, and how
// they give it a cookie. It is safe for concurrent use.
type Visit struct {
	Address   netip.Addr // of the client; not valid when it is unknown
	UserAgent string     // as it says of itself, at most 200 characters
	secure    bool       // by https

	mu     sync.Mutex
	cookie *http.Cookie // to be set; nil for none
}

type visitKey struct{}

// VisitFrom returns the visit of a request. It is never nil: where there is no
// request it is an empty one that nobody reads.
func VisitFrom(ctx context.Context) *Visit {
	if v, ok := ctx.Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{}
}

// newVisit returns the visit that r is.
func newVisit(r *http.Request, address netip.Addr, secure bool) *Visit {
	v := &Visit{Address: address, UserAgent: strings.ToValidUTF8(r.UserAgent(), "\uFFFD"), secure: secure}
	characters := 0
	for i := range v.UserAgent {
		if characters == maxUserAgent {
			v.UserAgent = strings.Clone(v.UserAgent[:i])
			break
		}
		characters++
	}
	return v
}

// cookieName is the name of the session's cookie. Browsers take one that begins
// with __Host- from this host by https only, so that no neighbour can plant it.
func (v *Visit) cookieName() string {
	if v.secure {
		return "__Host-clinicql_session"
	}
	return "clinicql_session"
}

// SetSession lets the answer give the browser a session, until it expires.
func (v *Visit) SetSession(token string, expires time.Time) {
	v.set(token, int(time.Until(expires)/time.Second))
}

// EndSession lets the answer take the session from the browser.
func (v *Visit) EndSession() { v.set("", 0) }

// set remembers the cookie. Its age counts in seconds and not to a time, because
// the clocks of browsers are wrong; at 0 it is taken away.
func (v *Visit) set(value string, age int) {
	if age <= 0 {
		value, age = "", -1
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cookie = &http.Cookie{
		Name: v.cookieName(), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: v.secure, SameSite: http.SameSiteStrictMode,
	}
}

// WriteCookie writes what SetSession or EndSession asked for last, if anything.
// It is called once, before the status of the answer is written.
func (v *Visit) WriteCookie(w http.ResponseWriter) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.cookie != nil {
		http.SetCookie(w, v.cookie)
	}
}
