package db_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
)

func openSpool(t *testing.T, path string) *db.Spool {
	t.Helper()
	s, err := db.OpenSpool(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func drained(t *testing.T, s *db.Spool) (all []string) {
	t.Helper()
	if err := s.Drain(func(entry []byte) error { all = append(all, string(entry)); return nil }); err != nil {
		t.Error(err)
	}
	return all
}

// What is added comes out once, in its order, also after the spool is opened anew;
// what was not finished does not.
func TestSpool(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s := openSpool(t, path)
	want := []string{}
	for n := range 100 {
		want = append(want, fmt.Sprint("entry ", n))
		if err := s.Add([]byte(want[n])); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.OpenSpool(path); err == nil || !strings.Contains(err.Error(), "another server uses it") {
		t.Errorf("a second one is told %v", err)
	}
	taken := 0
	if err := s.Drain(func([]byte) error {
		if taken == 30 {
			return context.Canceled
		}
		taken++
		return nil
	}); err != context.Canceled || s.Waiting() != 70 {
		t.Errorf("%d wait, %v", s.Waiting(), err)
	}
	s.Close()

	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	last := strings.LastIndex(string(whole), "entry 99")
	if _, err := file.WriteAt([]byte("E"), int64(last)); err != nil { // as a write that was cut off
		t.Fatal(err)
	}
	s = openSpool(t, path)
	if got := drained(t, s); !slices.Equal(got, want[:99]) {
		t.Errorf("after it was opened anew there are %q", got)
	}
	if err := s.Add([]byte("entry A")); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = openSpool(t, path)
	if got := drained(t, s); !slices.Equal(got, []string{"entry A"}) {
		t.Errorf("after it was emptied there are %q", got)
	}
	s.Close()
}

// A spool has all its room from the first day on, refuses what is beyond, and has
// it again when it was emptied.
func TestSpool_isFull(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "spool")
	s := openSpool(t, path)
	defer s.Close()
	size := func() int64 {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("it is %v", info.Mode())
		}
		return info.Size()
	}
	before := size()
	for range 2 {
		added := 0
		for entry := make([]byte, 1<<20); ; added++ {
			if err := s.Add(entry); err == db.ErrSpoolFull {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if got := drained(t, s); added != 15 || len(got) != added || size() != before {
			t.Errorf("%d were added and %d taken, of %d bytes", added, len(got), size())
		}
	}
}

// A file that holds anything else is left alone; one that was not finished is.
func TestSpool_ofAnotherFile(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{"": true, "CQSPOOL1": true, "CQSPOOL1\x00\x00": true, "CQ": false, "the notes of a year": false, "CQSPOOL1" + strings.Repeat("\x00", 17<<20): false} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := db.OpenSpool(path)
		if (err == nil) != ok {
			t.Errorf("%.20q is opened with %v", text, err)
		}
		if err == nil {
			s.Close()
		} else if left, _ := os.ReadFile(path); string(left) != text {
			t.Errorf("%.20q was changed", text)
		}
	}
}
