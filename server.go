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
	"strings"
	"syscall"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/alexflint/go-arg"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/seed"
	"github.com/clinicql/clinicql/graph"
	"github.com/clinicql/clinicql/migrations"
	"github.com/clinicql/clinicql/web"

	_ "time/tzdata" // a container may have no zones
)

// version is set when a release is built; otherwise the one that Go knows is told.
var version string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // whoever asks twice does not wait
	os.Exit(run(ctx, os.Args[1:]))
}

// run does what the arguments ask for, serving when there are none, and returns
// the exit status.
func run(ctx context.Context, arguments []string) int {
	if err := readEnvironment(); err != nil {
		fmt.Fprintln(os.Stderr, "clinicql:", err)
		return 1
	}
	var c commands
	defer c.end()
	if len(arguments) == 0 {
		arguments = []string{"serve"}
	}
	parser, err := arg.NewParser(arg.Config{Program: "clinicql"}, &c)
	if err != nil {
		panic(err) // the struct is wrong, whatever the arguments are
	}
	err = parser.Parse(arguments)
	if errors.Is(err, arg.ErrHelp) || err == nil && parser.Subcommand() == nil {
		_ = parser.WriteHelpForSubcommand(os.Stdout, parser.SubcommandNames()...)
		return 0
	}
	if err != nil {
		if !strings.Contains(err.Error(), "environment variable") { // who set one knows how to call it
			_ = parser.WriteUsageForSubcommand(os.Stderr, parser.SubcommandNames()...)
		}
	} else {
		c.startLog()
		err = c.run(auth.WithActor(ctx, auth.SystemActor("command line")), parser.Subcommand())
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
	if err := s.check(c); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.Listen, err)
	}
	defer listener.Close()
	asked, url := ctx, c.databaseURL()
	share := shareAlone
	if url == "" {
		share = shareBesidePostgres
	}
	limitMemory(share, memlimit.FromCgroup)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if url == "" {
		own, stopOwn, err := startOwn(ctx, c)
		if err != nil {
			return err
		}
		defer stopOwn()
		go func() {
			<-own.Done()
			stop(errors.New("the database ended"))
		}()
		url = own.URL()
	}
	d, err := db.Open(url)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := s.furnish(d, c); err != nil {
		return err
	}
	server := newServer(d, url, &s.ServeConfig)
	if c.DatabaseURL == "" {
		server.health.dataDir = c.postgresDir()
	}
	go server.health.watch(ctx)
	if err := server.serveMetrics(s.MetricsListen); err != nil {
		return err
	}
	go func() {
		if err := server.prepare(ctx, s.base(listener.Addr())); err != nil {
			stop(err)
		}
	}()
	err = server.serve(ctx, listener, s.Drain)
	server.sealLast()
	if err != nil || asked.Err() != nil {
		return err
	}
	return context.Cause(ctx)
}

// furnish gives a database its standbys, how long sessions last and what keeps reads that it cannot take.
func (s *ServeConfig) furnish(d *db.DB, c *Config) error {
	if s.ReplicaURL != "" {
		if err := d.UseStandbys(s.ReplicaURL); err != nil {
			return fmt.Errorf("DATABASE_REPLICA_URL: %w", err)
		}
	}
	d.SessionIdle, d.SessionMax = s.SessionIdle, s.SessionMax
	if spool := s.readSpool(c); spool != "" {
		return d.KeepReads(spool)
	}
	return nil
}

// base is the address at which people reach the server.
func (s *ServeConfig) base(addr net.Addr) string {
	if s.PublicURL != "" {
		return strings.TrimRight(s.PublicURL, "/")
	}
	if host, port, err := net.SplitHostPort(s.Listen); err == nil && (host == "" || port == "0") {
		_, port, _ = net.SplitHostPort(addr.String())
		return "http://" + net.JoinHostPort("localhost", port)
	}
	return "http://" + s.Listen
}

// announce says where everything is.
func announce(base, users string) {
	fmt.Printf("ClinicQL is ready.\n  playground  %[1]s/playground\n  API         %[1]s/graphql\n  schema      %[1]s/schema.graphql\n  health      %[1]s/health\n%[2]s", base, users)
}

// A server answers HTTP from one database.
type server struct {
	db      *db.DB
	url     string
	config  *ServeConfig
	health  *health
	gate    *auth.Gate
	metrics *metrics

	live context.Context // changes are followed until it ends, after all who are told of them are gone
	stop context.CancelFunc
}

func newServer(d *db.DB, url string, config *ServeConfig) *server {
	gate := &auth.Gate{
		Find: d.Find, Look: d.Look, Refuse: graph.Refuse, Secure: strings.HasPrefix(config.PublicURL, "https:"), TrustedProxies: config.TrustedProxies,
	}
	d.Forget = gate.Forget
	live, stop := context.WithCancel(context.Background())
	s := &server{db: d, url: url, config: config, health: newHealth(d), gate: gate, live: live, stop: stop}
	s.metrics = newMetrics(s)
	return s
}

// routes are the addresses of the server.
func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	api := graph.Handler(s.db, graph.NewDocuments(web.Documents(), s.config.OnlyOwn))
	exports := graph.Exports(api, s.metrics.observeExport)
	if s.config.NoIntrospection {
		api, exports = graph.Discreet(api), graph.Discreet(exports)
		mux.HandleFunc("GET /playground", http.NotFound)
	} else {
		mux.Handle("GET /schema.graphql", s.gate.Downloads(http.HandlerFunc(tellSchema)))
	}
	rates := graph.NewRates(s.config.Rate, s.config.AnonymousRate)
	mux.Handle("/graphql", graph.ForBrowsers(graph.Observed(s.gate.Handler(graph.Limited(api, rates)), s.metrics.observe)))
	mux.Handle("/export/{file}", graph.Observed(s.gate.Downloads(graph.Limited(exports, rates)), s.metrics.observe))
	mux.HandleFunc("GET /health", s.health.report)
	mux.HandleFunc("GET /health/live", s.health.live)
	mux.HandleFunc("GET /health/ready", s.health.ready)
	mux.Handle("/", web.Handler())
	return secured(mux, strings.HasPrefix(s.config.PublicURL, "https:"))
}

func tellSchema(w http.ResponseWriter, r *http.Request) {
	if actor, _ := auth.From(r.Context()); actor.Role == auth.Nobody {
		graph.Refuse(w, r, http.StatusUnauthorized, "UNAUTHENTICATED", "sign in first")
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte(graph.SDL()))
}

// serveMetrics answers Prometheus at an address of its own, if there is one, until
// all requests are answered.
func (s *server) serveMetrics(address string) error {
	if address == "" {
		return nil
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return fmt.Errorf("listen on %s for metrics: %w", address, err)
	}
	web := &http.Server{Handler: s.metrics.handler(), ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 10 * time.Second}
	context.AfterFunc(s.live, func() { _ = web.Close() })
	go func() {
		if err := web.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("metrics are not told any more", "error", err.Error())
		}
	}()
	return nil
}

// prepare migrates, and fills an empty database when it is asked to, until it
// succeeds: a database that is down at the start may come later. It returns an
// error when no waiting helps.
func (s *server) prepare(ctx context.Context, base string) error {
	for said := ""; ctx.Err() == nil; {
		users, err := s.prepareOnce(ctx)
		if err == nil {
			s.health.migrated.Store(true)
			s.health.look(ctx)
			go s.db.Warm(s.live)
			go s.db.FollowChanges(s.live)
			go s.notifyChanges(s.live)
			announce(base, users)
			if err := s.offerSetUp(auth.WithActor(ctx, auth.SystemActor("set-up")), base); err != nil && ctx.Err() == nil {
				slog.Error("no link for the first administrator", "error", err.Error())
			}
			go s.sealAudit(ctx)
			s.tend(ctx)
			return nil
		}
		if errors.Is(err, migrations.ErrNotOurs) {
			return err
		}
		if err.Error() != said && ctx.Err() == nil {
			said = err.Error()
			slog.Error("the database is not ready", "error", said)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
	return nil
}

// prepareOnce returns what is to be said of the users of a demonstration clinic.
func (s *server) prepareOnce(ctx context.Context) (users string, err error) {
	if n, err := migrate(ctx, s.url); err != nil {
		return "", err
	} else if n > 0 {
		slog.Info("migrated", "applied", n)
	}
	if err := s.db.CheckLocale(ctx); err != nil {
		return "", err
	}
	if settings, err := s.db.LogsValues(ctx); err != nil {
		return "", err
	} else if len(settings) > 0 {
		slog.Warn("this Postgres logs what it is sent, patients' data among it: docs/operations.md says what to set", "settings", settings)
	}
	if !s.config.Demo {
		return "", nil
	}
	some, err := s.db.HasPatients(ctx)
	if err != nil {
		return "", err
	}
	ctx = auth.WithActor(ctx, auth.SystemActor("demonstration"))
	if some {
		u, err := s.db.UserNamed(ctx, demoAdministrator)
		if errors.Is(err, db.ErrNotFound) || err == nil && !u.IsDemonstration {
			return "", nil // a clinic with users of its own
		}
	} else {
		_, err = seed.Run(auth.WithActor(ctx, auth.SystemActor("seed")), s.db, seed.Options{Patients: demoPatients, Seed: demoSeed, Now: time.Now()})
		if err != nil {
			return "", err
		}
	}
	return demoUsers(ctx, s.db)
}

// The demonstration clinic that the README's tour shows.
const (
	demoPatients = 200
	demoSeed     = 1
)

// notifyChanges tells all servers what changed, while no other server does.
func (s *server) notifyChanges(ctx context.Context) {
	said := ""
	for ctx.Err() == nil {
		if err := s.db.NotifyChanges(ctx); err != nil && err.Error() != said {
			said = err.Error()
			slog.Error("nobody is told of changes by this server", "error", said)
		}
		select {
		case <-ctx.Done():
		case <-time.After(time.Second):
		}
	}
}

// tend does what has to be done from time to time.
func (s *server) tend(ctx context.Context) {
	for {
		if _, err := s.db.ForgetIdempotencyKeys(ctx); err != nil && ctx.Err() == nil {
			slog.Error("idempotency keys were not forgotten", "error", err.Error())
		}
		if err := s.db.ForgetSignIns(ctx); err != nil && ctx.Err() == nil {
			slog.Error("old sign-ins were not forgotten", "error", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Hour):
		}
	}
}

// endingTime is how long the requests of a server that stops may still take. The
// statements of one take five seconds at most.
const endingTime = 20 * time.Second

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
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), endingTime)
	defer cancel()
	s.gate.Close(ctx)
	s.stop()
	if err := web.Shutdown(ctx); err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}
