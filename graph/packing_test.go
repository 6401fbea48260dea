package graph_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// asItIs neither asks for packed answers by itself nor unpacks them.
var asItIs = &http.Transport{DisableCompression: true}

// asked sends a document by POST, or by GET as a query of the address, and returns the
// answer as it is sent.
func (c *client) asked(method, query, accepted string) (*http.Response, []byte) {
	c.t.Helper()
	address, body := c.server.URL, asJSON(variables{"query": query})
	if method == http.MethodGet {
		address, body = address+"?query="+url.QueryEscape(query), ""
	}
	request, err := http.NewRequestWithContext(c.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", oldMedia)
	request.Header.Set("Accept", newMedia)
	if accepted != "" {
		request.Header.Set("Accept-Encoding", accepted)
	}
	response, err := asItIs.RoundTrip(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.ContentLength != int64(len(text)) {
		c.t.Errorf("%q of %d bytes says its length is %d", query, len(text), response.ContentLength)
	}
	if got := response.Header.Get("Vary"); got != "Accept, Accept-Encoding" {
		c.t.Errorf("%q varies by %q", query, got)
	}
	return response, text
}

func unpacked(t *testing.T, text []byte) string {
	t.Helper()
	reader, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v: %.100q", err, text)
	}
	plain, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// Long answers to queries come packed to who takes them so, and say their length, as
// all whole answers do.
func TestPacking(t *testing.T) {
	t.Parallel()
	c := newClient(t)
	patient, doctor := newPatient(t, c.db, "Beridze"), newPractitioner(t, c.db, "Doctor")
	write := fmt.Sprintf(`mutation { createMedicalRecord(input: {patientId: %q, practitionerId: %q, diagnosis: "Asthma", notes: %q}) { medicalRecord { notes } } }`,
		patient.ID, doctor.ID, strings.Repeat("Breathes ბ. ", 800))
	const long, short = `{ medicalRecords { nodes { notes } } }`, `{ clinic { name } }`

	if response, text := c.asked("POST", write, "gzip"); len(text) < 8<<10 || response.Header.Get("Content-Encoding") != "" {
		t.Errorf("a mutation is answered by %d bytes in the coding %q", len(text), response.Header.Get("Content-Encoding"))
	}
	_, plain := c.asked("POST", long, "identity")
	for name, test := range map[string]struct {
		method, query, accepted string
		packed                  bool
	}{
		"long":                          {"POST", long, "gzip", true},
		"long, by GET":                  {"GET", long, "gzip", true},
		"as a browser asks":             {"POST", long, "gzip, deflate, br, zstd", true},
		"in capitals and with a weight": {"POST", long, "br;q=1.0, GZIP; q=0.5", true},
		"anything":                      {"POST", long, "*", true},
		"nothing said":                  {"POST", long, "", false},
		"another coding only":           {"POST", long, "br, zstd", false},
		"refused":                       {"POST", long, "gzip;q=0, *", false},
		"anything refused":              {"POST", long, "*;q=0", false},
		"a weight that is none":         {"POST", long, "gzip;q=x", false},
		"short":                         {"POST", short, "gzip", false},
		"a mistake":                     {"POST", `{ nothing }`, "gzip", false},
	} {
		t.Run(name, func(t *testing.T) {
			response, text := c.in(t).asked(test.method, test.query, test.accepted)
			if got := response.Header.Get("Content-Encoding") == "gzip"; got != test.packed {
				t.Fatalf("packed: %t, %v", got, response.Header)
			}
			if test.packed && (unpacked(t, text) != string(plain) || len(text) > len(plain)/4) {
				t.Errorf("%d bytes unpack to %d others than %d", len(text), len(unpacked(t, text)), len(plain))
			}
		})
	}

	t.Run("in lengths that vary by chance", func(t *testing.T) {
		lengths := map[int]bool{}
		for range 30 {
			_, text := c.in(t).asked("POST", long, "gzip")
			lengths[len(text)] = true
		}
		if len(lengths) < 5 {
			t.Errorf("the same answer has %d lengths in 30 times", len(lengths))
		}
	})
}
