package main

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"

	"github.com/clinicql/clinicql/db/embedded"
)

// A postgresLog turns the lines that our own Postgres logs into ours. What it
// says of its ordinary life is for debugging.
type postgresLog struct {
	mu         sync.Mutex
	rest       []byte // of a line that has not ended
	isStopping bool   // because we asked for it
}

// stopping says that Postgres is about to be asked to stop: that it ends its
// connections and workers then is no trouble.
func (l *postgresLog) stopping() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.isStopping = true
}

func (l *postgresLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, p...)
	for {
		line, rest, ended := bytes.Cut(l.rest, []byte("\n"))
		if !ended {
			return len(p), nil
		}
		l.rest = rest
		slog.Log(context.Background(), l.levelOf(string(line)), "postgres", "line", string(line))
	}
}

func (l *postgresLog) levelOf(line string) slog.Level {
	switch {
	case l.isStopping && strings.Contains(line, "FATAL:  terminating ") && strings.HasSuffix(line, " due to administrator command"):
		return slog.LevelDebug
	case strings.Contains(line, "FATAL:"), strings.Contains(line, "PANIC:"), strings.Contains(line, "ERROR:"):
		return slog.LevelError
	case strings.Contains(line, "WARNING:"):
		return slog.LevelWarn
	}
	return slog.LevelDebug
}

// startOwn starts the server's own Postgres. Stop ends it.
func startOwn(ctx context.Context, c *Config) (own *embedded.Server, stop func(), err error) {
	log := &postgresLog{}
	own, err = embedded.Start(ctx, embedded.Options{Dir: c.postgresDir(), Log: log})
	if err != nil {
		return nil, nil, err
	}
	return own, func() { log.stopping(); own.Stop() }, nil
}
