// Package embedded runs a Postgres of our own: it finds the programs, keeps the
// cluster in one directory and lets it live exactly as long as this process.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// Options say where a cluster lives and how much its data are worth.
type Options struct {
	// Dir holds the cluster and is made when missing. It may be empty when
	// Ephemeral is set: the cluster then gets a directory that Stop removes.
	Dir string
	// Ephemeral trades durability for speed. It is meant for tests: a power
	// cut can leave a cluster that does not start again.
	Ephemeral bool
	// Settings of Postgres's, "name=value", that win over ours.
	Settings []string
	// Log receives what Postgres logs: how it starts, stops and crashes, and
	// no value of any statement. Nil discards it.
	Log io.Writer
}

// Server is a running Postgres.
type Server struct {
	dir      *directory
	login    login
	process  *os.Process
	log      *tail
	stopOnce sync.Once
	done     chan struct{}
	err      error // written before done is closed
}

// Start opens the cluster in o.Dir, or makes one, and returns when it answers.
// It waits for crash recovery as long as ctx lives. It refuses a directory that
// another process uses, that a different major version of Postgres wrote, or
// that holds something else, and changes nothing there.
func Start(ctx context.Context, o Options) (*Server, error) {
	s, err := start(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("start embedded postgres: %w", err)
	}
	return s, nil
}

func start(ctx context.Context, o Options) (*Server, error) {
	dir, bin, err := openDirectory(o)
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, done: make(chan struct{}), log: &tail{to: o.Log}}
	if err := s.launch(ctx, o, bin); err != nil {
		dir.release()
		return nil, err
	}
	if err := s.ready(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

// launch brings the directory into a state that Postgres can start from, and
// starts it.
func (s *Server) launch(ctx context.Context, o Options, bin binaries) error {
	if err := settle(ctx, s.dir); err != nil {
		return err
	}
	who, err := s.dir.owner(bin)
	if err != nil {
		return err
	}
	if s.dir.major == "" {
		if err := s.dir.initialize(ctx, bin, who, o.Ephemeral); err != nil {
			return err
		}
	}
	if err := s.dir.makeSocketDir(who); err != nil {
		return err
	}
	if s.login, err = s.dir.login(o.Ephemeral); err != nil {
		return err
	}
	// The context bounds the start and not the life of what was started.
	return s.run(bin.command(context.Background(), "postgres", who, s.dir.data(), settings(s.dir, o)...))
}

// run starts cmd and watches it until it ends. The kernel ties the signal that
// Postgres gets at our death to the thread that started it, so that thread is
// kept for as long (go.dev/issue/27505).
func (s *Server) run(cmd *exec.Cmd) error {
	cmd.Stdout, cmd.Stderr = s.log, s.log
	cmd.WaitDelay = time.Second        // a killed postmaster's children hold the log open a moment longer
	cmd.SysProcAttr.Setpgid = true     // Ctrl-C is for us: Postgres stops after the last request
	dieWithParent(cmd, syscall.SIGINT) // SIGINT asks for a fast, clean shutdown
	started := make(chan error)
	go func() {
		runtime.LockOSThread()
		err := cmd.Start()
		s.process = cmd.Process
		started <- err
		if err == nil {
			s.err = cmd.Wait()
			close(s.done)
		}
	}()
	return <-started
}

// URL is where the server's database is reached.
func (s *Server) URL() string { return s.login.url(s.dir.socketDir(), database) }

// Done is closed when Postgres is gone, asked or not.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err says why Postgres ended: nil while it runs and after a clean end.
func (s *Server) Err() error {
	select {
	case <-s.done:
	default:
		return nil
	}
	if s.err == nil {
		return nil
	}
	return fmt.Errorf("postgres ended: %w: %s", s.err, s.log.why())
}

// stops are the ways to end Postgres, from the gentle to the certain, each with
// the time it gets: fast closes connections and writes everything out, immediate
// leaves the rest to recovery at the next start.
var stops = []struct {
	signal syscall.Signal
	wait   time.Duration
}{
	{syscall.SIGINT, 30 * time.Second},
	{syscall.SIGQUIT, 5 * time.Second},
	{syscall.SIGKILL, 5 * time.Second},
}

// Stop ends Postgres and releases its directory. It may be called more than once.
func (s *Server) Stop() {
	s.stopOnce.Do(func() {
		for _, stop := range stops {
			if err := s.process.Signal(stop.signal); errors.Is(err, os.ErrProcessDone) {
				<-s.done
			}
			select {
			case <-s.done:
				s.dir.release()
				return
			case <-time.After(stop.wait):
			}
		}
	})
}
