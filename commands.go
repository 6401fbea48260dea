package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/db/embedded"
	"github.com/clinicql/clinicql/graph"
	"github.com/clinicql/clinicql/migrations"
)

// commands is what the binary can be asked to do.
type commands struct {
	Config

	Serve       *serveCommand       `arg:"subcommand:serve" help:"Serve the API, the playground and the web pages."`
	Migrate     *migrateCommand     `arg:"subcommand:migrate" help:"Bring the database to the form that this version needs."`
	Seed        *seedCommand        `arg:"subcommand:seed" help:"Fill an empty database with a made-up clinic."`
	Import      *importCommand      `arg:"subcommand:import" help:"Import FHIR R4 bundles and bulk exports."`
	Backup      *backupCommand      `arg:"subcommand:backup" help:"Put the whole database into a folder, while it is used."`
	Restore     *restoreCommand     `arg:"subcommand:restore" help:"Bring a backup back into an empty database."`
	User        *userCommand        `arg:"subcommand:user" help:"Add users and give them passwords."`
	Retention   *retentionCommand   `arg:"subcommand:retention" help:"Show what is kept for how long, and forget what is over."`
	Audit       *auditCommand       `arg:"subcommand:audit" help:"Check the audit, and report from it."`
	Schema      *schemaCommand      `arg:"subcommand:schema" help:"Print the GraphQL schema."`
	Healthcheck *healthcheckCommand `arg:"subcommand:healthcheck" help:"Ask a running server whether it is ready; exit 1 when it is not."`

	atEnd []func()
}

// run does what a command does, which says by its Run what it needs for it: nothing, a part of the configuration, or the
// database.
func (c *commands) run(ctx context.Context, command any) error {
	switch command := command.(type) {
	case interface{ Run() error }:
		return command.Run()
	case interface {
		Run(context.Context, *Config) error
	}:
		return command.Run(ctx, &c.Config)
	case interface{ Run(context.Context) error }:
		return command.Run(ctx)
	case interface {
		Run(context.Context, *db.DB) error
	}:
		d, err := c.openDatabase(ctx)
		if err != nil {
			return err
		}
		return command.Run(ctx, d)
	}
	return errors.New("the name of a command is missing: --help lists them")
}

// A connection is a database that a command may use until it closes it.
type connection struct {
	url   string
	close func()
}

// connect finds the database: the one that is named, that of a server which
// runs in the data directory, or our own, which is started.
func (c *Config) connect(ctx context.Context) (*connection, error) {
	if url := c.databaseURL(); url != "" {
		return &connection{url: url, close: func() {}}, db.CheckAddress(url)
	}
	own, stop, err := startOwn(ctx, c)
	if errors.Is(err, embedded.ErrInUse) {
		url, err := embedded.Running(c.postgresDir())
		return &connection{url: url, close: func() {}}, err
	}
	if err != nil {
		return nil, err
	}
	return &connection{url: own.URL(), close: stop}, nil
}

// openDatabase gives a command the database, migrated. It is closed at the end.
func (c *commands) openDatabase(ctx context.Context) (*db.DB, error) {
	conn, err := c.connect(ctx)
	if err != nil {
		return nil, err
	}
	c.atEnd = append(c.atEnd, conn.close)
	if _, err := migrate(ctx, conn.url); err != nil {
		return nil, err
	}
	d, err := db.Open(conn.url)
	if err != nil {
		return nil, err
	}
	c.atEnd = append(c.atEnd, func() { d.Close() })
	return d, nil
}

// end closes what the command opened, the last first.
func (c *commands) end() {
	for _, closeIt := range slices.Backward(c.atEnd) {
		closeIt()
	}
}

// migrate applies the pending migrations, and says how many there were.
func migrate(ctx context.Context, url string) (int, error) {
	pool, err := sql.Open("postgres", url)
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	defer pool.Close()
	return migrations.Up(ctx, pool)
}

type migrateCommand struct {
	Pending bool `arg:"--pending" help:"Only say how many migrations are to be applied."`
	Down    int  `arg:"--down" placeholder:"N" help:"Take back the last N migrations, with the data that they brought."`
}

// Run migrates, or what it is told, and says what was done.
func (m *migrateCommand) Run(ctx context.Context, c *Config) error {
	if m.Pending && m.Down != 0 {
		return errors.New("--pending and --down cannot be given together")
	}
	conn, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer conn.close()
	pool, err := sql.Open("postgres", conn.url)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer pool.Close()
	do, said := migrations.Up, "%d migrations applied\n"
	switch {
	case m.Pending:
		do, said = migrations.Pending, "%d migrations to be applied\n"
	case m.Down != 0:
		do = func(ctx context.Context, pool *sql.DB) (int, error) { return migrations.Down(ctx, pool, m.Down) }
		said = "%d migrations taken back\n"
	}
	n, err := do(ctx, pool)
	if err == nil {
		fmt.Printf(said, n)
	}
	return err
}

type schemaCommand struct{}

// Run prints the schema.
func (*schemaCommand) Run() error {
	_, err := io.WriteString(os.Stdout, graph.SDL())
	return err
}

type healthcheckCommand struct {
	URL    string `arg:"positional" help:"Address of the server; the one it listens on when it is not given."`
	Listen string `arg:"--listen,env:CLINICQL_LISTEN" placeholder:"ADDRESS" default:"localhost:8080" help:"Address that the server listens on."`
}

// Run asks whether the server is ready.
func (h *healthcheckCommand) Run(ctx context.Context) error {
	if h.URL == "" {
		host, port, err := net.SplitHostPort(h.Listen)
		if err != nil {
			return fmt.Errorf("read listening address: %w", err)
		}
		if host == "" || host == "0.0.0.0" || host == "::" {
			host = "localhost"
		}
		h.URL = "http://" + net.JoinHostPort(host, port)
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.URL+"/health/ready", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return errors.New("the server does not answer")
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server is not ready (%d)", response.StatusCode)
	}
	return nil
}
