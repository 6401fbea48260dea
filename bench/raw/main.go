// Command raw is the least that can stand between HTTP and Postgres: a statement for each address,
// which builds the whole answer as JSON, and a handler that passes it on. Nobody signs in, nothing
// is checked, limited or audited.
package main

import (
	"database/sql"
	"log"
	"net/http"
	"os"
	"runtime"
	"strings"

	"github.com/lib/pq"
)

func main() {
	pool, err := sql.Open("postgres", os.Getenv("DATABASE_URL"))
	if err != nil {
		log.Fatal(err)
	}
	pool.SetMaxOpenConns(4 * runtime.NumCPU())
	pool.SetMaxIdleConns(4 * runtime.NumCPU())
	mux := http.NewServeMux()
	for pattern, text := range statements {
		prepared, err := pool.Prepare(text)
		if err != nil {
			log.Fatal(pattern, ": ", err)
		}
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			var body sql.RawBytes
			rows, err := prepared.QueryContext(r.Context(), arguments(r)...)
			if err == nil {
				defer rows.Close()
				if rows.Next() {
					err = rows.Scan(&body)
				} else {
					err = rows.Err()
				}
			}
			switch {
			case err != nil:
				http.Error(w, err.Error(), http.StatusInternalServerError)
			case len(body) == 0:
				http.NotFound(w, r)
			default:
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write(body)
			}
		})
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), mux))
}

// arguments are those of the statement: the id in the path, or what the query of the address says.
func arguments(r *http.Request) []any {
	var all []any
	if id := r.PathValue("id"); id != "" {
		all = append(all, id)
	}
	query := r.URL.Query()
	for _, name := range []string{"family", "given", "id", "now", "q"} {
		if query.Has(name) {
			all = append(all, query.Get(name))
		}
	}
	if query.Has("date") {
		all = append(all, query.Get("date"), pq.Array(strings.Split(query.Get("practitionerIds"), ",")))
	}
	return all
}
