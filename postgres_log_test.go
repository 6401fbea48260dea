package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

// Lines come whole, however they are written, and only what matters is shown.
func TestPostgresLog(t *testing.T) {
	var out bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&out, nil)))
	defer slog.SetDefault(before)
	l := &postgresLog{}
	for _, part := range []string{"12:00 [1] LOG:  ready\n12:01 [1] FA", "TAL:  no space left\n", "12:02 [1] WARNING:  soon", "", "\n"} {
		if n, err := l.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("wrote %d of %q: %v", n, part, err)
		}
	}
	const end = "12:03 [1] FATAL:  terminating connection due to administrator command\n"
	_, _ = l.Write([]byte(end))
	l.stopping()
	_, _ = l.Write([]byte(end + "12:03 [2] FATAL:  terminating autovacuum process due to administrator command\n12:04 [1] FATAL:  no space left\n"))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 4 || !strings.Contains(lines[2], "12:03") || !strings.Contains(lines[3], "12:04") || !strings.Contains(lines[0], `"level":"ERROR","msg":"postgres","line":"12:01 [1] FATAL:  no space left"`) ||
		!strings.Contains(lines[1], `"level":"WARN"`) {
		t.Errorf("logged %q", lines)
	}
}
