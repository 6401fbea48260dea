package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

var script = strings.Repeat("console.log('ClinicQL');\n", 200)

var built = fstest.MapFS{
	".gitkeep":             {},
	"index.html":           {Data: []byte("<!doctype html><title>Start</title>")},
	"password-link.html":   {Data: []byte("<!doctype html><title>Set your password</title>")},
	"playground.html":      {Data: []byte("<!doctype html><title>Playground</title>")},
	"set-up.html":          {Data: []byte("<!doctype html><title>Set up</title>")},
	"sign-in.html":         {Data: []byte("<!doctype html><title>Sign in</title>")},
	"licenses.md.gz":       {Data: zipped("# Licenses")},
	"assets/main-a1b2.js":  {Data: []byte(script)},
	"assets/font-c3.woff2": {Data: []byte("incompressible")},
	"assets/big-d4.js.gz":  {Data: zipped(script)},
}

// zipped is text as the build keeps large scripts.
func zipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.Bytes()
}

var unbuilt = fstest.MapFS{".gitkeep": {}}

// ask sends one request; headers are names and values in turn.
func ask(files fs.FS, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	New(files).ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, response *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestNewWithoutBuild(t *testing.T) {
	t.Parallel()
	for path, status := range map[string]int{
		"/": 503, "/playground": 503, "/sign-in": 503, "/set-up": 503, "/password-link": 503, "/licenses": 503, "/assets/main.js": 503,
		"/other": 404,
	} {
		response := ask(unbuilt, "GET", path)
		if response.StatusCode != status {
			t.Errorf("%s: got %d, want %d", path, response.StatusCode, status)
		}
		if text := body(t, response); status == 503 && text != "The web pages are not built: run `make web` (needs Node).\n" {
			t.Errorf("%s: got %q", path, text)
		}
	}
}

func TestNewServesPages(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/": "Start", "/patients": "Start", "/patients/pat_1": "Start", "/patients/pat_1/records": "Start", "/records": "Start", "/playground": "Playground",
		"/sign-in": "Sign in", "/set-up": "Set up", "/password-link": "Set your password",
	} {
		response := ask(built, "GET", path)
		if response.StatusCode != 200 || !strings.Contains(body(t, response), want) {
			t.Errorf("%s: got %s without %q", path, response.Status, want)
		}
		for name, value := range map[string]string{
			"Cache-Control": "no-cache",
			"Content-Type":  "text/html; charset=utf-8",
		} {
			if got := response.Header.Get(name); got != value {
				t.Errorf("%s: %s is %q, want %q", path, name, got, value)
			}
		}
	}
}

func TestNewPolicies(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/", "/patients/pat_1", "/playground", "/sign-in", "/set-up", "/password-link", "/licenses", "/assets/main-a1b2.js", "/other"} {
		policy := ask(built, "GET", path).Header.Get("Content-Security-Policy")
		for _, directive := range []string{"default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'none'"} {
			if !strings.Contains(policy, directive) {
				t.Errorf("%s: the policy lacks %s: %s", path, directive, policy)
			}
		}
		if regexp.MustCompile(`https?:|wss?:|\*|unsafe-eval|script-src`).MatchString(policy) {
			t.Errorf("%s: the policy lets scripts or origins in: %s", path, policy)
		}
		if inline := strings.Contains(policy, "style-src 'self' 'unsafe-inline'"); inline != (path == "/playground") {
			t.Errorf("%s: inline styles allowed: %t", path, inline)
		}
	}
}

func TestNewServesAssets(t *testing.T) {
	t.Parallel()

	t.Run("for ever and as they are", func(t *testing.T) {
		response := ask(built, "GET", "/assets/main-a1b2.js")
		if got := response.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("Cache-Control is %q", got)
		}
		if got := response.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
			t.Errorf("Content-Type is %q", got)
		}
		if response.Header.Get("Content-Encoding") != "" || body(t, response) != script {
			t.Error("the script is not served as it is")
		}
	})

	t.Run("compressed for who takes it", func(t *testing.T) {
		response := ask(built, "GET", "/assets/main-a1b2.js", "Accept-Encoding", "br, gzip;q=0.5")
		if got := response.Header.Get("Content-Encoding"); got != "gzip" {
			t.Fatalf("Content-Encoding is %q", got)
		}
		if got := response.Header.Get("Vary"); got != "Accept-Encoding" {
			t.Errorf("Vary is %q", got)
		}
		if response.ContentLength <= 0 || response.ContentLength >= int64(len(script)) {
			t.Errorf("Content-Length is %d", response.ContentLength)
		}
		reader, err := gzip.NewReader(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(reader); err != nil || string(text) != script {
			t.Errorf("does not unpack to the script: %v", err)
		}
	})

	t.Run("from what the build keeps compressed, either way", func(t *testing.T) {
		plain := ask(built, "GET", "/assets/big-d4.js")
		if plain.Header.Get("Content-Encoding") != "" || plain.Header.Get("Content-Type") != "text/javascript; charset=utf-8" || body(t, plain) != script {
			t.Errorf("got %v", plain.Header)
		}
		packed := ask(built, "GET", "/assets/big-d4.js", "Accept-Encoding", "gzip")
		if packed.Header.Get("Content-Encoding") != "gzip" || body(t, packed) != string(zipped(script)) {
			t.Errorf("got %v", packed.Header)
		}
	})

	t.Run("uncompressed when compression gains nothing", func(t *testing.T) {
		response := ask(built, "GET", "/assets/font-c3.woff2", "Accept-Encoding", "gzip")
		if response.Header.Get("Content-Encoding") != "" || response.Header.Get("Content-Type") != "font/woff2" {
			t.Errorf("got %v", response.Header)
		}
	})

	t.Run("not again to who holds them", func(t *testing.T) {
		tags := map[string]bool{}
		for _, encoding := range []string{"identity", "gzip"} {
			tag := ask(built, "GET", "/assets/main-a1b2.js", "Accept-Encoding", encoding).Header.Get("ETag")
			tags[tag] = true
			response := ask(built, "GET", "/assets/main-a1b2.js", "Accept-Encoding", encoding, "If-None-Match", tag)
			if response.StatusCode != 304 || body(t, response) != "" {
				t.Errorf("%s: got %s for %s", encoding, response.Status, tag)
			}
		}
		if len(tags) != 2 || tags[""] {
			t.Errorf("the two forms share a tag: %v", tags)
		}
	})
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"/other", "/patients/", "/patients/pat_1/other", "/patients/pat_1/records/more/still", "/records.json", "/index.html", "/playground.html", "/playground/", "/sign-in.html", "/sign-in/", "/.gitkeep",
		"/assets/", "/assets/none.js", "/assets/%2e%2e/index.html", "/graphql",
	} {
		if response := ask(built, "GET", path); response.StatusCode != 404 {
			t.Errorf("%s: got %s, want 404", path, response.Status)
		}
	}
	response := ask(built, "POST", "/playground")
	if response.StatusCode != 405 || response.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: got %s, Allow %q", response.Status, response.Header.Get("Allow"))
	}
	if response := ask(built, "HEAD", "/playground"); response.StatusCode != 200 || body(t, response) != "" {
		t.Errorf("HEAD: got %s", response.Status)
	}
}

func TestAcceptsGzip(t *testing.T) {
	t.Parallel()
	for field, want := range map[string]bool{
		"": false, "identity": false, "br": false, "gzip": true, "GZIP": true, "gzip, deflate, br": true, "*": true,
		"gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0, *": false, "*;q=0": false, "identity, *;q=0.1": true, "gzip;q=x": false,
	} {
		if got := acceptsGzip([]string{field}); got != want {
			t.Errorf("%q: got %t, want %t", field, got, want)
		}
	}
}

// TestHandler holds for a binary with and for one without a build.
func TestHandler(t *testing.T) {
	t.Parallel()
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		t.Fatal(err)
	}
	reference := regexp.MustCompile(`(?:src|href)="([^"]+)"`)
	for path, name := range map[string]string{
		"/": "index.html", "/patients": "index.html", "/playground": "playground.html",
		"/sign-in": "sign-in.html", "/set-up": "set-up.html", "/password-link": "password-link.html",
	} {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		page, err := fs.ReadFile(files, name)
		if err != nil {
			if w.Code != 503 {
				t.Errorf("%s: got %d without a build, want 503", path, w.Code)
			}
			continue
		}
		if w.Code != 200 || w.Body.String() != string(page) {
			t.Errorf("%s: got %d or another page", path, w.Code)
		}
		for _, match := range reference.FindAllStringSubmatch(string(page), -1) {
			address := match[1]
			if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
				t.Errorf("%s refers to %s, which is not ours", path, address)
			}
			if !strings.HasPrefix(address, "/assets/") {
				continue
			}
			if response := ask(files, "GET", address); response.StatusCode != 200 {
				t.Errorf("%s refers to %s, which answers %s", path, address, response.Status)
			}
		}
		if regexp.MustCompile(`<script>|<style|\sstyle=|\son[a-z]+=`).Match(page) {
			t.Errorf("%s holds a script or style of its own, which its policy refuses", path)
		}
	}
}
