package backup

import (
	"context"
	"database/sql"
	"fmt"
)

// ownRelations are the tables and views of a database that Postgres did not make.
const ownRelations = `
	FROM pg_class c
	JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND c.relkind IN ('r', 'p', 'v', 'm')`

// describe counts and sums what is in the database.
func (m *Manifest) describe(ctx context.Context, tx *sql.Tx) error {
	// Sums are over rows as text, which must not follow anybody's settings.
	if _, err := tx.ExecContext(ctx, "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'"); err != nil {
		return unreachable(err)
	}
	// With the versions of every row, which have a schema of their own.
	names, err := texts(ctx, tx, "SELECT format('%I.%I', n.nspname, c.relname) "+ownRelations+" AND c.relkind = 'r' ORDER BY 1")
	if err != nil {
		return err
	}
	m.Tables = make(map[string]Table, len(names))
	for _, name := range names {
		var t Table
		query := "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM " + name + " t"
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
