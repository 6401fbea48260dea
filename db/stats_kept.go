package db

import (
	"context"
	"encoding/json"
	"sync"
)

// keptStats are the cells of statistics that are read once for several pages.
type keptStats struct {
	mu    sync.Mutex
	cells map[string]func(context.Context) ([]*StatsCell, error)
}

type keptStatsKey struct{}

// KeepStats returns a context in which each statistic is read once, however many of
// its pages are asked for: what an export runs its pages in. All must be one actor's.
func KeepStats(ctx context.Context) context.Context {
	return context.WithValue(ctx, keptStatsKey{}, &keptStats{cells: map[string]func(context.Context) ([]*StatsCell, error){}})
}

// kept returns the cells of a question: those that were read for another of its
// pages, or else what read will find.
func (a *statsAsked) kept(ctx context.Context, read func(context.Context) ([]*StatsCell, error)) (func(context.Context) ([]*StatsCell, error), error) {
	read = onDemand(read)
	all, ok := ctx.Value(keptStatsKey{}).(*keptStats)
	if !ok {
		return read, nil
	}
	question, err := json.Marshal([]any{a.name, a.GroupBy, a.Measures, a.OrderBy, a.where})
	if err != nil {
		return nil, err
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if known, ok := all.cells[string(question)]; ok {
		return known, nil
	}
	all.cells[string(question)] = read
	return read, nil
}
