package main

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"
)

// taking is a result whose rounds take so many milliseconds of a server's processors.
func taking(q *query, p *peer, milliseconds ...int) *result {
	r := &result{query: q, server: &server{peer: p}}
	for _, n := range milliseconds {
		r.rounds = append(r.rounds, &round{server: time.Duration(n) * time.Millisecond, postgres: time.Millisecond, rate: 100})
	}
	return r
}

func TestReport(t *testing.T) {
	t.Parallel()
	q := &query{name: "one", title: "one thing", rest: func(variables) string { return "" }, asked: map[string]float64{"raw": 3, "flask": 1.5}}
	alone := &query{name: "own", title: "a thing of our own"}
	failed := taking(q, peers[1])
	failed.failed = errors.New("TIMED_OUT of something")
	results := []*result{taking(q, ours, 9, 1, 3), taking(q, peers[0], 7, 7, 7), failed, taking(q, peers[4], 11), taking(alone, ours, 5)}
	results[0].statements = 2

	var b strings.Builder
	(&settings{patients: small}).tellRatios(&b, results)
	tellFigures(&b, results, map[string]string{"one": "12"})
	told := b.String()
	for _, want := range []string{
		"| | JSON built in Postgres | PostGraphile 5 | Flask and SQLAlchemy |",
		"| one thing | **2.00** (3) | – | 3.00 (1.5) |\n",
		"| ClinicQL | 3.000 | 1.000 | 4.000 | 100 | 0.0 | 0.0 | 0 | 0 | 2 | 12 |",
		"| PostGraphile 5 | not answered: `TIMED_OUT` |",
		"| **a thing of our own** |",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told:\n%s", want, told)
		}
	}
	if strings.Contains(told, "| a thing of our own | ") {
		t.Errorf("what nobody else does is compared:\n%s", told)
	}
	picture := plot(ratiosOf(results))
	if err := xml.Unmarshal(picture, new(struct{ XMLName xml.Name })); err != nil || strings.Count(string(picture), "<title>one, ") != 2 {
		t.Errorf("%v in %s", err, picture)
	}
}

func TestPlot_staysWithinItsScale(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ ratio, want float64 }{{least, leftOf}, {least / 8, leftOf}, {most, plotWidth - rightOf}, {1000, plotWidth - rightOf}, {2, leftOf + (plotWidth-leftOf-rightOf)/2}} {
		if got := across(c.ratio); got != c.want {
			t.Errorf("%g lies at %g, not at %g", c.ratio, got, c.want)
		}
	}
}

func TestReport_ofGrowth(t *testing.T) {
	t.Parallel()
	q, other := &query{name: "one", title: "one thing"}, &query{name: "two", title: "another"}
	s := &settings{folder: t.TempDir(), patients: small}
	if err := s.keep([]*result{taking(q, ours, 3), taking(other, ours, 1), taking(q, peers[0], 100)}); err != nil {
		t.Fatal(err)
	}
	s.patients = 10 * small
	var b strings.Builder
	if err := s.tellGrowth(&b, []*result{taking(q, ours, 4), taking(other, ours, 3), taking(q, peers[0], 200)}); err != nil {
		t.Fatal(err)
	}
	if told := b.String(); !strings.HasSuffix(told, "| one thing | 1.25 |\n| another | **2.00** |\n\n") {
		t.Error(told)
	}
}
