package graph_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/graph"
)

// BenchmarkHostile_meanwhile has four desks ask ordinary questions, by turns in peace and
// while two users who have signed in and two who have not send the whole catalogue, one
// thing after the other as fast as they are answered, by POST, GET and as a stream of events, each
// of them once and a hundred times at once. It tells what 95 of a hundred ordinary answers
// took in peace and meanwhile, in milliseconds, and how much was sent. All of it shares the
// processors, whoever attacks too.
func BenchmarkHostile_meanwhile(b *testing.B) {
	for _, times := range []int{1, 100} {
		b.Run(fmt.Sprint(times), func(b *testing.B) { besiege(b, times) })
	}
}

func besiege(b *testing.B, times int) {
	const rounds, length = 12, 1500 * time.Millisecond
	h := newLimitedHouseOn(b, seeded(b, 500), graph.NewRates(10_000, 100))
	names := hostileNames()
	bodies := map[string][]byte{}
	for _, name := range slices.Sorted(maps.Keys(hostileDocuments)) {
		bodies[name] = body(hostileDocuments[name])
	}
	things := map[string]hostileBody{}
	for name, thing := range hostileBodies { // made before, which takes longer than to refuse it
		if thing.length < 1<<20 {
			text, _ := io.ReadAll(io.LimitReader(thing.body(), 1<<20))
			thing.body = func() io.Reader { return bytes.NewReader(text) }
			things[name] = thing
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return bodies[name] == nil && things[name].body == nil })
	const ordinary = `{ patients(first: 20) { nodes { id displayName birthDate appointments(first: 3) { nodes { id startsAt practitioner { displayName } } } } } }`
	ask := func(desk *colleague, until time.Time) (took []time.Duration) {
		for time.Now().Before(until) {
			begun := time.Now()
			if response, text := desk.post(ordinary, nil); response.StatusCode != http.StatusOK {
				b.Errorf("an ordinary question is answered %d %.200s", response.StatusCode, text)
			}
			took = append(took, time.Since(begun))
			time.Sleep(20 * time.Millisecond)
		}
		return took
	}
	var desks, attackers []*colleague
	for i := range 4 {
		desks = append(desks, h.employ(fmt.Sprint("desk", i), auth.Receptionist))
		attackers = append(attackers, h.employ(fmt.Sprint("attacker", i), auth.Receptionist))
	}
	attackers[2].header, attackers[3].header = nil, nil
	var sent, let atomic.Int64
	attack := func(a *colleague, until time.Time) {
		for n := 0; time.Now().Before(until); n++ {
			name := names[n%len(names)]
			var status int
			switch hurt, isDocument := hostileDocuments[name]; {
			case !isDocument:
				status, _ = a.hurlBody("application/json", things[name])
			case n%3 == 0 && len(hurt.query) < 4000:
				status, _ = a.hurlByGet(hurt)
			case n%3 == 1:
				status, _ = a.hurl("text/event-stream", bodies[name])
			default:
				status, _ = a.hurl("application/json", bodies[name])
			}
			sent.Add(1)
			if status != http.StatusTooManyRequests {
				let.Add(1)
			}
		}
	}
	for b.Loop() {
		took := map[bool][]time.Duration{}
		for round := range 2 * rounds {
			var all sync.WaitGroup
			var mu sync.Mutex
			until, isAttacked := time.Now().Add(length), round%2 == 1
			for _, desk := range desks {
				all.Go(func() {
					mine := ask(desk, until)
					mu.Lock()
					defer mu.Unlock()
					took[isAttacked] = append(took[isAttacked], mine...)
				})
			}
			for _, a := range attackers {
				for range times {
					if isAttacked {
						all.Go(func() { attack(a, until) })
					}
				}
			}
			all.Wait()
		}
		var p95 [2]float64
		for i, isAttacked := range []bool{false, true} {
			slices.Sort(took[isAttacked])
			p95[i] = float64(took[isAttacked][len(took[isAttacked])*95/100].Microseconds()) / 1000
		}
		b.ReportMetric(p95[0], "peace-p95-ms")
		b.ReportMetric(p95[1], "meanwhile-p95-ms")
		b.ReportMetric(p95[1]/p95[0], "ratio")
		seconds := (rounds * length).Seconds()
		b.ReportMetric(float64(sent.Load())/seconds, "sent/s")
		b.ReportMetric(float64(let.Load())/seconds, "let-in/s")
	}
}
