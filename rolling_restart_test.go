package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
)

// BenchmarkServe_rollingRestarts stops and starts two servers behind HAProxy in turns, as an update does, while
// thirty-two clients read and book. It tells how many requests failed, and fails when one did.
func BenchmarkServe_rollingRestarts(b *testing.B) {
	const clients, restarts = 32, 20
	haproxy, err := exec.LookPath("haproxy")
	if err != nil {
		b.Fatal("haproxy is not installed: make ha-test does that")
	}
	c := newClinic(b, 2, clients, clients)
	restart := func(n int) {
		b.Helper()
		p := c.servers[n]
		if err := p.end(syscall.SIGTERM); err != nil {
			b.Fatalf("it stopped with %v: %s", err, p.output)
		}
		c.servers[n] = startOn(b, c.URL, "CLINICQL_LISTEN="+p.address, "CLINICQL_DRAIN=1s")
	}
	restart(0)
	restart(1)
	_, port, err := net.SplitHostPort(freeAddress(b))
	if err != nil {
		b.Fatal(err)
	}
	front := net.JoinHostPort("localhost", port) // as whom the cookies are for
	proxy := exec.Command(haproxy, "-db", "-f", "deploy/haproxy/haproxy.cfg")
	proxy.Env = append(os.Environ(), "BIND="+front, "SERVER_ONE="+c.servers[0].address, "SERVER_TWO="+c.servers[1].address)
	if err := proxy.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = proxy.Process.Kill(); _ = proxy.Wait() })
	for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
		if response, err := http.Get("http://" + front + "/health/ready"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				break
			}
		}
		if time.Since(begun) > time.Minute {
			b.Fatal("the proxy has no server")
		}
	}

	var requests, bookings, failed atomic.Int64
	fail := func(what any) {
		if failed.Add(1) <= 5 {
			b.Errorf("a request failed: %v", what)
		}
	}
	done := make(chan struct{})
	var working sync.WaitGroup
	apis := make([]*api, clients)
	for n := range clients {
		apis[n] = c.client(n)
		apis[n].address = "http://" + front
	}
	for n, a := range apis {
		working.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
				}
				requests.Add(1)
				if i%20 == 0 {
					visit := i / 20
					o, err := a.book(c.patients[n], c.practitioners[n], c.day(1+visit/16).Add(time.Duration(visit%16)*visitLength), uuid.NewString())
					if err != nil || o.ID == "" {
						fail(fmt.Sprint(err, o))
						continue
					}
					bookings.Add(1)
					continue
				}
				response, err := a.post(`{ patients(first: 1) { nodes { id } } }`, nil)
				if err != nil {
					fail(err)
					continue
				}
				text, err := io.ReadAll(response.Body)
				response.Body.Close()
				if err != nil || response.StatusCode != http.StatusOK || len(text) < 60 {
					fail(fmt.Sprint(response.StatusCode, err, string(text)))
				}
			}
		})
	}
	for n := range restarts {
		restart(n % 2)
		time.Sleep(500 * time.Millisecond) // until the proxy has seen it
	}
	close(done)
	working.Wait()
	var there int64
	if err := c.SQL.Get(&there, "SELECT count(*) FROM appointments"); err != nil {
		b.Fatal(err)
	}
	if there != bookings.Load() {
		b.Errorf("%d visits are there, and %d were acknowledged", there, bookings.Load())
	}
	b.ReportMetric(float64(requests.Load()), "requests")
	b.ReportMetric(float64(bookings.Load()), "bookings")
	b.ReportMetric(float64(failed.Load()), "failed")
}
