package main

import (
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
)

// BenchmarkServe_patroni lets sixteen clients book at two servers, of which one
// finds the primary through HAProxy and the other by itself, while one thing after
// the other befalls the three nodes of deploy/ha. It tells for how many seconds no
// booking was acknowledged. It fails when one is lost that was, when one is there
// twice, or when a server does not go on by itself.
func BenchmarkServe_patroni(b *testing.B) {
	const clients = 16
	nodes := newCluster(b)
	database := nodes.database()
	servers := []*process{startOn(b, database.URL, "DATABASE_REPLICA_URL="+nodes.do("standbys-url")), startOn(b, nodes.do("direct-url"))}
	c := arrangeClinic(b, database, clients/2, clients)
	c.servers = servers
	c.signIn(b)
	w := &bookers{clinic: c, done: make(chan struct{})}
	for n := range clients {
		w.working.Go(func() { w.book(n) })
	}
	stop := sync.OnceFunc(func() { close(w.done); w.working.Wait() })
	b.Cleanup(stop)

	befalls := func(name string, do func()) {
		b.Helper()
		w.flows(b, name)
		begun := time.Now()
		do()
		w.flows(b, name)
		nodes.do("whole")
		gap := w.gap(begun)
		b.Logf("%s: no booking was acknowledged for %.1f s", name, gap.Seconds())
		b.ReportMetric(gap.Seconds(), name+"-s")
		w.check(b, name)
	}
	befalls("switch-over", func() { nodes.do("switch-over") })
	befalls("kill-of-postgres", func() { nodes.do("kill-postgres", nodes.do("primary")) })
	befalls("death-of-the-standby", func() {
		node := nodes.do("standby")
		nodes.do("kill-host", node)
		w.flows(b, "death of the standby")
		nodes.do("start-host", node)
	})
	befalls("death-of-the-primary", func() {
		node := nodes.do("primary")
		nodes.do("kill-host", node)
		w.flows(b, "death of the primary")
		nodes.do("start-host", node)
	})
	befalls("death-of-patroni", func() { // which leaves a primary behind that nobody tells of the new one
		node := nodes.do("primary")
		nodes.do("kill-patroni", node)
		time.Sleep(time.Second) // until nobody says any more that it is the primary
		for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) {
			if other, err := nodes.try("primary"); err == nil && other != node {
				break
			}
			if time.Since(begun) > time.Minute {
				b.Fatal("nobody takes the place of a primary without Patroni")
			}
		}
		w.flows(b, "death of Patroni")
		nodes.do("start-host", node)
	})
	befalls("loss-of-etcd", func() { // of its majority, for longer than the lock of the primary lasts
		others := nodes.others(nodes.do("primary"))
		for _, node := range others {
			nodes.do("kill-etcd", node)
		}
		time.Sleep(25 * time.Second)
		for _, node := range others {
			nodes.do("start-host", node)
		}
	})
	befalls("death-of-both-standbys", func() {
		others := nodes.others(nodes.do("primary"))
		for _, node := range others {
			nodes.do("kill-host", node)
		}
		before := w.acknowledgedSoon()
		time.Sleep(10 * time.Second)
		if n := w.acknowledged() - before; n != 0 {
			b.Errorf("%d bookings were acknowledged that are on one node only", n)
		}
		for _, node := range others {
			nodes.do("start-host", node)
		}
	})
	befalls("cut-and-death", func() {
		primary := nodes.do("primary")
		nodes.do("cut")
		before := w.acknowledgedSoon()
		time.Sleep(14 * time.Second) // longer than a server waits
		if n := w.acknowledged() - before; n != 0 {
			b.Errorf("%d bookings were acknowledged that are on one node only", n)
		}
		if got := c.receptionist.ask(`{ patients(first: 1) { nodes { id } } }`); at(got, "data", "patients") == nil {
			b.Errorf("who reads meanwhile is answered %v", got)
		}
		nodes.do("kill-host", primary)
		time.Sleep(25 * time.Second) // longer than the lock of the primary lasts
		if other, err := nodes.try("primary"); err == nil {
			b.Errorf("%s was promoted without the replication", other)
		}
		nodes.do("heal")
		nodes.do("start-host", primary)
		begun := time.Now()
		w.flows(b, "return of the primary")
		b.Logf("return of the primary: the first booking is acknowledged after %.1f s", w.first(begun).Seconds())
	})

	stop()
	c.checkSettled(b, w.all)
	b.ReportMetric(float64(len(w.acks)), "bookings")
	b.ReportMetric(float64(w.unknown.Load()), "unknown")
	for n, s := range servers {
		if err := s.end(syscall.SIGTERM); err != nil {
			b.Errorf("server %d ended with %v", n, err)
		}
		for line := range strings.Lines(s.output.String()) {
			if strings.Contains(line, "INTERNAL") || strings.Contains(line, "panic") {
				b.Errorf("server %d logged %s", n, line)
			}
		}
	}
	if said, wrong, status := command(b, c.URL, "audit", "verify"); status != 0 {
		b.Errorf("the audit is not whole: %s %s", said, wrong)
	}
}

// bookers book as the clients of a clinic until done is closed.
type bookers struct {
	clinic  *clinic
	done    chan struct{}
	working sync.WaitGroup
	unknown atomic.Int64

	mu   sync.Mutex
	acks []time.Time // when each was acknowledged
	all  []settled
}

// book books one visit after the other as the nth client. What became of one that
// is not answered in time, or as unknown, its key tells, at either server.
func (w *bookers) book(n int) {
	c := w.clinic
	a := c.client(n)
	a.client.Timeout = []time.Duration{3 * time.Second, 15 * time.Second}[n/2%2]
	for visit := 0; ; visit++ {
		// Two clients want the times of one practitioner.
		s := settled{key: uuid.NewString(), client: n, slot: slot{c.practitioners[n/2], c.day(1 + visit/16).Add(time.Duration(visit%16) * visitLength)}}
		for ; s.outcome == nil; s.tries++ {
			select {
			case <-w.done:
				if s.tries == 0 {
					return
				}
			case <-time.After(100 * time.Millisecond):
			}
			a.address = "http://" + c.servers[(n+s.tries)%2].address
			o, err := a.book(c.patients[n], s.slot.practitioner, s.slot.start, s.key)
			if err == nil && o.Code != "UNAVAILABLE" && o.Code != "TIMED_OUT" {
				s.outcome = o
				continue
			}
			w.unknown.Add(1)
		}
		w.mu.Lock()
		if s.outcome.ID != "" {
			w.acks = append(w.acks, time.Now())
		}
		w.all = append(w.all, s)
		w.mu.Unlock()
	}
}

func (w *bookers) acknowledged() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.acks)
}

// acknowledgedSoon is what is acknowledged when answers have arrived that are on their way.
func (w *bookers) acknowledgedSoon() int {
	time.Sleep(time.Second)
	return w.acknowledged()
}

// flows waits until bookings are acknowledged every second of three.
func (w *bookers) flows(b *testing.B, after string) {
	b.Helper()
	begun := time.Now()
	for seconds := 0; seconds < 3; {
		before := w.acknowledged()
		time.Sleep(time.Second)
		if w.acknowledged() > before {
			seconds++
		} else {
			seconds = 0
		}
		if time.Since(begun) > 2*time.Minute {
			b.Fatalf("nothing is booked any more after the %s: %.3000s %.3000s", after, w.clinic.servers[0].output, w.clinic.servers[1].output)
		}
	}
}

// gap is the longest time since an instant in which nothing was acknowledged.
func (w *bookers) gap(since time.Time) (longest time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for n, at := range w.acks {
		if n > 0 && at.After(since) {
			longest = max(longest, at.Sub(w.acks[n-1]))
		}
	}
	return longest
}

// first is the time from an instant to the first acknowledgement.
func (w *bookers) first(since time.Time) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, at := range w.acks {
		if at.After(since) {
			return at.Sub(since)
		}
	}
	return 0
}

// check says whether all that was acknowledged so far is there.
func (w *bookers) check(b *testing.B, after string) {
	b.Helper()
	w.mu.Lock()
	all := w.all[:len(w.all):len(w.all)]
	w.mu.Unlock()
	there := map[string]bool{}
	for _, h := range w.clinic.held(b) {
		there[h.ID] = true
	}
	lost := 0
	for _, s := range all {
		if s.outcome.ID != "" && !there[s.outcome.ID] {
			lost++
		}
	}
	if lost > 0 {
		b.Fatalf("after the %s %d bookings are lost that were acknowledged", after, lost)
	}
}
