package main

import (
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkHealth_underLoad has 64 clients of one server read nested pages at full
// speed, and asks for its health fifty times a second, each time over a connection
// of its own. It tells how many milliseconds the answers took: half of them, 99 of
// a hundred, and all; those before "idle" while nobody reads, which is what the
// machine itself takes.
func BenchmarkHealth_underLoad(b *testing.B) {
	const clients, asked = 64, 300
	p, err := start(b, scratch(b), "--demo", "--rate=0")
	if err != nil {
		b.Fatal(err)
	}
	doctor := signIn(b, "http://"+p.address, "doctor", p.passwords["doctor"])
	doctor.client.Transport = &http.Transport{MaxIdleConnsPerHost: clients}
	for b.Loop() {
		askHealth(b, p.address, "idle-", asked)
		var pages atomic.Int64
		var reading sync.WaitGroup
		done := make(chan struct{})
		for range clients {
			reading.Go(func() {
				for {
					select {
					case <-done:
						return
					default:
					}
					response, err := doctor.post(nestedPage, nil)
					if err != nil {
						b.Error(err)
						return
					}
					text, err := io.ReadAll(response.Body)
					response.Body.Close()
					if err != nil || len(text) < 1000 || strings.Contains(string(text), `"errors"`) {
						b.Errorf("a page is answered %.300s, %v", text, err)
						return
					}
					pages.Add(1)
				}
			})
		}
		begun := time.Now()
		askHealth(b, p.address, "", asked)
		close(done)
		reading.Wait()
		b.ReportMetric(float64(pages.Load())/time.Since(begun).Seconds(), "pages/s")
	}
}

const nestedPage = `{ patients(first: 50) { nodes { givenName familyName
	appointments(first: 5) { nodes { startsAt status practitioner { familyName } } }
	medicalRecords(first: 5) { nodes { diagnosis notes practitioner { familyName } } } } } }`

// askHealth asks for the health in all three ways at once, so many times, and
// reports how long the answers took.
func askHealth(b *testing.B, address, when string, times int) {
	b.Helper()
	paths := []string{"/health", "/health/live", "/health/ready"}
	together(len(paths), func(i int) {
		stranger := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		took := make([]time.Duration, times)
		for n := range took {
			time.Sleep(20 * time.Millisecond)
			before := time.Now()
			response, err := stranger.Get("http://" + address + paths[i])
			if err != nil {
				b.Error(err)
				return
			}
			response.Body.Close()
			if took[n] = time.Since(before); response.StatusCode != 200 {
				b.Errorf("%s answers %d", paths[i], response.StatusCode)
			}
		}
		slices.Sort(took)
		for unit, d := range map[string]time.Duration{"p50": took[times/2], "p99": took[times*99/100], "max": took[times-1]} {
			b.ReportMetric(float64(d.Microseconds())/1000, when+filepath.Base(paths[i])+"-"+unit+"-ms")
		}
	})
}
