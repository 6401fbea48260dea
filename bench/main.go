// Command bench compares ClinicQL as it is shipped with other servers, on one database and the same
// work, and writes what it measures to docs/benchmarks.md. `make bench` runs it.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// settings are what a run can be told.
type settings struct {
	patients    int
	rounds      int
	length      time.Duration
	connections int
	folder      string
	peers       []string
	queries     []string
	document    string // that is written to; empty for none
}

func main() {
	log.SetFlags(log.Ltime)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, readFlags()); err != nil {
		log.Fatal("bench: ", err)
	}
}

func readFlags() *settings {
	s := &settings{}
	var servers, asked string
	flag.IntVar(&s.patients, "patients", 20_000, "patients, each with ten visits and ten records")
	flag.IntVar(&s.rounds, "rounds", 3, "rounds of each query with each server, in turns")
	flag.DurationVar(&s.length, "length", 5*time.Second, "length of a round")
	flag.IntVar(&s.connections, "connections", 16, "connections that ask at the same time")
	flag.StringVar(&s.folder, "folder", ".bench", "folder of the database and the logs, kept for the next run")
	flag.StringVar(&servers, "peers", "", "servers to compare with, of "+strings.Join(namesOf(peers), ", ")+"; all when empty")
	flag.StringVar(&asked, "queries", "", "queries to run, of "+strings.Join(namesOf(queries), ", ")+"; all when empty")
	flag.StringVar(&s.document, "write", "", "document whose part between the marks of the bench is written anew, such as docs/benchmarks.md")
	flag.Parse()
	s.peers, s.queries = strings.Fields(servers), strings.Fields(asked)
	return s
}

// A named thing can be chosen on the command line.
type named interface{ called() string }

func namesOf[T named](all []T) []string {
	var names []string
	for _, one := range all {
		names = append(names, one.called())
	}
	return names
}

// chosen returns those of the names, or all when there are none.
func chosen[T named](all []T, names []string) ([]T, error) {
	for _, name := range names {
		if !slices.Contains(namesOf(all), name) {
			return nil, fmt.Errorf("there is no %s: choose of %s", name, strings.Join(namesOf(all), ", "))
		}
	}
	var some []T
	for _, one := range all {
		if len(names) == 0 || slices.Contains(names, one.called()) {
			some = append(some, one)
		}
	}
	return some, nil
}

func run(ctx context.Context, s *settings) error {
	others, err := chosen(peers, s.peers)
	if err != nil {
		return err
	}
	asked, err := chosen(queries, s.queries)
	if err != nil {
		return err
	}
	clinic, err := openClinic(ctx, s)
	if err != nil {
		return err
	}
	defer clinic.close()
	var servers []*server
	defer func() {
		for _, server := range servers {
			server.stop()
		}
	}()
	for _, peer := range append([]*peer{ours}, others...) {
		log.Printf("starting %s", peer.name)
		started, err := start(ctx, s, clinic, peer)
		if err != nil {
			return fmt.Errorf("start %s: %w", peer.name, err)
		}
		servers = append(servers, started)
	}
	results, err := measure(ctx, s, clinic, servers, asked)
	if err != nil {
		return err
	}
	return report(ctx, s, clinic, results)
}
