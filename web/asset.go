package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// mediaTypes are those of a build. The system's own table is not asked: it differs between machines.
var mediaTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".md":    "text/plain; charset=utf-8",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".ttf":   "font/ttf",
	".woff2": "font/woff2",
}

// asset is one file of the build. It is read and compressed when it is first asked for, and kept from then on.
type asset struct {
	mediaType string
	load      func() (content, error)
}

// content is a file as it is and, if that is smaller, compressed.
type content struct {
	plain, gzipped []byte
	hash           string
}

// compressedSuffix ends the names of files that the build keeps compressed only.
const compressedSuffix = ".gz"

func newAsset(files fs.FS, name string) *asset {
	mediaType, known := mediaTypes[path.Ext(strings.TrimSuffix(name, compressedSuffix))]
	if !known {
		mediaType = "application/octet-stream"
	}
	return &asset{mediaType: mediaType, load: sync.OnceValues(func() (content, error) { return read(files, name) })}
}

// assetNames are the paths of all files below assets.
func assetNames(files fs.FS) []string {
	var names []string
	// The only error is a missing folder, and a build without assets is lawful.
	_ = fs.WalkDir(files, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			names = append(names, name)
		}
		return err
	})
	return names
}

func read(files fs.FS, name string) (content, error) {
	plain, err := fs.ReadFile(files, name)
	if err != nil {
		return content{}, err
	}
	if strings.HasSuffix(name, compressedSuffix) {
		return decompressed(plain)
	}
	sum := sha256.Sum256(plain)
	c := content{plain: plain, hash: base64.RawURLEncoding.EncodeToString(sum[:12])}
	var buffer bytes.Buffer
	writer, err := gzip.NewWriterLevel(&buffer, gzip.BestCompression)
	if err != nil {
		return content{}, err
	}
	if _, err := writer.Write(plain); err != nil {
		return content{}, err
	}
	if err := writer.Close(); err != nil {
		return content{}, err
	}
	if buffer.Len() < len(plain)*9/10 {
		c.gzipped = bytes.Clone(buffer.Bytes())
	}
	return c, nil
}

// decompressed returns what a file that is kept compressed holds.
func decompressed(gzipped []byte) (content, error) {
	reader, err := gzip.NewReader(bytes.NewReader(gzipped))
	if err != nil {
		return content{}, err
	}
	plain, err := io.ReadAll(reader)
	sum := sha256.Sum256(plain)
	return content{plain: plain, gzipped: gzipped, hash: base64.RawURLEncoding.EncodeToString(sum[:12])}, err
}

// ServeHTTP answers with the file, compressed if the client takes that, or with 304 if the client holds it already.
func (a *asset) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c, err := a.load()
	if err != nil {
		slog.ErrorContext(r.Context(), "read web page", "path", r.URL.Path, "err", err)
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	header, body, tag := w.Header(), c.plain, c.hash
	header.Set("Content-Type", a.mediaType)
	if c.gzipped != nil {
		header.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r.Header.Values("Accept-Encoding")) {
			body, tag = c.gzipped, c.hash+"-gzip"
			header.Set("Content-Encoding", "gzip")
			header.Set("Content-Length", strconv.Itoa(len(body)))
		}
	}
	header.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reads Accept-Encoding (RFC 9110, 12.5.3): a coding is refused by a weight of zero, and * stands for any
// that is not named.
func acceptsGzip(fields []string) bool {
	named, others := "", ""
	for item := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		coding, parameters, _ := strings.Cut(item, ";")
		weight := "1"
		if name, value, found := strings.Cut(parameters, "="); found && strings.EqualFold(strings.TrimSpace(name), "q") {
			weight = strings.TrimSpace(value)
		}
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			named = weight
		case "*":
			others = weight
		}
	}
	if named == "" {
		named = others
	}
	weight, err := strconv.ParseFloat(named, 64)
	return err == nil && weight > 0
}
