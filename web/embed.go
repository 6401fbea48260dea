// Package web serves the pages that people open in a browser: the application, the playground, and those for signing in.
// It knows nothing of the API; the pages reach that over HTTP, as any other client does.
package web

import (
	"embed"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"strings"
)

// dist is what `make web` built. In a fresh clone it holds only a .gitkeep.
//
//go:embed all:dist
var dist embed.FS

// appPaths are the addresses of the application's own pages, which the script of the application tells apart. It has
// them from the same file.
//
//go:embed src/app/paths.json
var appPaths []byte

// documents are the texts of what the pages ask the API for, as JSON. `make generate` writes them.
//
//go:embed src/gql/documents.json
var documents []byte

// Documents are the GraphQL documents of the pages, which name them by their ids.
func Documents() []string {
	var texts []string
	if err := json.Unmarshal(documents, &texts); err != nil {
		panic(err) // It is built in, and a test reads it.
	}
	return texts
}

// Handler serves the pages that were built into the binary. See [New].
func Handler() http.Handler {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // Only an invalid name fails, and this one is constant.
	}
	return New(files)
}

const notBuilt = "The web pages are not built: run `make web` (needs Node).\n"

// A servedPage is an address with its file of the build and its policy.
type servedPage struct{ path, file, policy string }

// pages are the addresses of all pages.
var pages = append(applicationPages(), []servedPage{
	{"/licenses", "licenses.md.gz", strictPolicy},
	{"/password-link", "password-link.html", strictPolicy},
	{"/playground", "playground.html", playgroundPolicy},
	{"/set-up", "set-up.html", strictPolicy},
	{"/sign-in", "sign-in.html", strictPolicy},
}...)

// applicationPages are those that the application draws. Another address is 404, and not the application saying so.
func applicationPages() []servedPage {
	var paths []string
	if err := json.Unmarshal(appPaths, &paths); err != nil {
		panic(err) // It is built in, and a test reads it.
	}
	served := make([]servedPage, len(paths))
	for i, path := range paths {
		if path == "/" {
			path = "/{$}"
		}
		served[i] = servedPage{path, "index.html", strictPolicy}
	}
	return served
}

// New serves a build of the pages, and what they load from "/assets/". Everything else is 404, so that a mistyped
// address of the API is never answered with a page. When files holds no build, those addresses answer 503 and say how
// to make one. The build is read once and must not change.
func New(files fs.FS) http.Handler {
	mux := http.NewServeMux()
	if _, err := fs.Stat(files, "index.html"); err != nil {
		unbuilt := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, notBuilt)
		})
		for _, p := range pages {
			mux.Handle("GET "+p.path, unbuilt)
		}
		mux.Handle("GET /assets/", unbuilt)
		return guarded(mux)
	}
	for _, p := range pages {
		mux.Handle("GET "+p.path, page(files, p.file, p.policy))
	}
	for _, name := range assetNames(files) {
		mux.Handle("GET /"+strings.TrimSuffix(name, compressedSuffix), immutable(newAsset(files, name)))
	}
	return guarded(mux)
}

// page serves a file whose name stays when its content changes, so that a browser asks for it anew each time.
func page(files fs.FS, name, policy string) http.Handler {
	file := newAsset(files, name)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Content-Security-Policy", policy)
		file.ServeHTTP(w, r)
	})
}

// immutable serves a file whose name holds a hash of its content, so that a browser never asks for it twice.
func immutable(file *asset) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		file.ServeHTTP(w, r)
	})
}
