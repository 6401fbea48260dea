// Command clinicql serves a clinic's GraphQL API, its playground and its pages
// from one endpoint.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/embedded"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/graph"
	"github.com/clinicql/clinicql/web"

	_ "time/tzdata" // a container may have no zones
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

// run does what the arguments ask for and returns the exit status.
func run(ctx context.Context, arguments []string) int {
	var c commands
	defer c.end()
	parser := kong.Must(&c, kong.Name("clinicql"), kong.Description("A GraphQL API server for clinics."), kong.UsageOnError())
	cli, err := parser.Parse(arguments)
	if err == nil {
		err = c.startLog()
	}
	if err == nil {
		cli.BindTo(auth.WithActor(ctx, auth.SystemActor("command line")), (*context.Context)(nil))
		cli.Bind(&c.Config, &c.Serve.ServeConfig)
		if err = cli.BindToProvider(c.openDatabase); err == nil {
			err = cli.Run()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "clinicql:", err)
		return 1
	}
	return 0
}

type serveCommand struct{ ServeConfig }

// Run serves until ctx ends. It returns an error when our own database ends before.
func (s *serveCommand) Run(ctx context.Context, c *Config) error {
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.Listen, err)
	}
	defer listener.Close()
	asked, url := ctx, c.DatabaseURL
	if url == "" {
		own, err := embedded.Start(ctx, embedded.Options{Dir: c.postgresDir(), Log: &postgresLog{}})
		if err != nil {
			return err
		}
		defer own.Stop()
		var stop context.CancelFunc
		ctx, stop = context.WithCancel(ctx)
		go func() {
			<-own.Done()
			stop()
		}()
		url = own.URL()
	}
	d, err := db.Open(url)
	if err != nil {
		return err
	}
	defer d.Close()
	server := newServer(d, url)
	go server.prepare(ctx, s.Demo, func() { s.announce(listener.Addr()) })
	err = server.serve(ctx, listener, s.Drain)
	server.sealLast()
	if err != nil || asked.Err() != nil {
		return err
	}
	return errors.New("the database ended")
}

// announce says where everything is.
func (s *serveCommand) announce(addr net.Addr) {
	slog.Warn("there is no sign-in yet: whoever reaches this address acts as \"development\"", "address", addr.String())
	base := "http://" + s.Listen
	if host, port, err := net.SplitHostPort(s.Listen); err == nil && (host == "" || port == "0") {
		_, port, _ = net.SplitHostPort(addr.String())
		base = "http://" + net.JoinHostPort("localhost", port)
	}
	fmt.Printf("ClinicQL is ready.\n  playground  %[1]s/playground\n  API         %[1]s/graphql\n  schema      %[1]s/schema.graphql\n  health      %[1]s/health\n", base)
}

// A server answers HTTP from one database.
type server struct {
	db     *db.DB
	url    string
	health *health
}

func newServer(d *db.DB, url string) *server { return &server{db: d, url: url, health: newHealth(d)} }

// routes are the addresses of the server.
func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", asDevelopment(graph.Handler(s.db)))
	mux.HandleFunc("GET /schema.graphql", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(graph.SDL()))
	})
	mux.HandleFunc("GET /health", s.health.report)
	mux.HandleFunc("GET /health/live", s.health.live)
	mux.HandleFunc("GET /health/ready", s.health.ready)
	mux.Handle("/", web.Handler())
	return mux
}

// asDevelopment lets everybody act as the development actor.
func asDevelopment(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(auth.WithActor(r.Context(), auth.SystemActor("development"))))
	})
}

// prepare migrates, and fills an empty database when it is asked to, until it
// succeeds: a database that is down at the start may come later.
func (s *server) prepare(ctx context.Context, demo bool, ready func()) {
	for ctx.Err() == nil {
		err := s.prepareOnce(ctx, demo)
		if err == nil {
			s.health.migrated.Store(true)
			ready()
			go s.sealAudit(ctx)
			s.tend(ctx)
			return
		}
		slog.Error("the database is not ready", "error", err.Error())
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

func (s *server) prepareOnce(ctx context.Context, demo bool) error {
	if n, err := migrate(ctx, s.url); err != nil {
		return err
	} else if n > 0 {
		slog.Info("migrated", "applied", n)
	}
	if err := s.db.CheckLocale(ctx); err != nil || !demo {
		return err
	}
	some, err := s.db.HasPatients(ctx)
	if err != nil || some {
		return err
	}
	ctx = auth.WithActor(ctx, auth.SystemActor("seed"))
	_, err = seed.Run(ctx, s.db, seed.Options{Patients: demoPatients, Seed: demoSeed, Now: time.Now()})
	return err
}

// The demonstration clinic that the README's tour shows.
const (
	demoPatients = 200
	demoSeed     = 1
)

// tend does what has to be done from time to time.
func (s *server) tend(ctx context.Context) {
	for {
		if _, err := s.db.ForgetIdempotencyKeys(ctx); err != nil && ctx.Err() == nil {
			slog.Error("idempotency keys were not forgotten", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Hour):
		}
	}
}

// serve answers until ctx ends; then it says for the time of drain that it is
// not ready, and ends when all requests are answered.
func (s *server) serve(ctx context.Context, listener net.Listener, drain time.Duration) error {
	web := &http.Server{
		Handler:           s.routes(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	slog.Info("stopping")
	s.health.draining.Store(true)
	time.Sleep(drain)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	if err := web.Shutdown(ctx); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}
