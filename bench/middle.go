package main

import (
	"cmp"
	"slices"
	"time"
)

// medianOf returns the median of a figure over the rounds, of two in the middle the lower.
func medianOf[T cmp.Ordered](rounds []*round, figure func(*round) T) T {
	var all []T
	for _, r := range rounds {
		all = append(all, figure(r))
	}
	slices.Sort(all)
	return all[(len(all)-1)/2]
}

// middle is what is told of a result: the median of each figure.
func (r *result) middle() *round {
	of := func(figure func(*round) time.Duration) time.Duration { return medianOf(r.rounds, figure) }
	return &round{
		server: of(func(r *round) time.Duration { return r.server }), postgres: of(func(r *round) time.Duration { return r.postgres }),
		rate:   medianOf(r.rounds, func(r *round) float64 { return r.rate }),
		middle: of(func(r *round) time.Duration { return r.middle }), slow: of(func(r *round) time.Duration { return r.slow }),
		memory: slices.Max(memories(r.rounds)), body: medianOf(r.rounds, func(r *round) int { return r.body }),
		other: medianOf(r.rounds, func(r *round) float64 { return r.other }),
	}
}

func memories(rounds []*round) (all []int) {
	for _, r := range rounds {
		all = append(all, r.memory)
	}
	return all
}

// A ratio is how often ClinicQL's processor time another server takes for the same.
type ratio struct {
	query, server string
	found, asked  float64 // asked is 0 where nothing is
}

// ratiosOf compares all results with those of ClinicQL.
func ratiosOf(results []*result) (all []ratio) {
	own := map[string]*round{}
	for _, r := range results {
		if len(r.rounds) == 0 {
			continue
		}
		if r.server.peer == ours {
			own[r.query.name] = r.middle()
		} else if mine := own[r.query.name]; mine != nil {
			all = append(all, ratio{r.query.name, r.server.name, float64(r.middle().total()) / float64(mine.total()), r.query.asked[r.server.name]})
		}
	}
	return all
}
