package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// variety is how many different requests of a query that writes nothing are sent.
const variety = 1000

// pages is how many pages of patients are read, each of 50.
const pages = 150

// requests returns what makes the next request of a query to a server. Those that write are
// numbered on from where the last ones to any server ended.
func (s *server) requests(q *query, written *atomic.Int64) (func() []byte, error) {
	if q.writes {
		return func() []byte {
			request, err := s.request(q, int(written.Add(1)))
			if err != nil {
				panic(err) // as the first one did not
			}
			return request
		}, nil
	}
	var all [][]byte
	for n := range variety {
		request, err := s.request(q, n)
		if err != nil {
			return nil, err
		}
		all = append(all, request)
	}
	var last atomic.Int64
	return func() []byte { return all[int(last.Add(1))%len(all)] }, nil
}

// request returns the nth request of a query, as it is sent.
func (s *server) request(q *query, n int) ([]byte, error) {
	drawn := q.draw(s.clinic, n)
	if q.pages {
		if cursor := s.cursors[n%len(s.cursors)]; cursor != "" {
			drawn["after"] = cursor
		}
	}
	role := q.role
	if role == "" {
		role = doctor
	}
	method, path, body := "POST", s.path, ""
	document := q.clinicQL
	switch s.dialect {
	case rest:
		said, sent, _ := strings.Cut(q.rest(drawn), "\n")
		method, path, _ = strings.Cut(said, " ")
		body = sent
	case postGraphile:
		document = q.postGraphile
		if q.arranged != nil {
			drawn = q.arranged(s.clinic, drawn)
		}
	}
	if s.dialect != rest {
		text, err := json.Marshal(map[string]any{"query": document, "variables": drawn})
		if err != nil {
			return nil, err
		}
		body = string(text)
	}
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: application/json\r\n%s", method, path, s.port, s.headers[role])
	if method == http.MethodPost {
		head += fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	return []byte(head + "\r\n" + body), nil
}

// walk reads the first pages of patients and keeps where each ends.
func (s *server) walk() error {
	s.cursors = []string{""}
	page := queries[slices.IndexFunc(queries, func(q *query) bool { return q.name == "page" })]
	for len(s.cursors) < pages {
		s.cursors = append(s.cursors[:len(s.cursors):len(s.cursors)], "")
		last := len(s.cursors) - 1
		s.cursors[last] = s.cursors[last-1]
		request, err := s.request(page, last)
		if err != nil {
			return err
		}
		body, _, err := s.once(request)
		if err != nil {
			return err
		}
		var answer struct {
			EndCursor json.RawMessage
			Data      struct {
				Patients struct{ PageInfo struct{ EndCursor *string } }
			}
		}
		if err := json.Unmarshal(body, &answer); err != nil {
			return err
		}
		switch end := answer.Data.Patients.PageInfo.EndCursor; {
		case s.dialect == rest && len(answer.EndCursor) > 4:
			s.cursors[last] = string(answer.EndCursor)
		case end != nil:
			s.cursors[last] = *end
		default:
			s.cursors = s.cursors[:last] // there are no more
			return nil
		}
	}
	return nil
}

// once sends one request and returns its answer, and what its header Server-Timing says.
func (s *server) once(request []byte) (body []byte, timing string, err error) {
	for n := 0; ; n++ {
		head, sent, _ := strings.Cut(string(request), "\r\n\r\n")
		lines := strings.Split(head, "\r\n")
		words := strings.Fields(lines[0])
		made, err := http.NewRequest(words[0], "http://"+s.address()+words[1], strings.NewReader(sent))
		if err != nil {
			return nil, "", err
		}
		made.Close = true // the server may give up a connection that is not used
		for _, line := range lines[1:] {
			name, value, _ := strings.Cut(line, ": ")
			made.Header.Set(name, value)
		}
		response, err := http.DefaultClient.Do(made)
		if err != nil {
			return nil, "", err
		}
		body, err = io.ReadAll(response.Body)
		response.Body.Close()
		switch {
		case err != nil:
			return nil, "", err
		case response.StatusCode == http.StatusServiceUnavailable && n < 100:
			time.Sleep(100 * time.Millisecond)
		case response.StatusCode >= 300 || strings.Contains(string(body), `"errors":[`):
			return nil, "", fmt.Errorf("%.600s is answered %d %.600s", request, response.StatusCode, body)
		default:
			return body, response.Header.Get("Server-Timing"), nil
		}
	}
}

// get says which address is asked for, with what stands after its question mark by name and value.
func get(path string, parameters ...string) string {
	query := url.Values{}
	for i := 0; i < len(parameters); i += 2 {
		query.Set(parameters[i], parameters[i+1])
	}
	if len(query) > 0 {
		path += "?" + query.Encode()
	}
	return "GET " + path
}

func post(path string, body any) string {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // it holds texts only
	}
	return "POST " + path + "\n" + string(text)
}

// after are the parameters of the page after a cursor, [family, given, id].
func after(v variables) []string {
	last := []string{"", "", "00000000-0000-0000-0000-000000000000"}
	if text, ok := v["after"].(string); ok {
		if err := json.Unmarshal([]byte(text), &last); err != nil {
			panic(err) // the server made it
		}
	}
	return []string{"family", last[0], "given", last[1], "id", last[2]}
}

func commas(ids []string) string { return strings.Join(ids, ",") }
