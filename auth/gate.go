package auth

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// ErrUnknownToken says that there is no session or token with that hash, or that
// it is over.
var ErrUnknownToken = errors.New("there is no such session or token")

// preflightHeader is one that no page of another site can send without being
// asked first, and no form can at all.
const preflightHeader = "GraphQL-Require-Preflight"

// A Gate finds out who sends a request, or refuses it. Its fields are set before
// it serves and not changed after.
type Gate struct {
	// Find returns who a session or an API token acts for, or ErrUnknownToken
	// when there is no such live one.
	Find func(ctx context.Context, kind TokenKind, hash []byte) (Actor, error)
	// Look is Find that does not count as a use; Find where it is nil.
	Look func(ctx context.Context, kind TokenKind, hash []byte) (Actor, error)
	// Refuse writes an answer that holds one error.
	Refuse func(w http.ResponseWriter, r *http.Request, status int, code, message string)
	// Secure says that people reach the server by https, though a proxy may
	// speak http to it.
	Secure bool
	// TrustedProxies are whom X-Forwarded-For is believed from.
	TrustedProxies []netip.Prefix

	origins http.CrossOriginProtection
	memory  gateMemory
	holds   holds
}

// A refusal is why a request is not let in. It repeats nothing of the request.
type refusal struct {
	status        int
	code, message string
}

// What a token lacks is not told: it would help nobody but a thief.
var (
	fromOtherSite = &refusal{http.StatusForbidden, "BAD_REQUEST", "requests from other sites are refused"}
	noPreflight   = &refusal{http.StatusForbidden, "BAD_REQUEST", "cookie sessions need the header " + preflightHeader}
	twoWays       = &refusal{http.StatusBadRequest, "BAD_REQUEST", "send a session cookie or an Authorization header, not both"}
	notSignedIn   = &refusal{http.StatusUnauthorized, "UNAUTHENTICATED", "sign in again: the session or token is not valid"}
	unavailable   = &refusal{http.StatusServiceUnavailable, "UNAVAILABLE", "sessions cannot be looked up at the moment"}
)

// Handler lets requests through to next with their Actor and Visit in the
// context. Whoever brings no credentials is Anonymous.
func (g *Gate) Handler(next http.Handler) http.Handler { return g.handler(next, hasPreflight) }

// Downloads is Handler for files, which people follow links to: where a browser says
// that a page of this server, or its user, asks for one, nothing else needs to.
func (g *Gate) Downloads(next http.Handler) http.Handler {
	return g.handler(next, func(r *http.Request) bool {
		site := r.Header.Get("Sec-Fetch-Site")
		return hasPreflight(r) || r.Method == http.MethodGet && (site == "same-origin" || site == "none")
	})
}

// hasPreflight says whether a browser would have asked before it sent r for a page of
// another site.
func hasPreflight(r *http.Request) bool { return r.Header.Get(preflightHeader) != "" }

// handler lets those through who come with a cookie that isOurs says was sent from here.
func (g *Gate) handler(next http.Handler, isOurs func(*http.Request) bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visit := newVisit(r, clientAddress(r, g.TrustedProxies), g.Secure || r.TLS != nil)
		let, refused := g.admit(r, visit, isOurs)
		if refused == nil {
			next.ServeHTTP(w, r.WithContext(&entered{r.Context(), visit, let}))
			return
		}
		if refused == notSignedIn {
			w.Header().Set("WWW-Authenticate", "Bearer")
			visit.WriteCookie(w)
		}
		g.Refuse(w, r, refused.status, refused.code, refused.message)
	})
}

// An entered is the context of a request that was let in: one, as it is asked often.
type entered struct {
	context.Context
	visit *Visit
	pass  *pass
}

// Value implements context.Context.
func (e *entered) Value(key any) any {
	switch key.(type) {
	case actorKey:
		return &e.pass.actor
	case visitKey:
		return e.visit
	case passKey:
		return e.pass
	}
	return e.Context.Value(key)
}

// Forget drops what is remembered of sessions and tokens. It is called after
// each change of a session, a token or a user.
func (g *Gate) Forget() {
	g.memory.forget()
	g.holds.look()
}

// Close ends all long answers, lets no more begin, and waits for their ends as
// long as ctx lasts.
func (g *Gate) Close(ctx context.Context) { g.holds.stop(ctx) }

// admit returns who sends r, or why it is refused.
func (g *Gate) admit(r *http.Request, visit *Visit, isOurs func(*http.Request) bool) (*pass, *refusal) {
	upgrade := isUpgrade(r)
	if g.origins.Check(r) != nil || upgrade && !isFromHere(r) {
		return nil, fromOtherSite
	}
	headers, cookies := r.Header.Values("Authorization"), r.CookiesNamed(visit.cookieName())
	switch {
	case len(headers) > 0 && len(cookies) > 0:
		return nil, twoWays
	case len(headers) == 1:
		scheme, token, _ := strings.Cut(headers[0], " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return nil, notSignedIn
		}
		return g.find(r.Context(), APIToken, token)
	case len(headers) > 1:
		return nil, notSignedIn
	case len(cookies) > 0 && !upgrade && !isOurs(r):
		return nil, noPreflight
	case len(cookies) > 0:
		let, refused := g.find(r.Context(), SessionToken, cookies[0].Value)
		if refused == notSignedIn {
			visit.EndSession()
		}
		return let, refused
	}
	return &pass{gate: g, actor: Anonymous}, nil
}

// find returns who acts with a token that has to be of the kind want.
func (g *Gate) find(ctx context.Context, want TokenKind, token string) (*pass, *refusal) {
	kind, hash, ok := HashToken(token)
	if !ok || kind != want {
		return nil, notSignedIn
	}
	actor, err := g.memory.find(hash, func() (Actor, error) { return g.Find(ctx, kind, hash) })
	switch {
	case err == nil:
		return &pass{g, kind, hash, actor}, nil
	case errors.Is(err, ErrUnknownToken):
		return nil, notSignedIn
	case ctx.Err() == nil:
		slog.ErrorContext(ctx, "a session or token was not looked up", "error", err.Error())
	}
	return nil, unavailable
}

// look returns who acts with a token now, without using it.
func (g *Gate) look(ctx context.Context, kind TokenKind, hash []byte) (Actor, error) {
	if g.Look == nil {
		return g.Find(ctx, kind, hash)
	}
	return g.Look(ctx, kind, hash)
}

// isUpgrade says whether r opens a WebSocket.
func isUpgrade(r *http.Request) bool {
	return strings.Contains(strings.ToLower(strings.Join(r.Header.Values("Upgrade"), ",")), "websocket")
}

// isFromHere says whether r was sent by a page of this server, or by a program
// that is none: browsers always name an origin, and cannot add an Authorization
// to a WebSocket. It stands for the header that they cannot add either.
func isFromHere(r *http.Request) bool {
	if r.Header["Origin"] == nil && r.Header["Authorization"] != nil {
		return true
	}
	origin, err := url.Parse(r.Header.Get("Origin"))
	return err == nil && origin.Host != "" && strings.EqualFold(origin.Host, r.Host)
}
