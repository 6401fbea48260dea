package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// marks are the lines between which the document is written anew, for each size of a clinic.
func (s *settings) marks() (begin, end string) {
	const mark = "<!-- %s of what `make bench PATIENTS=%d` writes -->\n"
	return fmt.Sprintf(mark, "begin", s.patients), fmt.Sprintf(mark, "end", s.patients)
}

// picture is beside the document.
func (s *settings) picture() string { return fmt.Sprintf("images/benchmarks-%d.svg", s.patients) }

// report prints what was measured, and writes it to the document if there is one.
func report(ctx context.Context, s *settings, c *clinic, results []*result) error {
	if err := s.keep(results); err != nil {
		return err
	}
	text, err := tell(ctx, s, c, results)
	if err != nil {
		return err
	}
	fmt.Print(text)
	if s.document == "" {
		return nil
	}
	document, err := os.ReadFile(s.document)
	if err != nil {
		return err
	}
	begin, end := s.marks()
	before, rest, begun := strings.Cut(string(document), begin)
	_, after, ended := strings.Cut(rest, end)
	if !begun || !ended {
		return fmt.Errorf("%s has no part from %s to %s", s.document, begin, end)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(s.document), s.picture()), plot(ratiosOf(results)), 0o644); err != nil {
		return err
	}
	log.Printf("writing %s", s.document)
	return os.WriteFile(s.document, []byte(before+begin+text+end+after), 0o644)
}

func tell(ctx context.Context, s *settings, c *clinic, results []*result) (string, error) {
	on, err := machine(ctx, c)
	if err != nil {
		return "", err
	}
	which, err := versions(results)
	if err != nil {
		return "", err
	}
	allocations, err := allocationsOf(ctx)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "On %s, %s: %d patients with %d visits and %d records each, %d rounds of %s with %d connections, in turns. %s.\n\n",
		on, c.now.Format("January 2006"), s.patients, each, each, s.rounds, s.length, s.connections, which)
	if err := s.tellGrowth(&b, results); err != nil {
		return "", err
	}
	s.tellRatios(&b, results)
	tellFigures(&b, results, allocations)
	return b.String(), nil
}

// tellRatios writes a line for each query, a column for each server, and what falls short.
func (s *settings) tellRatios(b *strings.Builder, results []*result) {
	found, asked := map[[2]string]ratio{}, []*query{}
	var others []*server
	known := map[any]bool{}
	for _, r := range ratiosOf(results) {
		found[[2]string{r.query, r.server}] = r
	}
	for _, r := range results {
		if r.server.peer != ours && !known[r.server] {
			others = append(others, r.server)
		}
		if r.query.others() && !known[r.query] {
			asked = append(asked, r.query)
		}
		known[r.server], known[r.query] = true, true
	}
	if len(others) == 0 || len(asked) == 0 {
		return
	}
	fmt.Fprintf(b, "![How often ClinicQL's processor time others take](%s)\n\nHow often ClinicQL's processor time others take, server and Postgres together; in brackets what is asked for, **bold** where it is not reached:\n\n| |", s.picture())
	for _, server := range others {
		fmt.Fprintf(b, " %s |", server.title)
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(others)) + "\n")
	for _, q := range asked {
		fmt.Fprintf(b, "| %s |", q.title)
		for _, server := range others {
			r, ok := found[[2]string{q.name, server.name}]
			switch {
			case !ok:
				b.WriteString(" – |")
			case r.asked == 0:
				fmt.Fprintf(b, " %.2f |", r.found)
			case r.found < r.asked:
				fmt.Fprintf(b, " **%.2f** (%g) |", r.found, r.asked)
			default:
				fmt.Fprintf(b, " %.2f (%g) |", r.found, r.asked)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
}

// tellFigures writes all medians.
func tellFigures(b *strings.Builder, results []*result, allocations map[string]string) {
	b.WriteString("Medians; milliseconds of processors for a request, latencies in milliseconds, the most memory in MiB, the body in bytes:\n\n")
	b.WriteString("| | server | Postgres | both | requests a second | p50 | p99 | memory | body | statements | allocations |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	var last *query
	for _, r := range results {
		if r.query != last {
			fmt.Fprintf(b, "| **%s** | | | | | | | | | | |\n", r.query.title)
			last = r.query
		}
		if len(r.rounds) == 0 {
			fmt.Fprintf(b, "| %s | not answered: %s | | | | | | | | | |\n", r.server.title, reasonOf(r.failed))
			continue
		}
		m, statements, allocated := r.middle(), "", ""
		if r.server.peer == ours {
			statements, allocated = fmt.Sprint(r.statements), allocations[r.query.name]
		}
		fmt.Fprintf(b, "| %s | %.3f | %.3f | %.3f | %.0f | %.1f | %.1f | %d | %d | %s | %s |\n", r.server.title,
			ms(m.server), ms(m.postgres), ms(m.server+m.postgres), m.rate, ms(m.middle), ms(m.slow), m.memory>>20, m.body, statements, allocated)
	}
}

// reasonOf says in a word why a server did not answer.
func reasonOf(err error) string {
	if err == nil {
		return "no time"
	}
	for _, code := range []string{"TIMED_OUT", "RATE_LIMITED", "TOO_COMPLEX", "UNAVAILABLE"} {
		if strings.Contains(err.Error(), code) {
			return "`" + code + "`"
		}
	}
	return "an error"
}
