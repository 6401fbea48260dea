package embedded

import (
	"bytes"
	"io"
	"strings"
	"sync"
)

// tail passes a log on and remembers its end, so that an error can say why
// Postgres gave up.
type tail struct {
	to   io.Writer // may be nil
	mu   sync.Mutex
	last []byte
}

const tailSize = 4096

// Write never fails: a log that cannot be written must not stop the database.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.to != nil {
		_, _ = t.to.Write(p)
	}
	t.last = append(t.last, p...)
	if over := len(t.last) - tailSize; over > 0 {
		t.last = bytes.Clone(t.last[over:])
	}
	return len(p), nil
}

// why returns the last line that tells of an end, or the last line.
func (t *tail) why() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(string(t.last)), "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.Contains(lines[i], "FATAL:") || strings.Contains(lines[i], "PANIC:") {
			return lines[i]
		}
	}
	return lines[len(lines)-1]
}
