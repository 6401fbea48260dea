// Package backup puts a clinic's whole database into a folder, and brings it back
// into an empty one, proven to be the same row for row.
package backup

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/clinicql/clinicql/db/dsn"
	"github.com/clinicql/clinicql/db/embedded"
)

// What a backup consists of.
const (
	dumpName     = "clinic.dump" // of pg_dump, in its custom format
	manifestName = "manifest.json"
)

// A Manifest says what a backup holds.
type Manifest struct {
	MadeAt   time.Time        `json:"madeAt"`
	Postgres int              `json:"postgres"` // major version of the server
	Bytes    int64            `json:"bytes"`    // of the dump
	SHA256   string           `json:"sha256"`   // of the dump
	Head     string           `json:"head"`     // of the audit's seals, as `clinicql audit verify --head` takes it; empty when there is none
	Roles    []string         `json:"roles"`    // that the dump grants rights to
	Tables   map[string]Table `json:"tables"`   // by schema and name
}

// A Table is how many rows a table has, and a sum over what is in them.
type Table struct {
	Rows int64  `json:"rows"`
	Sum  string `json:"sum"`
}

// Rows returns how many rows there are in all.
func (m *Manifest) Rows() (n int64) {
	for _, t := range m.Tables {
		n += t.Rows
	}
	return n
}

// Make backs the database at url up into a folder, which must not exist. All that
// is in it is of one instant; the server may go on meanwhile. A folder that is
// there is whole.
func Make(ctx context.Context, url, folder string) (*Manifest, error) {
	if _, err := os.Lstat(folder); !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is there already, and nothing is written over", folder)
	}
	unfinished := folder + ".unfinished"
	if err := os.Mkdir(unfinished, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the backup: %w", err)
	}
	m, err := makeIn(ctx, url, unfinished)
	if err == nil {
		err = os.Rename(unfinished, folder)
	}
	if err == nil {
		err = syncFile(filepath.Dir(folder))
	}
	if err != nil {
		_ = os.RemoveAll(unfinished)
		return nil, err
	}
	return m, nil
}

func makeIn(ctx context.Context, url, folder string) (*Manifest, error) {
	db, err := open(ctx, url)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return nil, unreachable(err)
	}
	defer func() { _ = tx.Rollback() }()
	m := &Manifest{MadeAt: time.Now().UTC().Truncate(time.Second)}
	var snapshot string
	if err := tx.QueryRowContext(ctx, "SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000").Scan(&snapshot, &m.Postgres); err != nil {
		return nil, unreachable(err)
	}
	if err := m.describe(ctx, tx); err != nil {
		return nil, err
	}
	if len(m.Tables) == 0 {
		return nil, errors.New("the database is empty: there is nothing to back up")
	}
	dump := filepath.Join(folder, dumpName)
	if err := runClient(ctx, "pg_dump", m.Postgres, url, "--format=custom", "--no-owner", "--snapshot="+snapshot, "--file="+dump); err != nil {
		return nil, err
	}
	if m.Bytes, m.SHA256, err = hashFile(dump); err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	manifest := filepath.Join(folder, manifestName)
	if err := os.WriteFile(manifest, append(text, '\n'), 0o600); err != nil {
		return nil, err
	}
	return m, errors.Join(syncFile(dump), syncFile(manifest), syncFile(folder))
}

// open connects to the database at an address as its owner, without the bounds that requests have.
func open(ctx context.Context, address string) (*sql.DB, error) {
	url, err := dsn.Parse(address)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("postgres", url.String())
	if err != nil {
		return nil, errors.New("the address of the database cannot be read")
	}
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, unreachable(err)
	}
	return db, nil
}

// unreachable hides what an error of the driver repeats, which may be of rows.
func unreachable(err error) error {
	if state, ok := errors.AsType[interface {
		error
		SQLState() string
	}](err); ok {
		return fmt.Errorf("the database refuses: SQLSTATE %s", state.SQLState())
	}
	if where, ok := errors.AsType[*net.OpError](err); ok {
		return fmt.Errorf("the database cannot be reached: %w", where)
	}
	return errors.New("the database cannot be reached")
}

// runClient runs a program of Postgres on the database. It is told the password by
// its environment, which nobody else can read.
func runClient(ctx context.Context, program string, major int, url string, arguments ...string) error {
	path, err := embedded.Client(ctx, program, major)
	if err != nil {
		return err
	}
	address, password, err := libpqAddress(url)
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, path, append(arguments, "--no-password", "--dbname="+address)...)
	c.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "LC_ALL=C.UTF-8", "PGPASSWORD=" + password}
	var said strings.Builder
	c.Stderr = &said
	if err := c.Run(); err != nil {
		// Only what it says first: details may hold rows.
		first, _, _ := strings.Cut(strings.TrimSpace(said.String()), "\n")
		return fmt.Errorf("%s failed: %s", program, first)
	}
	return nil
}

// hashFile returns the length of a file and its SHA-256 in hexadecimal digits.
func hashFile(path string) (int64, string, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer file.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, file)
	return n, hex.EncodeToString(hash.Sum(nil)), err
}

func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return file.Sync()
}
