package graph_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/coder/websocket"
)

// Whatever a page of another site can have a browser send, with the cookie of who is
// signed in and without being asked first, writes nothing.
func TestCrossSite(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	nino := h.employ("nino", auth.Receptionist)
	cookie := nino.header.Get("Cookie")
	const mutation = `mutation { createPatient(input: {familyName: "Planted", sex: MALE, birthDate: "1990-01-01"}) { patient { id } } }`
	asJSONBody := asJSON(map[string]string{"query": mutation})
	form := url.Values{"query": {mutation}}.Encode()
	multipart := "--x\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n" + asJSONBody + "\r\n--x\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{}\r\n--x--\r\n"
	origins := map[string]http.Header{
		"another site":        {"Origin": {"https://evil.example"}, "Sec-Fetch-Site": {"cross-site"}},
		"a neighbour":         {"Origin": {"http://evil.127.0.0.1:1"}, "Sec-Fetch-Site": {"same-site"}},
		"another site, plain": {"Origin": {"https://evil.example"}},
		"nowhere":             {"Origin": {"null"}, "Sec-Fetch-Site": {"cross-site"}},
		"no one":              {},
	}
	for way, send := range map[string]func(header http.Header) (int, error){
		"GET":  func(header http.Header) (int, error) { return nino.sends(http.MethodGet, "?"+form, "", "", header) },
		"HEAD": func(header http.Header) (int, error) { return nino.sends(http.MethodHead, "?"+form, "", "", header) },
		"plain text": func(header http.Header) (int, error) {
			return nino.sends(http.MethodPost, "", "text/plain", asJSONBody, header)
		},
		"a form": func(header http.Header) (int, error) {
			return nino.sends(http.MethodPost, "", "application/x-www-form-urlencoded", form, header)
		},
		"a form with files": func(header http.Header) (int, error) {
			return nino.sends(http.MethodPost, "", "multipart/form-data; boundary=x", multipart, header)
		},
		"JSON": func(header http.Header) (int, error) {
			return nino.sends(http.MethodPost, "", "application/json", asJSONBody, header)
		},
		"no media type": func(header http.Header) (int, error) { return nino.sends(http.MethodPost, "", "", asJSONBody, header) },
		"a WebSocket": func(header http.Header) (int, error) {
			conn, response, err := websocket.Dial(t.Context(), h.server.URL, &websocket.DialOptions{HTTPHeader: header, Subprotocols: []string{"graphql-transport-ws"}})
			if err == nil {
				defer conn.CloseNow()
			}
			if response == nil {
				return 0, err
			}
			return response.StatusCode, nil
		},
	} {
		for whence, header := range origins {
			header = header.Clone()
			header.Set("Cookie", cookie)
			if status, err := send(header); err != nil || status < 400 || status >= 500 {
				t.Errorf("%s from %s is answered %d, %v", way, whence, status, err)
			}
		}
	}
	if n := h.count("SELECT count(*) FROM patients WHERE family_name = 'Planted'"); n != 0 {
		t.Errorf("%d patients were planted", n)
	}
	own := http.Header{"Cookie": {cookie}, "Origin": {h.server.URL}, "Sec-Fetch-Site": {"same-origin"}, "Graphql-Require-Preflight": {"1"}}
	if status, err := nino.sends(http.MethodPost, "", "application/json", asJSONBody, own); err != nil || status != 200 {
		t.Errorf("a page of our own is answered %d, %v", status, err)
	}
	if n := h.count("SELECT count(*) FROM patients WHERE family_name = 'Planted'"); n != 1 {
		t.Errorf("%d patients were written by a page of our own", n)
	}
	for _, method := range []string{http.MethodOptions, http.MethodPut, http.MethodPatch} { // nobody is told that they may ask
		request, _ := http.NewRequestWithContext(t.Context(), method, h.server.URL, strings.NewReader(asJSONBody))
		request.Header = http.Header{"Origin": {"https://evil.example"}, "Access-Control-Request-Method": {"POST"}, "Cookie": {cookie}}
		response, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		for name := range response.Header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s is answered with %s", method, name)
			}
		}
		if response.StatusCode < 400 {
			t.Errorf("%s is answered %d", method, response.StatusCode)
		}
	}
}

// sends sends a request with headers of its own only, and returns the status.
func (c *client) sends(method, address, media, body string, header http.Header) (int, error) {
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL+address, strings.NewReader(body))
	if err != nil {
		return 0, err
	}
	request.Header = header.Clone()
	if media != "" {
		request.Header.Set("Content-Type", media)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", address, err)
	}
	return response.StatusCode, nil
}
