package graph_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
)

// A stream is a subscription by POST.
type stream struct {
	t        testing.TB
	response *http.Response
	lines    *bufio.Reader
}

// stream sends a document for whose answer events are accepted.
func (c *client) stream(query string, vars variables) *stream {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.server.URL, strings.NewReader(asJSON(variables{"query": query, "variables": vars})))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header = c.header.Clone()
	request.Header.Set("Content-Type", oldMedia)
	request.Header.Set("Accept", "text/event-stream")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { response.Body.Close() })
	return &stream{c.t, response, bufio.NewReader(response.Body)}
}

// event returns the data of the next event.
func (s *stream) event() answer {
	s.t.Helper()
	for {
		line, err := s.lines.ReadString('\n')
		if err != nil {
			s.t.Fatalf("%d, %v: %s", s.response.StatusCode, err, line)
		}
		if data, ok := strings.CutPrefix(line, "data: "); ok {
			for _, event := range parse(s.t, data).Data {
				return event.(map[string]any)
			}
		}
	}
}

// all returns what comes until the stream ends, without comments.
func (s *stream) all() string {
	rest, _ := io.ReadAll(s.lines)
	return strings.ReplaceAll(strings.TrimLeft(string(rest), "\n"), ":\n\n", "")
}

func mustUnmarshal(t testing.TB, text []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(text, v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
}

// A subscription by POST is answered with events, and everything else as before.
func TestEventStream(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	goLive(t, h.db.DB)
	nino := h.employ("nino", auth.Receptionist)
	s := nino.stream(everyPatient, nil)
	if s.response.Uncompressed || s.response.ContentLength >= 0 {
		t.Errorf("events are packed (%t), or %d bytes long", s.response.Uncompressed, s.response.ContentLength)
	}
	if media := s.response.Header.Get("Content-Type"); s.response.StatusCode != 200 || media != "text/event-stream; charset=utf-8" || s.response.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %s", s.response.StatusCode, media)
	}
	if got := s.event(); got.text("kind") != "STARTED" {
		t.Errorf("got %v", got)
	}
	newPatient(t, h.db, "Beridze")
	if got := s.event(); got.text("kind") != "CREATED" || got.text("patient.displayName") != "Test Beridze" {
		t.Errorf("got %v", got)
	}
	for query, want := range map[string]struct {
		status int
		code   string
	}{
		`{ clinic { name } }`:                                              {406, "BAD_REQUEST"},
		`mutation { signOut { viewer { id } } }`:                           {406, "BAD_REQUEST"},
		`subscription { nothing }`:                                         {400, "GRAPHQL_VALIDATION_FAILED"},
		`subscription { patientChanged { patient { allergies { id } } } }`: {403, "FORBIDDEN"},
	} {
		s := nino.stream(query, nil)
		text, _ := io.ReadAll(s.response.Body)
		if s.response.StatusCode != want.status || !strings.Contains(string(text), want.code) {
			t.Errorf("%s: %d %s", query, s.response.StatusCode, text)
		}
	}
	if got := nino.stream(everyPatient, variables{"after": "x"}).all(); !strings.Contains(got, "BAD_CURSOR") || !strings.HasSuffix(got, "event: complete\ndata: \n\n") {
		t.Errorf("an altered event id is answered %s", got)
	}
	response, text := nino.post(everyPatient, nil)
	if response.StatusCode != 406 || !strings.Contains(text, "BAD_REQUEST") {
		t.Errorf("who accepts no events is answered %d %s", response.StatusCode, text)
	}
	withoutHeader := *nino.client
	withoutHeader.header = http.Header{"Cookie": nino.header["Cookie"]}
	if s := withoutHeader.stream(everyPatient, nil); s.response.StatusCode != 403 {
		t.Errorf("a form of another site is answered %d", s.response.StatusCode)
	}
}
