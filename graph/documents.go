package graph

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Documents are those that clients name by an id instead of sending them:
// "sha256:" and the hexadecimal SHA-256 of the text.
type Documents struct {
	texts map[string]string
	only  bool
}

// NewDocuments makes Documents of their texts. With only, no other is run.
func NewDocuments(texts []string, only bool) *Documents {
	d := &Documents{texts: make(map[string]string, len(texts)), only: only}
	for _, text := range texts {
		d.texts[documentID(text)] = text
	}
	return d
}

func documentID(text string) string {
	sum := sha256.Sum256([]byte(text))
	return string(hex.AppendEncode([]byte("sha256:"), sum[:]))
}

// admit refuses a document that is not among those that may be run.
func (d *Documents) admit(text string) *gqlerror.Error {
	if d == nil || !d.only || d.has(documentID(text)) {
		return nil
	}
	return refusal("DOCUMENT_NOT_TRUSTED", "this server runs the documents of its own pages only")
}

// has says whether the document of an id is one of them.
func (d *Documents) has(id string) bool { return d != nil && d.texts[id] != "" }

// params are those of a request, which holds a document or names one.
type params struct {
	graphql.RawParams
	DocumentID string `json:"documentId"`
}

// readParams reads one JSON value, and nothing after it.
func readParams(body []byte) (*params, error) {
	p := &params{}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(p); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, io.ErrUnexpectedEOF
	}
	return p, nil
}

// find returns the parameters with the text of the document in them.
func (d *Documents) find(p *params) (*graphql.RawParams, *httpError) {
	switch _, automatic := p.Extensions["persistedQuery"]; {
	case p.Query != "" && p.DocumentID != "":
		return nil, &httpError{http.StatusBadRequest, "BAD_REQUEST", "send query or documentId, not both"}
	case p.Query == "" && p.DocumentID == "" && automatic:
		return nil, &httpError{http.StatusBadRequest, "PERSISTED_QUERY_NOT_SUPPORTED", "documents are not kept for you: send query"}
	case p.Query == "" && p.DocumentID == "":
		return nil, &httpError{http.StatusBadRequest, "BAD_REQUEST", "query or documentId is needed"}
	case p.DocumentID == "":
		return &p.RawParams, nil
	}
	text, found := "", false
	if d != nil {
		text, found = d.texts[p.DocumentID]
	}
	if !found {
		return nil, &httpError{http.StatusNotFound, "PERSISTED_QUERY_NOT_FOUND", "this server has no document of this id"}
	}
	p.Query = text
	return &p.RawParams, nil
}
