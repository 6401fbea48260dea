package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// A load is what came of asking one server one query for a while.
type load struct {
	latencies []time.Duration // in order of length
	took      time.Duration
	bytes     int // of all bodies
}

// drive asks over so many connections at once, each of which sends its next request when it has
// the answer, and ends with the first answer that is not right. It speaks HTTP by hand: what it
// takes itself is taken from the servers on the same machine.
func drive(ctx context.Context, address string, connections int, length time.Duration, next func() []byte) (*load, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	total, begun := &load{}, time.Now()
	var mu sync.Mutex
	var running sync.WaitGroup
	var over atomic.Bool
	timer := time.AfterFunc(length, func() { over.Store(true) })
	defer timer.Stop()
	for range connections {
		running.Go(func() {
			one, err := ask(ctx, address, &over, next)
			if err != nil {
				stop(err)
				over.Store(true)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			total.latencies = append(total.latencies, one.latencies...)
			total.bytes += one.bytes
		})
	}
	running.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	total.took = time.Since(begun)
	slices.Sort(total.latencies)
	if len(total.latencies) == 0 {
		return nil, errors.New("nothing was answered")
	}
	return total, nil
}

// below returns the latency below which that share lies.
func (l *load) below(share float64) time.Duration {
	return l.latencies[min(len(l.latencies)-1, int(share*float64(len(l.latencies))))]
}

func ask(ctx context.Context, address string, over *atomic.Bool, next func() []byte) (*load, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	got, reader := &load{}, bufio.NewReaderSize(conn, 64<<10)
	var body []byte
	for !over.Load() {
		request := next()
		sent := time.Now()
		if _, err := conn.Write(request); err != nil {
			return nil, err
		}
		status, read, err := readAnswer(reader, body[:0])
		if err != nil {
			return nil, err
		}
		body = read
		if status >= 300 || bytes.Contains(body, []byte(`"errors":[`)) {
			return nil, fmt.Errorf("%.1000s is answered %d %.1000s", request, status, body)
		}
		got.latencies = append(got.latencies, time.Since(sent))
		got.bytes += len(body)
	}
	return got, nil
}

// readAnswer reads one answer of HTTP/1.1 and appends its body to into.
func readAnswer(r *bufio.Reader, into []byte) (status int, body []byte, err error) {
	length, chunked := 0, false
	for first := true; ; first = false {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if first {
			if len(line) < 12 {
				return 0, nil, fmt.Errorf("the answer begins with %q", line)
			}
			status, err = strconv.Atoi(string(line[9:12]))
			if err != nil {
				return 0, nil, err
			}
			continue
		}
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(": "))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(value)); err != nil {
				return 0, nil, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
	if !chunked {
		body, err = readBytes(r, into, length)
		return status, body, err
	}
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		n, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return 0, nil, err
		}
		if into, err = readBytes(r, into, int(n)); err != nil {
			return 0, nil, err
		}
		if _, err := r.Discard(2); err != nil { // the end of the line
			return 0, nil, err
		}
		if n == 0 {
			return status, into, nil
		}
	}
}

func readBytes(r *bufio.Reader, into []byte, n int) ([]byte, error) {
	from := len(into)
	into = slices.Grow(into, n)[:from+n]
	_, err := io.ReadFull(r, into[from:])
	return into, err
}
