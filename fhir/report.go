package fhir

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"

	"github.com/clinicql/clinicql/db"
)

// A Count says what became of the resources of one type:
// Read = Written + Known + NotKept + Refused.
type Count struct {
	Read    int `json:"read"`
	Written int `json:"written"`
	Known   int `json:"known"`   // imported before
	NotKept int `json:"notKept"` // there is no place for them yet
	Refused int `json:"refused"` // of a patient or file with a problem
}

// A Problem is why a patient, or a whole file, was not imported. It never holds
// what stands in the place that it names.
type Problem struct {
	File         string `json:"file"`
	Entry        *int   `json:"entry,omitempty"` // place in Bundle.entry, from 0
	Line         int    `json:"line,omitempty"`  // of an .ndjson file, from 1
	ResourceType string `json:"resourceType,omitempty"`
	Path         string `json:"path,omitempty"` // like Patient.name[0].family
	Reason       string `json:"reason"`
}

func (p Problem) String() string {
	where := p.File
	switch {
	case p.Entry != nil:
		where += fmt.Sprintf(" entry %d", *p.Entry)
	case p.Line > 0:
		where += fmt.Sprintf(" line %d", p.Line)
	}
	what := p.Path
	if what == "" {
		what = p.ResourceType
	}
	return strings.TrimSpace(where + ": " + strings.TrimSpace(what+" "+p.Reason))
}

// A Report tells all that an import did.
type Report struct {
	Files    int   `json:"files"`
	Ignored  int   `json:"ignoredFiles"` // of a folder, with names that are of neither kind
	Patients int   `json:"patients"`     // whose charts are kept now, those known before included
	Bytes    int64 `json:"jsonBytes"`    // unpacked

	Stopped string `json:"stopped,omitempty"` // why the import did not come to its end

	Seconds           float64 `json:"seconds"`
	PatientsPerSecond float64 `json:"patientsPerSecond"`
	MegabytesPerSec   float64 `json:"megabytesPerSecond"`
	PeakMegabytes     float64 `json:"peakMemoryMegabytes"` // of this process; 0 where the system does not tell

	Resources map[string]*Count         `json:"resources"` // by type
	NotKept   map[string]map[string]int `json:"notKept"`   // why, by type, of types that are kept as a rule
	LeftOut   map[string]int            `json:"leftOut"`   // elements of kept resources that have no place yet
	Problems  []Problem                 `json:"problems"`

	mu sync.Mutex
}

func newReport() *Report {
	return &Report{Resources: map[string]*Count{}, NotKept: map[string]map[string]int{}, LeftOut: map[string]int{}, Problems: []Problem{}}
}

// count returns the count of a type.
func (r *Report) count(resourceType string) *Count {
	c := r.Resources[resourceType]
	if c == nil {
		c = &Count{}
		r.Resources[resourceType] = c
	}
	return c
}

// notKept counts a resource that has no place, and why if its type has one.
func (r *Report) notKept(resourceType, reason string) {
	r.count(resourceType).NotKept++
	if reason == "" {
		return
	}
	if r.NotKept[resourceType] == nil {
		r.NotKept[resourceType] = map[string]int{}
	}
	r.NotKept[resourceType][reason]++
}

// keep adds what was written.
func (r *Report) keep(result *db.ImportResult) {
	for t, n := range result.Written {
		r.count(t).Written += n
	}
	for t, n := range result.Known {
		r.count(t).Known += n
	}
	for t, n := range result.NotKept {
		for range n {
			r.notKept(t, "that deny allergies, of patients who have some")
		}
	}
}

// add adds what a part of the import did. It may be called from several at once.
func (r *Report) add(part *Report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Patients += part.Patients
	for t, c := range part.Resources {
		sum := r.count(t)
		sum.Read += c.Read
		sum.Written += c.Written
		sum.Known += c.Known
		sum.NotKept += c.NotKept
		sum.Refused += c.Refused
	}
	for t, reasons := range part.NotKept {
		if r.NotKept[t] == nil {
			r.NotKept[t] = map[string]int{}
		}
		for reason, n := range reasons {
			r.NotKept[t][reason] += n
		}
	}
	for element, n := range part.LeftOut {
		r.LeftOut[element] += n
	}
	r.Problems = append(r.Problems, part.Problems...)
}

// sort puts the problems in the order of the input, as files are read side by side.
func (r *Report) sort() {
	slices.SortStableFunc(r.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.place(), b.place()))
	})
}

func (p Problem) place() int {
	if p.Entry != nil {
		return *p.Entry
	}
	return p.Line
}

// WriteJSON writes all of the report.
func (r *Report) WriteJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(r)
}

// WriteSummary writes the counts by type, what was not kept and how fast it went.
func (r *Report) WriteSummary(w io.Writer) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "\tread\twritten\tknown already\tnot kept\trefused\t")
	for _, t := range slices.Sorted(maps.Keys(r.Resources)) {
		c := r.Resources[t]
		fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%d\t%d\t\n", t, c.Read, c.Written, c.Known, c.NotKept, c.Refused)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, t := range slices.Sorted(maps.Keys(r.NotKept)) {
		for _, reason := range slices.Sorted(maps.Keys(r.NotKept[t])) {
			fmt.Fprintf(w, "not kept: %d %s %s\n", r.NotKept[t][reason], t, reason)
		}
	}
	if len(r.LeftOut) > 0 {
		var parts []string
		for _, element := range slices.Sorted(maps.Keys(r.LeftOut)) {
			parts = append(parts, fmt.Sprintf("%s %d", element, r.LeftOut[element]))
		}
		fmt.Fprintf(w, "left out of what is kept: %s\n", strings.Join(parts, ", "))
	}
	if r.Ignored > 0 {
		fmt.Fprintf(w, "ignored: %d files that end in neither .json nor .ndjson\n", r.Ignored)
	}
	memory := "not known"
	if r.PeakMegabytes > 0 {
		memory = fmt.Sprintf("%.0f MB", r.PeakMegabytes)
	}
	_, err := fmt.Fprintf(w, "%d patients, %.1f MB of JSON in %.1f s: %.1f patients/s, %.1f MB/s, peak memory %s\n",
		r.Patients, float64(r.Bytes)/1e6, r.Seconds, r.PatientsPerSecond, r.MegabytesPerSec, memory)
	return err
}
