package fhir

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
)

// mostKept is how many resources of a bundle are kept: it bounds the memory that
// a file takes. A patient has some hundred.
const mostKept = 20_000

// An entry is one of a bundle's.
type entry struct {
	FullURL  string      `json:"fullUrl"`
	Resource rawResource `json:"resource"`
}

// A rawResource holds the JSON of a resource whose type is kept. All others are
// passed over.
type rawResource struct {
	resourceType string
	json         []byte
}

// UnmarshalJSON looks at the type before anything else.
func (r *rawResource) UnmarshalJSON(data []byte) error {
	r.resourceType = typeOf(data)
	if bodies[r.resourceType] != nil {
		r.json = append(r.json, data...)
	}
	return nil
}

var typeFirst = []byte(`{"resourceType":"`)

// typeOf returns the type of a resource, which stands first as a rule.
func typeOf(data []byte) string {
	if rest, ok := afterType(data); ok {
		if end := bytes.IndexByte(rest, '"'); end >= 0 {
			return string(rest[:end])
		}
	}
	var r struct {
		ResourceType string `json:"resourceType"`
	}
	_ = json.Unmarshal(data, &r) // without a type it is one that is not kept
	return r.ResourceType
}

// afterType skips typeFirst, with blanks between its parts.
func afterType(data []byte) ([]byte, bool) {
	for _, part := range [][]byte{typeFirst[:1], typeFirst[1:15], typeFirst[15:16], typeFirst[16:]} {
		data = bytes.TrimLeft(data, " \t\r\n")
		if !bytes.HasPrefix(data, part) {
			return nil, false
		}
		data = data[len(part):]
	}
	return data, true
}

// A skipped is a value that is read over.
type skipped struct{}

// UnmarshalJSON keeps nothing.
func (*skipped) UnmarshalJSON([]byte) error { return nil }

// A bundleReader reads a bundle entry by entry.
type bundleReader struct {
	set          *set
	file         string
	resourceType string
	bundleType   string
	entries      int
}

// read fills the set, or returns why the bundle cannot be read.
func (b *bundleReader) read(r io.Reader) *Problem {
	dec := json.NewDecoder(r)
	if start, err := dec.Token(); err != nil || start != json.Delim('{') {
		return b.unreadable(err)
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return b.unreadable(err)
		}
		switch key {
		case "resourceType":
			err = dec.Decode(&b.resourceType)
		case "type":
			err = dec.Decode(&b.bundleType)
		case "entry":
			if wrong := b.readEntries(dec); wrong != nil {
				return wrong
			}
		default:
			err = dec.Decode(&skipped{})
		}
		if err != nil {
			return b.unreadable(err)
		}
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return b.unreadable(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return b.unreadable(err)
	}
	return b.check()
}

// check says what is wrong with the bundle itself.
func (b *bundleReader) check() *Problem {
	switch b.bundleType {
	case "transaction", "batch", "collection":
		if b.resourceType == "Bundle" {
			return nil
		}
	}
	if b.resourceType != "Bundle" {
		return &Problem{File: b.file, Path: "resourceType", Reason: "is not Bundle"}
	}
	return &Problem{File: b.file, ResourceType: "Bundle", Path: "Bundle.type", Reason: "is not transaction, batch or collection"}
}

func (b *bundleReader) readEntries(dec *json.Decoder) *Problem {
	if start, err := dec.Token(); err != nil || start != json.Delim('[') {
		return b.unreadable(err)
	}
	for dec.More() {
		var e entry
		if err := dec.Decode(&e); err != nil {
			at := b.entries
			wrong := b.unreadable(err)
			wrong.Entry = &at
			return wrong
		}
		b.add(&e)
		b.entries++
		if len(b.set.resources) > mostKept {
			return &Problem{File: b.file, ResourceType: "Bundle", Path: "Bundle.entry",
				Reason: "holds more than 20000 resources that are kept: export it as .ndjson"}
		}
	}
	if _, err := dec.Token(); err != nil {
		return b.unreadable(err)
	}
	return nil
}

func (b *bundleReader) add(e *entry) {
	t := e.Resource.resourceType
	if t == "" {
		t = "(no resource)"
	}
	b.set.report.count(t).Read++
	if e.Resource.json == nil {
		b.set.report.notKept(t, "")
		if e.FullURL != "" {
			b.set.others[e.FullURL] = t
		}
		return
	}
	at := b.entries
	r := &resource{file: b.file, entry: &at}
	r.source.Type = t
	r.read(e.Resource.json, b.set.report)
	if id, isUUID := bytes.CutPrefix([]byte(e.FullURL), []byte("urn:uuid:")); isUUID && r.source.ID == "" {
		r.source.ID = string(id)
	}
	b.set.add(r, e.FullURL)
}

func (b *bundleReader) unreadable(err error) *Problem { return unreadable(b.file, err) }

// unreadable says why a file cannot be read to its end.
func unreadable(file string, err error) *Problem {
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	var corrupt flate.CorruptInputError
	reason := "cannot be read"
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		reason = "ends too early"
	case errors.As(err, &wrongType):
		reason = "holds a value of another JSON type than FHIR has at " + wrongType.Field
	case err == nil, errors.As(err, &syntax):
		reason = "is no JSON of a bundle"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		reason = "is damaged: it cannot be unpacked"
	}
	return &Problem{File: file, Reason: reason}
}
