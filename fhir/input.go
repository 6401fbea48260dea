package fhir

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// The inputs of an import.
type inputs struct {
	bundles, exports []input // .json and .ndjson
	ignored          int
}

// An input is one file.
type input struct {
	path string
	size int64
}

// findInputs lists the files that the paths name and those of folders, all the
// way down. A file that is named must be of a kind that can be read.
func findInputs(paths []string) (*inputs, error) {
	found := &inputs{}
	for _, path := range paths {
		root := path
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			root += string(filepath.Separator) // which follows a link
		}
		err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			info, err := os.Stat(name)
			if err != nil {
				return err
			}
			if !found.add(input{name, info.Size()}) {
				if name == path {
					return fmt.Errorf("%s: ends in neither .json nor .ndjson, with or without .gz", name)
				}
				found.ignored++
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("look for files: %w", err)
		}
	}
	// Practitioners stand in files of their own, to which the others refer.
	slices.SortStableFunc(found.bundles, func(a, b input) int { return b.hasPractitioners() - a.hasPractitioners() })
	return found, nil
}

func (in *inputs) add(f input) bool {
	switch name := strings.TrimSuffix(f.path, ".gz"); {
	case strings.HasSuffix(name, ".json"):
		in.bundles = append(in.bundles, f)
	case strings.HasSuffix(name, ".ndjson"):
		in.exports = append(in.exports, f)
	default:
		return false
	}
	return true
}

func (f input) hasPractitioners() int {
	if strings.Contains(strings.ToLower(filepath.Base(f.path)), "practitioner") {
		return 1
	}
	return 0
}

// A reader reads the JSON of a file, unpacked, and tells the progress.
type reader struct {
	file     *os.File
	unpacked io.Reader
	progress *Progress
	share    int64 // of each byte that counts as done now, in percent
	packed   int64
	json     int64
}

func (f input) open(p *Progress, share int64) (*reader, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	r := &reader{file: file, progress: p, share: share}
	r.unpacked = packedReader{r}
	if strings.HasSuffix(f.path, ".gz") {
		if r.unpacked, err = gzip.NewReader(r.unpacked); err != nil {
			file.Close()
			return nil, err
		}
	}
	return r, nil
}

func (r *reader) Read(b []byte) (int, error) {
	n, err := r.unpacked.Read(b)
	r.json += int64(n)
	r.progress.JSON.Add(int64(n))
	return n, err
}

func (r *reader) Close() error { return r.file.Close() }

// forget takes back the progress of a file that will be read again.
func (r *reader) forget() {
	r.progress.Done.Add(-r.packed)
	r.progress.JSON.Add(-r.json)
}

// A packedReader reads the bytes of the file.
type packedReader struct{ *reader }

func (p packedReader) Read(b []byte) (int, error) {
	n, err := p.file.Read(b)
	done := int64(n) * p.share / 100
	p.packed += done
	p.progress.Done.Add(done)
	return n, err
}
