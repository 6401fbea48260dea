package dbtest

import (
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
)

func TestNew(t *testing.T) {
	t.Run("is migrated", func(t *testing.T) {
		t.Parallel()
		var n int
		if err := New(t).SQL.Get(&n, `SELECT count(*) FROM schema_migrations`); err != nil || n == 0 {
			t.Errorf("%d migrations, %v", n, err)
		}
	})
	t.Run("is the test's own", func(t *testing.T) {
		t.Parallel()
		one, another := New(t), New(t)
		one.SQL.MustExec(`CREATE TABLE mark ()`)
		if exists(t, another.SQL, `SELECT to_regclass('mark') IS NOT NULL`) {
			t.Error("one database shows in another")
		}
	})
	t.Run("is gone after the test", func(t *testing.T) {
		t.Parallel()
		var url string
		t.Run("test", func(t *testing.T) {
			d := New(t)
			url = d.URL
			d.SQL.MustExec(`SELECT 1`) // the connection stays open
		})
		if answers(url) {
			t.Errorf("%s still answers", url)
		}
	})
}

func TestEmpty(t *testing.T) {
	t.Parallel()
	if exists(t, connect(t, Empty(t)), `SELECT count(*) > 0 FROM pg_class WHERE relnamespace = 'public'::regnamespace`) {
		t.Error("there are tables")
	}
}

func TestServer(t *testing.T) {
	t.Parallel()
	url := Server(t)
	if !answers(url) || !strings.Contains(url, "/postgres") {
		t.Errorf("got %s", url)
	}
}

func exists(t *testing.T, pool *sqlx.DB, query string) (answer bool) {
	t.Helper()
	if err := pool.Get(&answer, query); err != nil {
		t.Fatal(err)
	}
	return answer
}
