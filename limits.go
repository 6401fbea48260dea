package main

import (
	"log/slog"
	"os"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// The share of a container's memory that the server plans with. Postgres beside it
// in the same container wants the rest.
const (
	shareAlone          = 0.875
	shareBesidePostgres = 0.5
)

// limitMemory makes the server collect its garbage sooner when it comes near the
// memory that its container may use, rather than be killed for it. GOMEMLIMIT, where
// it is set, holds instead, as GOGC does. How many cores a container may use Go finds
// by itself.
func limitMemory(share float64, container memlimit.Provider) {
	if os.Getenv("GOGC") == "" {
		boundGarbage()
	}
	limit, err := memlimit.Set(memlimit.WithRatio(share), memlimit.WithProvider(container))
	slog.Debug("memory that the server plans with", "bytes", limit, "error", err) // a machine that knows no containers is an error
}
