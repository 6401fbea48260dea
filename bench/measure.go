package main

import (
	"context"
	"fmt"
	"log"
	"regexp"
	"slices"
	"strconv"
	"sync/atomic"
	"time"
)

// warming is how long each server is asked each query before its first round: those that compile
// while they run are done then.
const warming = 2 * time.Second

// A round is what one server took for one query in one turn, each figure for one request.
type round struct {
	server, postgres time.Duration // of processors
	rate             float64       // requests a second
	middle, slow     time.Duration // latencies: median, and 99th of a hundred
	memory           int           // bytes of the server, the most in a look each second
	body             int           // bytes
	other            float64       // share of the machine that neither of both nor the load itself used
}

func (r *round) String() string {
	return fmt.Sprintf("%8.0f a second, %6.3f ms of processors: %.3f + %.3f, p50 %.1f p99 %.1f ms, %d MiB, %d bytes",
		r.rate, ms(r.total()), ms(r.server), ms(r.postgres), ms(r.middle), ms(r.slow), r.memory>>20, r.body)
}

func (r *round) total() time.Duration { return r.server + r.postgres }

// A result is all rounds of a server with a query.
type result struct {
	query      *query
	server     *server
	rounds     []*round
	statements int      // of ClinicQL, with that of the audit
	ids        []string // in its answer to a request that all get
	failed     error    // why there are no rounds
}

// measure has the servers answer each query in turns. Only the one that is measured goes on
// meanwhile; the others are held still, so that what they do by themselves is in nobody's figures.
func measure(ctx context.Context, s *settings, c *clinic, servers []*server, asked []*query) ([]*result, error) {
	var all []*result
	var written atomic.Int64
	for _, q := range asked {
		var these []*result
		for _, server := range servers {
			if server.answers(q) {
				these = append(these, &result{query: q, server: server})
			}
		}
		all = append(all, these...)
		for n := -1; n < s.rounds; n++ {
			for _, r := range these {
				length := s.length
				if n < 0 {
					length = warming
				}
				if ctx.Err() != nil {
					return nil, ctx.Err()
				}
				if r.failed != nil {
					continue
				}
				done, err := r.once(ctx, s, c, length, &written)
				if err == nil && n < 0 {
					err = r.sameAs(these[0])
				}
				if err != nil {
					r.failed = err
					log.Printf("%s of %s: %v", q.name, r.server.name, err)
					if err := r.server.hold(); err != nil {
						return nil, err
					}
				} else if n >= 0 {
					r.rounds = append(r.rounds, done)
					log.Printf("%-9s %-12s %s, %d statements, others %.0f %%", q.name, r.server.name, done, r.statements, 100*done.other)
				}
			}
		}
	}
	return all, nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// once is one turn. Processor time is counted until the server has done what it put off.
func (r *result) once(ctx context.Context, s *settings, c *clinic, length time.Duration, written *atomic.Int64) (*round, error) {
	if err := r.server.goOn(); err != nil {
		return nil, err
	}
	if err := r.look(written); err != nil {
		return nil, err
	}
	next, err := r.server.requests(r.query, written)
	if err != nil {
		return nil, err
	}
	pid := r.server.process.Pid
	looking, stop := context.WithCancel(ctx)
	most := make(chan int)
	go func() { most <- mostMemory(looking, pid) }()
	begun, before := time.Now(), spentNow(pid, c.postmaster)
	l, err := drive(ctx, r.server.address(), s.connections, length, next)
	stop()
	memory := <-most
	if err != nil {
		return nil, err
	}
	time.Sleep(r.server.settles + 300*time.Millisecond)
	spent := spentNow(pid, c.postmaster).since(before)
	took := time.Since(begun)
	if err := r.server.hold(); err != nil {
		return nil, err
	}
	n := len(l.latencies)
	return &round{
		server: spent.server / time.Duration(n), postgres: spent.postgres / time.Duration(n), rate: float64(n) / l.took.Seconds(),
		middle: l.below(0.5), slow: l.below(0.99), memory: memory, body: l.bytes / n, other: spent.others(took),
	}, nil
}

var (
	statementsTold = regexp.MustCompile(`desc="(\d+) statements"`)
	idTold         = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
)

// look sends one request, and keeps how many statements the answer says it took and whose ids are
// in it.
func (r *result) look(written *atomic.Int64) error {
	n := 7 // the same of all servers
	if r.query.writes {
		n = int(written.Add(1))
	}
	request, err := r.server.request(r.query, n)
	if err != nil {
		return err
	}
	body, timing, err := r.server.once(request)
	if err != nil {
		return err
	}
	if found := statementsTold.FindStringSubmatch(timing); found != nil {
		r.statements, err = strconv.Atoi(found[1])
	}
	ids := idTold.FindAllString(string(body), -1)
	slices.Sort(ids)
	r.ids = slices.Compact(ids) // cursors may hold some once more
	return err
}

// sameAs returns an error when the server does not answer what another one does.
func (r *result) sameAs(other *result) error {
	if r.query.writes || slices.Equal(r.ids, other.ids) {
		return nil
	}
	return fmt.Errorf("it answers with %d ids that are not the %d of %s", len(r.ids), len(other.ids), other.server.name)
}

// mostMemory looks each second until ctx ends.
func mostMemory(ctx context.Context, pid int) (bytes int) {
	for {
		bytes = max(bytes, memoryOf(pid))
		select {
		case <-ctx.Done():
			return bytes
		case <-time.After(time.Second):
		}
	}
}
