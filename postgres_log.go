package main

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
)

// A postgresLog turns the lines that our own Postgres logs into ours. What it
// says of its ordinary life is for debugging.
type postgresLog struct {
	mu   sync.Mutex
	rest []byte // of a line that has not ended
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
		slog.Log(context.Background(), levelOf(string(line)), "postgres", "line", string(line))
	}
}

func levelOf(line string) slog.Level {
	switch {
	case strings.Contains(line, "FATAL:"), strings.Contains(line, "PANIC:"), strings.Contains(line, "ERROR:"):
		return slog.LevelError
	case strings.Contains(line, "WARNING:"):
		return slog.LevelWarn
	}
	return slog.LevelDebug
}
