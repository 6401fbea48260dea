package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"testing"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/dbtest"
)

// An api is a browser at a server's API.
type api struct {
	t       testing.TB
	address string // http://host:port
	client  *http.Client
	token   string // of the API, instead of a session; may be empty
}

func newAPI(t testing.TB, address string) *api {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &api{t, address, &http.Client{Jar: jar}, ""}
}

// signIn returns a browser in which the user is signed in.
func signIn(t testing.TB, address, name, password string) *api {
	t.Helper()
	a := newAPI(t, address)
	got := a.ask(fmt.Sprintf(`mutation { signIn(input: {loginName: %q, password: %q}) { viewer { loginName } } }`, name, password))
	if fmt.Sprint(got) != fmt.Sprintf("map[data:map[signIn:map[viewer:map[loginName:%s]]]]", name) {
		t.Fatalf("signing in as %s answers %v", name, got)
	}
	return a
}

// post sends a document; the answer's body is to be closed.
func (a *api) post(query string, variables any) (*http.Response, error) {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(http.MethodPost, a.address+"/graphql", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("GraphQL-Require-Preflight", "1")
	if a.token != "" {
		request.Header.Set("Authorization", "Bearer "+a.token)
	}
	return a.client.Do(request)
}

// ask returns the decoded answer.
func (a *api) ask(query string) any {
	a.t.Helper()
	answer, _ := a.askTimed(query)
	return answer
}

// askTimed returns the answer without what it cost, and its Server-Timing.
func (a *api) askTimed(query string) (answer any, timing string) {
	a.t.Helper()
	response, err := a.post(query, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	defer response.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(response.Body); err != nil {
		a.t.Fatal(err)
	}
	answer = decode(a.t, text.Bytes())
	if whole, ok := answer.(map[string]any); ok {
		delete(whole, "extensions")
	}
	return answer, response.Header.Get("Server-Timing")
}

func decode(t testing.TB, text []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return v
}

const testPassword = "steep-lilac-orbit-47"

// addUser adds a user called after their role.
func addUser(t testing.TB, d *dbtest.Database, name string, role auth.Role) {
	t.Helper()
	ctx := auth.WithActor(t.Context(), auth.SystemActor("test"))
	if _, err := d.AddUser(ctx, &db.User{LoginName: name, DisplayName: name, Role: role}, testPassword); err != nil {
		t.Fatal(err)
	}
}

// follow asks for what is at an address, as a browser does where somebody follows a link.
func (a *api) follow(address string) *http.Response {
	a.t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	response, err := a.client.Do(request)
	if err != nil {
		a.t.Fatal(err)
	}
	a.t.Cleanup(func() { response.Body.Close() })
	return response
}
