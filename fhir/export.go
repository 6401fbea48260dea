package fhir

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/clinicql/clinicql/db"
)

// An export is a bulk export: files of one resource a line, in which the
// resources of a patient stand far apart. They are first sorted out into parts
// on disk, each with all that there is of some patients, and then imported part
// by part like bundles. Memory holds one part for each processor.
type export struct {
	*importer
	dir   string
	files []input
	parts []*part
	size  int64 // of all files
}

// A part is a file that holds the resources of some patients.
type part struct {
	mu   sync.Mutex
	file *os.File
	w    *bufio.Writer
	size int64
}

const (
	partSize  = 8 << 20 // bytes of an export, of which about a fifth is kept
	mostParts = 512
	packing   = 15 // how much smaller .gz makes JSON
	halfway   = 50 // percent of the work that sorting out counts for
	mostLine  = 16 << 20
	chunk     = 64 << 10
)

// openExport makes room for the parts, readable by nobody else.
func (im *importer) openExport(files []input) (*export, error) {
	ex := &export{importer: im, files: files}
	var unpacked int64
	for _, f := range files {
		ex.size += f.size
		if strings.HasSuffix(f.path, ".gz") {
			unpacked += f.size * packing
		} else {
			unpacked += f.size
		}
	}
	if len(files) == 0 {
		return ex, nil
	}
	var err error
	if ex.dir, err = os.MkdirTemp("", "clinicql-import-"); err != nil {
		return nil, fmt.Errorf("make room for an export: %w", err)
	}
	for n := range min(unpacked/partSize+1, mostParts) {
		file, err := os.OpenFile(filepath.Join(ex.dir, fmt.Sprint(n)), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
		if err != nil {
			ex.close()
			return nil, fmt.Errorf("make room for an export: %w", err)
		}
		ex.parts = append(ex.parts, &part{file: file, w: bufio.NewWriter(file)})
	}
	return ex, nil
}

// close removes the parts.
func (ex *export) close() {
	for _, p := range ex.parts {
		p.file.Close()
	}
	if ex.dir != "" {
		os.RemoveAll(ex.dir)
	}
}

// sortOut imports the practitioners and sorts all else into the parts.
func (ex *export) sortOut(ctx context.Context, files []input) error {
	numbers := make([]int, len(files))
	for n := range files {
		numbers[n] = n
	}
	return each(ctx, numbers, func(ctx context.Context, n int) error {
		s := &sorter{export: ex, number: n, file: files[n].path, set: ex.newSet(false)}
		err := s.run(ctx)
		ex.report.add(s.set.report)
		return err
	})
}

// importParts imports what was sorted out.
func (ex *export) importParts(ctx context.Context) error {
	var sorted int64
	for _, p := range ex.parts {
		sorted += p.size
	}
	return each(ctx, ex.parts, func(ctx context.Context, p *part) error {
		set := ex.newSet(false)
		if err := ex.load(p, set); err != nil {
			return fmt.Errorf("read back an export: %w", err)
		}
		_, err := set.importTo(ctx, true)
		ex.report.add(set.report)
		if sorted > 0 {
			ex.progress.Done.Add(ex.size * (100 - halfway) / 100 * p.size / sorted)
		}
		return err
	})
}

// A sorter sorts out one file.
type sorter struct {
	*export
	number int // of the file
	file   string
	line   int
	set    *set // of practitioners
}

func (s *sorter) run(ctx context.Context) error {
	r, err := s.files[s.number].open(s.progress, halfway)
	if err != nil {
		s.refuse(unreadable(s.file, err).Reason)
		return nil
	}
	defer r.Close()
	lines := bufio.NewReaderSize(r, chunk)
	for {
		s.line++
		line, err := s.next(lines)
		if len(line) > 0 {
			if err := s.sort(ctx, line); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, io.EOF) {
			return s.flush(ctx)
		}
		if err != nil {
			s.refuse(unreadable(s.file, err).Reason)
			return s.flush(ctx)
		}
	}
}

// next returns the next line; of a long one that is not kept only the beginning.
func (s *sorter) next(lines *bufio.Reader) ([]byte, error) {
	line, err := lines.ReadSlice('\n')
	if !errors.Is(err, bufio.ErrBufferFull) {
		return bytes.TrimSpace(line), err
	}
	_, isReadable := afterType(line)
	isKept := !isReadable || bodies[typeOf(line)] != nil
	line = bytes.Clone(line)
	for errors.Is(err, bufio.ErrBufferFull) {
		var more []byte
		more, err = lines.ReadSlice('\n')
		if isKept && len(line) <= mostLine {
			line = append(line, more...)
		}
	}
	if isKept && len(line) > mostLine {
		s.refuse("is longer than 16 MB")
		return nil, err
	}
	return bytes.TrimSpace(line), err
}

// refuse notes a problem of the line.
func (s *sorter) refuse(reason string) {
	s.set.report.Problems = append(s.set.report.Problems, Problem{File: s.file, Line: s.line, Reason: reason})
}

// sort puts a line where it belongs.
func (s *sorter) sort(ctx context.Context, line []byte) error {
	t := typeOf(line)
	if t == "" {
		if !json.Valid(line) {
			s.refuse("is no JSON")
			return nil
		}
		t = "(no resource)"
	}
	count := s.set.report.count(t)
	count.Read++
	if bodies[t] == nil {
		count.NotKept++
		return nil
	}
	var head struct {
		ID      string     `json:"id"`
		Subject *reference `json:"subject"`
		Patient *reference `json:"patient"`
		Code    *codeableConcept

		Participant []participant `json:"participant"`
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal(line, &head); errors.As(err, &syntax) { // a wrong type is found later
		s.refuse("is no JSON")
		count.Refused++
		return nil
	}
	switch t {
	case "Practitioner":
		s.set.add(s.read(s.number, s.line, t, line, s.set.report), "")
		if len(s.set.resources) >= practitionersAtOnce {
			return s.flush(ctx)
		}
		return nil
	case "Medication":
		count.NotKept++
		s.medicines.put(db.Source{Type: t, ID: head.ID}, head.Code.text())
		return nil
	case "Patient":
		return s.keep(target{Source: db.Source{Type: t, ID: head.ID}}, line)
	}
	inTheCalendar := (&appointment{Participant: head.Participant}).subject()
	for _, ref := range []*reference{head.Subject, head.Patient, inTheCalendar} {
		if ref != nil {
			return s.keep(ref.parse(), line)
		}
	}
	return s.keep(target{}, line)
}

// read reads a resource that stands in a line of a file.
func (ex *export) read(file, line int, resourceType string, data []byte, report *Report) *resource {
	r := &resource{source: db.Source{Type: resourceType}, file: ex.files[file].path, line: line}
	r.read(data, report)
	return r
}

// flush imports the practitioners that were met.
func (s *sorter) flush(ctx context.Context) error {
	_, err := s.set.importTo(ctx, true)
	s.export.report.add(s.set.report)
	s.set = s.newSet(false)
	return err
}

// keep writes a line to the part of its patient.
func (s *sorter) keep(about target, line []byte) error {
	h := fnv.New32a()
	fmt.Fprint(h, about.Type, "/", about.ID, about.identifier)
	p := s.parts[h.Sum32()%uint32(len(s.parts))]
	p.mu.Lock()
	defer p.mu.Unlock()
	p.size += int64(len(line))
	_, err := fmt.Fprintf(p.w, "%d %d %s\n", s.number, s.line, line)
	if err != nil {
		return fmt.Errorf("sort out an export: %w", err)
	}
	return nil
}

// load reads a part, in the order of the export.
func (ex *export) load(p *part, set *set) error {
	if err := p.w.Flush(); err != nil {
		return err
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var all []*resource
	numbers := map[*resource]int{}
	lines := bufio.NewReaderSize(p.file, chunk)
	for {
		var file, line int
		if _, err := fmt.Fscanf(lines, "%d %d ", &file, &line); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		data, err := lines.ReadBytes('\n')
		if err != nil {
			return err
		}
		r := ex.read(file, line, typeOf(data), data, set.report)
		numbers[r] = file
		all = append(all, r)
	}
	slices.SortStableFunc(all, func(a, b *resource) int {
		if numbers[a] != numbers[b] {
			return numbers[a] - numbers[b]
		}
		return a.line - b.line
	})
	for _, r := range all {
		set.add(r, "")
	}
	return nil
}
