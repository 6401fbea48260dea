package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"strings"
	"time"
)

// The roles that ask: a doctor reads charts, books and writes; an analyst sees statistics.
const (
	doctor  = "DOCTOR"
	analyst = "ANALYST"
)

// points is how many points of cost a user may spend in a second here. The purse is counted as
// always; with the 10,000 of a new server one user is answered ten nested pages a second.
const points = 1_000_000_000

// ours is ClinicQL as it is shipped: the binary of a release and its settings, but for the rate.
var ours = &peer{
	name: "clinicql", title: "ClinicQL", port: 8640, dialect: clinicQL, path: "/graphql", settles: 2200 * time.Millisecond,
	command: func(ctx context.Context, s *settings, p *peer, address string) (*exec.Cmd, error) {
		for _, role := range []string{doctor, analyst} {
			if err := addUser(ctx, address, role); err != nil {
				return nil, err
			}
		}
		command := exec.CommandContext(ctx, program, "serve", "--listen", p.address(), "--rate", fmt.Sprint(points))
		command.Env = append(os.Environ(), "DATABASE_URL="+address, "CLINICQL_READ_SPOOL="+s.folder+"/reads.spool")
		return command, nil
	},
	signIn: signIn,
}

const password = "steep-lilac-orbit-47"

// addUser adds a user who is called after the role.
func addUser(ctx context.Context, address, role string) error {
	command := exec.CommandContext(ctx, program, "user", "add", strings.ToLower(role), "--role", role)
	command.Env = append(os.Environ(), "DATABASE_URL="+address)
	command.Stdin = strings.NewReader(password + "\n")
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	return nil
}

// signIn makes an API token, as programs sign in with.
func signIn(ctx context.Context, at *server, role string) (string, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return "", err
	}
	client := &http.Client{Jar: jar}
	var got struct {
		SignIn struct{ Viewer struct{ LoginName string } }
	}
	if err := mutate(ctx, client, at, fmt.Sprintf(`signIn(input: {loginName: %q, password: %q}) { viewer { loginName } }`, strings.ToLower(role), password), &got); err != nil {
		return "", err
	}
	var made struct{ CreateAPIToken struct{ Token string } }
	err = mutate(ctx, client, at, fmt.Sprintf(`createApiToken(input: {name: "bench", role: %s, expiresAt: %q}) { token }`, role, time.Now().Add(24*time.Hour).UTC().Format(time.RFC3339)), &made)
	if err == nil && made.CreateAPIToken.Token == "" {
		err = errors.New("there is no token")
	}
	return "Authorization: Bearer " + made.CreateAPIToken.Token + "\r\n", err
}

// mutate runs a field of a mutation. A server that does not know its database yet is asked again.
func mutate(ctx context.Context, client *http.Client, at *server, field string, into any) error {
	body, err := json.Marshal(map[string]string{"query": "mutation { " + field + " }"})
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+at.address()+at.path, bytes.NewReader(body))
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("GraphQL-Require-Preflight", "1")
		response, err := client.Do(request)
		if err != nil {
			return err
		}
		var answer struct {
			Data   json.RawMessage
			Errors []struct{ Message string }
		}
		err = json.NewDecoder(response.Body).Decode(&answer)
		response.Body.Close()
		switch {
		case err != nil:
			return err
		case response.StatusCode == http.StatusServiceUnavailable && n < 100:
			time.Sleep(100 * time.Millisecond)
		case len(answer.Errors) > 0:
			return errors.New(answer.Errors[0].Message)
		default:
			return json.Unmarshal(answer.Data, into)
		}
	}
}
