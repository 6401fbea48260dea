package main

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/clinicql/clinicql/db"
)

// How often the health of the database is looked at, and how long it may take to answer.
const (
	healthEvery   = 500 * time.Millisecond
	healthTimeout = time.Second
)

// lowDisk is how many bytes should be left for the server's own Postgres.
const lowDisk = 512 << 20

// health tells an orchestrator how the server is. It names no addresses and
// repeats no error. It looks by itself, so that whoever asks has an answer at
// once, however busy the server is.
type health struct {
	db       *db.DB
	version  string
	dataDir  string // of the server's own Postgres; empty when it has none
	migrated atomic.Bool
	draining atomic.Bool
	answers  atomic.Bool // the database, when it was asked last
	diskLow  atomic.Bool
}

func newHealth(d *db.DB) *health {
	h := &health{db: d, version: version}
	if info, ok := debug.ReadBuildInfo(); ok && h.version == "" {
		h.version = info.Main.Version
	}
	return h
}

// watch looks again and again until ctx ends.
func (h *health) watch(ctx context.Context) {
	for {
		h.look(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(healthEvery):
		}
	}
}

// look asks the database for an answer, and how much room it has left.
func (h *health) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	h.answers.Store(h.db.Ping(ctx) == nil)
	var disk syscall.Statfs_t
	if h.dataDir != "" && syscall.Statfs(h.dataDir, &disk) == nil {
		h.diskLow.Store(disk.Bavail*uint64(disk.Bsize) < lowDisk)
	}
}

// live says that the process answers; it never asks the database.
func (h *health) live(w http.ResponseWriter, _ *http.Request) {
	answerHealth(w, "pass", h.version, nil)
}

// ready says 200 while requests can be answered, and 503 otherwise.
func (h *health) ready(w http.ResponseWriter, _ *http.Request) {
	answerHealth(w, h.checks().status(), h.version, nil)
}

// report says how each part is.
func (h *health) report(w http.ResponseWriter, _ *http.Request) {
	checks := h.checks()
	answerHealth(w, checks.status(), h.version, checks)
}

// checks holds the status of each part: "pass", "fail", or "warn" where all goes
// on but somebody should look.
type checks map[string][]check

type check struct {
	Status string `json:"status"`
}

func (c checks) status() string {
	worst := "pass"
	for _, parts := range c {
		for _, part := range parts {
			if part.Status == "fail" || worst == "pass" {
				worst = part.Status
			}
		}
	}
	return worst
}

func (h *health) checks() checks {
	c := checks{
		"database":   {{passed(h.answers.Load())}},
		"migrations": {{passed(h.migrated.Load())}},
		"server":     {{passed(!h.draining.Load())}},
		"writes":     {{"pass"}},
	}
	if !h.db.TakesChanges() {
		c["writes"] = []check{{"warn"}}
	}
	if h.dataDir != "" {
		c["disk"] = []check{{"pass"}}
		if h.diskLow.Load() {
			c["disk"] = []check{{"warn"}}
		}
	}
	return c
}

func passed(ok bool) string {
	if ok {
		return "pass"
	}
	return "fail"
}

func answerHealth(w http.ResponseWriter, status, version string, parts checks) {
	w.Header().Set("Content-Type", "application/health+json")
	w.Header().Set("Cache-Control", "no-store")
	if status == "fail" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(struct {
		Status  string `json:"status"`
		Version string `json:"version"`
		Checks  checks `json:"checks,omitempty"`
	}{status, version, parts})
}
