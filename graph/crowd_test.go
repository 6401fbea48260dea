package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// More requests than a server can take on are told so at once, while those before
// them wait for a table that is locked; and none is when there is room again.
func TestHandler_overloaded(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	c.ask(anyone, nil)
	tx := c.db.SQL.MustBegin()
	defer func() { _ = tx.Rollback() }()
	tx.MustExec("LOCK TABLE patients")
	const sent, taken = 1400, 1280
	browser := &http.Client{Transport: &http.Transport{}}
	defer browser.CloseIdleConnections()
	answers := make(chan string, sent)
	for range sent {
		go func() { answers <- asked(browser, c.server.URL) }()
	}
	for refused := 0; refused < sent-taken; {
		switch got := <-answers; got {
		case `503 5 {"errors":[{"message":"the server has too much to do at the moment","extensions":{"code":"UNAVAILABLE"}}]}`:
			refused++
		default:
			t.Fatalf("got %s", got)
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	for range taken {
		if got := <-answers; !strings.HasPrefix(got, `503 5 {"errors"`) && !strings.HasPrefix(got, `200  {`) {
			t.Errorf("got %s", got)
		}
	}
	c.ask(anyone, nil)
}

// asked returns the status of an answer, when to come back, and what it says.
func asked(browser *http.Client, address string) string {
	response, err := browser.Post(address+"/graphql", "application/json", strings.NewReader(`{"query":"{ patients(first: 1) { nodes { id } } }"}`))
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprint(response.StatusCode, " ", response.Header.Get("Retry-After"), " ", strings.TrimSpace(string(text)))
}

// Streams of events that stay open, more than operations are taken on, keep nobody out.
func TestHandler_streamsTakeNoPlace(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	goLive(t, c.db.DB)
	c.header = http.Header{}
	for range 1281 {
		if s := c.stream(everyPatient, nil); s.response.StatusCode != http.StatusOK {
			t.Fatalf("got %d: %s", s.response.StatusCode, s.all())
		}
	}
	c.ask(anyone, nil)
}
