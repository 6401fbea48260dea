package backup

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/lib/pq"
)

// describe counts and sums what is in the database.
func (m *Manifest) describe(ctx context.Context, tx *sql.Tx) error {
	// Sums are over rows as text, which must not follow anybody's settings.
	if _, err := tx.ExecContext(ctx, "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'"); err != nil {
		return unreachable(err)
	}
	names, err := texts(ctx, tx, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname")
	if err != nil {
		return err
	}
	m.Tables = make(map[string]Table, len(names))
	for _, name := range names {
		var t Table
		query := "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM public." + pq.QuoteIdentifier(name) + " t"
		if err := tx.QueryRowContext(ctx, query).Scan(&t.Rows, &t.Sum); err != nil {
			return fmt.Errorf("count %s: %w", name, unreachable(err))
		}
		m.Tables[name] = t
	}
	m.Roles, err = texts(ctx, tx, `SELECT rolname FROM pg_roles WHERE rolname ~ '^clinicql_[a-z]+$' AND NOT rolcanlogin ORDER BY rolname`)
	if err != nil || len(names) == 0 {
		return err
	}
	heads, err := texts(ctx, tx, "SELECT number || ':' || encode(hash, 'hex') FROM public.audit_seals ORDER BY number DESC LIMIT 1")
	if len(heads) > 0 {
		m.Head = heads[0]
	}
	return err
}

func texts(ctx context.Context, tx *sql.Tx, query string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, unreachable(err)
	}
	defer rows.Close()
	var found []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, unreachable(err)
		}
		found = append(found, text)
	}
	if rows.Err() != nil {
		return nil, unreachable(rows.Err())
	}
	return found, nil
}
