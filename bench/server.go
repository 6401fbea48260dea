package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// program is ClinicQL as it is built for release.
const program = "bin/clinicql"

// A dialect is how servers want to be asked for the same thing.
type dialect int

const (
	clinicQL     dialect = iota // also Apollo and Mercurius, whose schema is a part of ours
	postGraphile                // which makes names of columns
	rest
)

// A peer is a server that can be measured.
type peer struct {
	name, title string
	port        int
	dialect     dialect
	path        string // of GraphQL
	lacks       string // names of queries that it has no answer to
	// command returns what starts it, after what has to be built is; address is of the database.
	command func(ctx context.Context, s *settings, p *peer, address string) (*exec.Cmd, error)
	// signIn returns a header for requests to the server that has begun, as a user of a role.
	signIn func(ctx context.Context, at *server, role string) (string, error)
	// settles is for how long a server works on after the last answer.
	settles time.Duration
}

func (p *peer) called() string { return p.name }

// A server is a peer that runs. It is held still while another one is measured.
type server struct {
	*peer
	clinic  *clinic
	process *os.Process
	ended   chan error
	headers map[string]string // of requests, by role
	cursors []string          // of the ends of the first pages of patients
}

// address is where it listens, on this machine only.
func (p *peer) address() string { return fmt.Sprintf("127.0.0.1:%d", p.port) }

// start starts a peer and returns when it answers.
func start(ctx context.Context, s *settings, c *clinic, p *peer) (*server, error) {
	command, err := p.command(ctx, s, p, c.url)
	if err != nil {
		return nil, err
	}
	written, err := os.Create(filepath.Join(s.folder, p.name+".log"))
	if err != nil {
		return nil, err
	}
	defer written.Close()
	command.Stdout, command.Stderr = written, written
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := command.Start(); err != nil {
		return nil, err
	}
	started := &server{peer: p, clinic: c, process: command.Process, ended: make(chan error, 1), headers: map[string]string{}}
	go func() { started.ended <- command.Wait() }()
	if err := started.begin(ctx); err != nil {
		started.stop()
		return nil, fmt.Errorf("%w; see %s", err, written.Name())
	}
	return started, nil
}

// begin waits for the server, signs in and reads the cursors of its pages.
func (s *server) begin(ctx context.Context) error {
	for range 600 {
		response, err := http.Get("http://" + s.address() + s.path)
		if err == nil {
			response.Body.Close()
			break
		}
		select {
		case <-s.ended:
			s.ended <- nil
			return errors.New("it ended")
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(100 * time.Millisecond):
		}
	}
	if s.signIn != nil {
		for _, role := range []string{doctor, analyst} {
			header, err := s.signIn(ctx, s, role)
			if err != nil {
				return fmt.Errorf("sign in: %w", err)
			}
			s.headers[role] = header
		}
	}
	if err := s.walk(); err != nil {
		return err
	}
	return s.hold()
}

// hold lets the server do nothing until it goes on.
func (s *server) hold() error { return syscall.Kill(-s.process.Pid, syscall.SIGSTOP) }

func (s *server) goOn() error { return syscall.Kill(-s.process.Pid, syscall.SIGCONT) }

func (s *server) stop() {
	_ = s.goOn()
	_ = syscall.Kill(-s.process.Pid, syscall.SIGTERM)
	select {
	case <-s.ended:
	case <-time.After(10 * time.Second):
		_ = syscall.Kill(-s.process.Pid, syscall.SIGKILL)
	}
}

// answers says whether the server has an answer to the query.
func (s *server) answers(q *query) bool {
	for name := range strings.FieldsSeq(s.lacks) {
		if name == q.name {
			return false
		}
	}
	return s.peer == ours || q.others()
}
