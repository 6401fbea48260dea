package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db/dsn"
	"github.com/clinicql/clinicql/graph"
)

// Config is what every command can be told, by a flag or by an environment
// variable.
type Config struct {
	DatabaseURL      string     `arg:"--database-url,env:DATABASE_URL" placeholder:"URL" help:"Postgres to use, postgres://user:password@host/name, with commas between several hosts. Without it the server keeps a Postgres of its own in the data directory."`
	DatabasePassword string     `arg:"--,env:DATABASE_PASSWORD" help:"Password of DATABASE_URL, when it is not in there."`
	DataDir          string     `arg:"--data-dir,env:CLINICQL_DATA" placeholder:"DIRECTORY" default:".data" help:"Directory of the server's own Postgres."`
	LogLevel         slog.Level `arg:"--log-level,env:CLINICQL_LOG_LEVEL" placeholder:"LEVEL" default:"info" help:"Least level that is logged: debug, info, warn or error."`
}

// ServeConfig is what serving can be told besides.
type ServeConfig struct {
	ReplicaURL      string        `arg:"--database-replica-url,env:DATABASE_REPLICA_URL" placeholder:"URL" help:"Standbys of DATABASE_URL, postgres://host/name, with commas between several hosts: they serve what changes nothing, as new as the primary would."`
	Listen          string        `arg:"--listen,env:CLINICQL_LISTEN" placeholder:"ADDRESS" default:"localhost:8080" help:"Address to listen on."`
	MetricsListen   string        `arg:"--metrics-listen,env:CLINICQL_METRICS_LISTEN" placeholder:"ADDRESS" help:"Address at which Prometheus finds /metrics, such as localhost:9090; nowhere when it is not given. Anybody who reaches it may read it."`
	PublicURL       string        `arg:"--public-url,env:CLINICQL_PUBLIC_URL" placeholder:"URL" help:"Address at which people reach the server, https://clinic.example, when it is not the one it listens on. With https cookies are for https only."`
	TrustedProxies  prefixes      `arg:"--trusted-proxies,env:CLINICQL_TRUSTED_PROXIES" placeholder:"CIDR,…" help:"Addresses of proxies whose X-Forwarded-For is believed."`
	SessionIdle     time.Duration `arg:"--session-idle,env:CLINICQL_SESSION_IDLE" placeholder:"DURATION" default:"15m" help:"After how long without a request a session ends."`
	SessionMax      time.Duration `arg:"--session-max,env:CLINICQL_SESSION_MAX" placeholder:"DURATION" default:"12h" help:"After how long a session ends in any case."`
	Demo            bool          `arg:"--demo,env:CLINICQL_DEMO" help:"Make a small demonstration clinic when the database is empty, and users whose passwords are printed. Not for a real clinic."`
	OnlyOwn         bool          `arg:"--only-own-documents,env:CLINICQL_ONLY_OWN_DOCUMENTS" help:"Run the GraphQL documents of the pages only. The playground and other clients are refused."`
	Rate            int           `arg:"--rate,env:CLINICQL_RATE" placeholder:"POINTS" default:"10000" help:"Points of cost that a user may spend in a second, with 20 seconds saved up; 0 for no limit."`
	AnonymousRate   int           `arg:"--anonymous-rate,env:CLINICQL_ANONYMOUS_RATE" placeholder:"POINTS" default:"100" help:"The same of an address before sign-in."`
	NoIntrospection bool          `arg:"--no-introspection,env:CLINICQL_NO_INTROSPECTION" help:"Tell nobody of the schema: no introspection, no playground, no /schema.graphql."`
	Production      bool          `arg:"--production,env:CLINICQL_PRODUCTION" help:"Refuse to start in a way in which no clinic should be served; the error says what is missing."`
	ReadSpool       string        `arg:"--read-spool,env:CLINICQL_READ_SPOOL" placeholder:"FILE" help:"File in which the audit of reads waits while the database has no room for it. Made beside the server's own Postgres when there is one; without it no charts are shown then."`
	Drain           time.Duration `arg:"--drain,env:CLINICQL_DRAIN" placeholder:"DURATION" default:"0s" help:"How long to answer on after a request to stop, while /health/ready already says 503."`
}

// postgresDir is where the server's own Postgres lives.
func (c *Config) postgresDir() string { return filepath.Join(c.DataDir, "postgres") }

// check says what cannot be meant, and in production what no clinic may be served with.
func (s *ServeConfig) check(c *Config) error {
	if u, err := url.Parse(s.PublicURL); s.PublicURL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		return errors.New("CLINICQL_PUBLIC_URL must be of the form https://clinic.example")
	}
	for name, d := range map[string]time.Duration{"CLINICQL_SESSION_IDLE": s.SessionIdle, "CLINICQL_SESSION_MAX": s.SessionMax} {
		if d <= 0 {
			return fmt.Errorf("%s must be longer than nothing, and is %v", name, d)
		}
	}
	if s.Drain < 0 {
		return fmt.Errorf("CLINICQL_DRAIN cannot be %v", s.Drain)
	}
	if s.ReplicaURL != "" && c.DatabaseURL == "" {
		return errors.New("DATABASE_REPLICA_URL needs DATABASE_URL: the server's own Postgres has no standby")
	}
	if s.Production {
		return s.checkProduction(c)
	}
	return nil
}

// readSpool is where the audit of reads waits; empty for nowhere.
func (s *ServeConfig) readSpool(c *Config) string {
	if s.ReadSpool == "" && c.DatabaseURL == "" {
		return filepath.Join(c.DataDir, "reads.spool")
	}
	return s.ReadSpool
}

// databaseURL is the address of the Postgres to use, with its password; empty for
// our own.
func (c *Config) databaseURL() string {
	u, err := dsn.Parse(c.DatabaseURL)
	if err != nil || c.DatabaseURL == "" {
		return c.DatabaseURL // which whoever opens it refuses
	}
	if c.DatabasePassword != "" {
		u.User = url.UserPassword(u.User.Username(), c.DatabasePassword)
	}
	return u.String()
}

// startLog makes logs of JSON lines on standard error, each with the operation in
// which it was written.
func (c *Config) startLog() {
	slog.SetDefault(slog.New(graph.WithOperationIDs(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: c.LogLevel}))))
}

// prefixes are networks, written with commas between them.
type prefixes []netip.Prefix

// UnmarshalText reads "10.0.0.0/8,fd00::/8".
func (p *prefixes) UnmarshalText(text []byte) error {
	for part := range strings.SplitSeq(string(text), ",") {
		prefix, err := netip.ParsePrefix(strings.TrimSpace(part))
		if err != nil {
			return err
		}
		*p = append(*p, prefix)
	}
	return nil
}
