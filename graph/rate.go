package graph

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/google/uuid"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Of how many users and addresses it is known what they spent: those that came last.
const rememberedSpenders = 10_000

// burst is for how many seconds points are saved up by whoever spends none.
const burst = 20

// What is spent on a document that was read in vain, and on so many bytes of a body, whatever
// it holds.
const (
	costOfRefusal = 100
	bytesOfAPoint = 1000
)

// Rates are how many points of cost may be spent in a second, on the average, by a
// user and by an address before sign-in. Nobody is limited where they are 0.
type Rates struct {
	users, addresses *purses
	door             door
}

// NewRates makes Rates of points a second.
func NewRates(user, address int) *Rates {
	return &Rates{newPurses(user), newPurses(address), newDoor()}
}

// Limited has next answer 429 to whoever has spent more than they may, and keep those
// waiting whom it refuses all the time.
func Limited(next http.Handler, rates *Rates) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = begin(w, r)
		operationOf(r.Context()).rates = rates
		next.ServeHTTP(w, r)
	})
}

// A spender is one user, or one address before sign-in, with the purses that theirs
// is among, none where nobody is limited, and the door that they wait at.
type spender struct {
	purses *purses
	name   payer
	door   *door
}

// A payer is whose a purse is: a user's, an address's, or of a name that the server
// gave itself.
type payer struct {
	user    uuid.UUID
	address netip.Prefix
	name    string
}

// spenderOf returns who pays for what is done in ctx. Neighbours in one network
// of IPv6 are one, since each of them has addresses without number.
func spenderOf(ctx context.Context) spender {
	o := operationOf(ctx)
	if o == nil || o.rates == nil {
		return spender{}
	}
	rates := o.rates
	actor, _ := auth.From(ctx)
	switch {
	case bitOf(actor) == anonymous:
		address := auth.VisitFrom(ctx).Address
		network := netip.PrefixFrom(address, address.BitLen())
		if address.Is6() {
			network = netip.PrefixFrom(address, 64).Masked()
		}
		return spender{rates.addresses, payer{address: network}, &rates.door}
	case actor.UserID != uuid.Nil:
		return spender{rates.users, payer{user: actor.UserID}, &rates.door}
	}
	return spender{rates.users, payer{name: actor.Name}, &rates.door}
}

// refused returns an error for whoever has nothing left, and takes a point from
// whoever has.
func (s spender) refused() *gqlerror.Error {
	if s.purses == nil {
		return nil
	}
	wait := s.purses.wait(s.name)
	if wait == 0 {
		return nil
	}
	s.blame(0)
	return rateLimited(wait)
}

// rateLimited says when to come back.
func rateLimited(wait time.Duration) *gqlerror.Error {
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	e := refusal("RATE_LIMITED", fmt.Sprintf("too much in a short time: wait %d seconds", seconds))
	e.Extensions["retryAfter"] = seconds
	return e
}

// spend takes points, or gives them back.
func (s spender) spend(points int) {
	if s.purses != nil {
		s.purses.spend(s.name, float64(points))
	}
}

// refuseRate answers whoever has spent too much.
func refuseRate(w http.ResponseWriter, media string, err *gqlerror.Error) {
	w.Header().Set("Retry-After", strconv.Itoa(err.Extensions["retryAfter"].(int)))
	if media == "" {
		media = plainJSON
	}
	answer(w, form{media: media}, http.StatusTooManyRequests, &graphql.Response{Errors: gqlerror.List{err}})
}

// purses hold points, of which each gets as many in a second. What an operation
// costs is known after it was let in, so a purse may owe some. They are safe for
// concurrent use.
type purses struct {
	perSecond float64
	now       func() time.Time

	mu   sync.Mutex
	kept *simplelru.LRU[payer, *purse]
}

type purse struct {
	points, patience float64
	at               time.Time
}

func newPurses(perSecond int) *purses {
	if perSecond <= 0 {
		return nil
	}
	kept, err := simplelru.NewLRU[payer, *purse](rememberedSpenders, nil)
	if err != nil {
		panic(err) // the size is constant
	}
	return &purses{perSecond: float64(perSecond), now: time.Now, kept: kept}
}

// of returns the purse of a name with what it got since it was looked at. The
// lock is held.
func (p *purses) of(name payer) *purse {
	now := p.now()
	one, ok := p.kept.Get(name)
	if !ok {
		one = &purse{p.perSecond * burst, patience * burst, now}
		p.kept.Add(name, one)
	}
	if since := now.Sub(one.at); since > 0 {
		one.points = min(one.points+since.Seconds()*p.perSecond, p.perSecond*burst)
		one.patience = min(one.patience+since.Seconds()*patience, patience*burst)
		one.at = now
	}
	return one
}

// wait takes a point, or returns when there will be one.
func (p *purses) wait(name payer) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.of(name)
	if one.points >= 1 {
		one.points--
		return 0
	}
	return time.Duration((1 - one.points) / p.perSecond * float64(time.Second))
}

// untilHalf returns when there will be half of what can be saved up.
func (s spender) untilHalf() time.Duration {
	if s.purses == nil {
		return 0
	}
	p := s.purses
	p.mu.Lock()
	defer p.mu.Unlock()
	lack := p.perSecond*burst/2 - p.of(s.name).points
	return time.Duration(max(0, lack) / p.perSecond * float64(time.Second))
}

func (p *purses) spend(name payer, points float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	one := p.of(name)
	one.points = min(one.points-points, p.perSecond*burst)
}

// A throttle is what somebody may spend: extensions.cost.throttleStatus.
type throttle struct {
	Maximum   int `json:"maximumAvailable"`
	Available int `json:"currentlyAvailable"`
	Restored  int `json:"restoreRate"` // in a second
}

// throttle tells what is left; nil where nobody is limited.
func (s spender) throttle() *throttle {
	if s.purses == nil {
		return nil
	}
	p := s.purses
	p.mu.Lock()
	defer p.mu.Unlock()
	return &throttle{int(p.perSecond * burst), int(p.of(s.name).points), int(p.perSecond)}
}
