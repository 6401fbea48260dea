package main

import (
	"context"
	"encoding/json"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/clinicql/clinicql/db"
)

// healthTimeout is how long the database may take to answer a health check.
const healthTimeout = 2 * time.Second

// health tells an orchestrator how the server is. It names no addresses and
// repeats no error.
type health struct {
	db       *db.DB
	version  string
	migrated atomic.Bool
	draining atomic.Bool
}

func newHealth(d *db.DB) *health {
	h := &health{db: d, version: "development"}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		h.version = info.Main.Version
	}
	return h
}

// live says that the process answers; it never asks the database.
func (h *health) live(w http.ResponseWriter, _ *http.Request) {
	answerHealth(w, "pass", h.version, nil)
}

// ready says 200 while requests can be answered, and 503 otherwise.
func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	checks := h.checks(r.Context())
	answerHealth(w, checks.status(), h.version, nil)
}

// report says how each part is.
func (h *health) report(w http.ResponseWriter, r *http.Request) {
	checks := h.checks(r.Context())
	answerHealth(w, checks.status(), h.version, checks)
}

// checks holds the status of each part, "pass" or "fail".
type checks map[string][]check

type check struct {
	Status string `json:"status"`
}

func (c checks) status() string {
	for _, parts := range c {
		for _, part := range parts {
			if part.Status != "pass" {
				return "fail"
			}
		}
	}
	return "pass"
}

func (h *health) checks(ctx context.Context) checks {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	return checks{
		"database":   {{passed(h.db.Ping(ctx) == nil)}},
		"migrations": {{passed(h.migrated.Load())}},
		"server":     {{passed(!h.draining.Load())}},
	}
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
	if status != "pass" {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(struct {
		Status  string `json:"status"`
		Version string `json:"version"`
		Checks  checks `json:"checks,omitempty"`
	}{status, version, parts})
}
