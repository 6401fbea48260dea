package main

import (
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"time"
)

// Config is what every command can be told, by a flag or by an environment
// variable.
type Config struct {
	DatabaseURL string `env:"DATABASE_URL" placeholder:"URL" help:"Postgres to use, postgres://user:password@host/name. Without it the server keeps a Postgres of its own in the data directory."`
	DataDir     string `env:"CLINICQL_DATA" default:".data" help:"Directory of the server's own Postgres."`
	LogLevel    string `env:"CLINICQL_LOG_LEVEL" default:"info" enum:"debug,info,warn,error" help:"Least level that is logged: ${enum}."`
}

// ServeConfig is what serving can be told besides.
type ServeConfig struct {
	Listen         string         `env:"CLINICQL_LISTEN" default:"localhost:8080" help:"Address to listen on."`
	PublicURL      string         `env:"CLINICQL_PUBLIC_URL" placeholder:"URL" help:"Address at which people reach the server, https://clinic.example, when it is not the one it listens on. With https cookies are for https only."`
	TrustedProxies []netip.Prefix `env:"CLINICQL_TRUSTED_PROXIES" placeholder:"CIDR,…" help:"Addresses of proxies whose X-Forwarded-For is believed."`
	SessionIdle    time.Duration  `env:"CLINICQL_SESSION_IDLE" default:"15m" help:"After how long without a request a session ends."`
	SessionMax     time.Duration  `env:"CLINICQL_SESSION_MAX" default:"12h" help:"After how long a session ends in any case."`
	Demo           bool           `env:"CLINICQL_DEMO" help:"Make a small demonstration clinic when the database is empty, and users whose passwords are printed. Not for a real clinic."`
	Drain          time.Duration  `env:"CLINICQL_DRAIN" default:"0s" help:"How long to answer on after a request to stop, while /health/ready already says 503."`
}

// postgresDir is where the server's own Postgres lives.
func (c *Config) postgresDir() string { return filepath.Join(c.DataDir, "postgres") }

// startLog makes logs of JSON lines on standard error.
func (c *Config) startLog() error {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		return fmt.Errorf("read log level: %w", err)
	}
	slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})))
	return nil
}
