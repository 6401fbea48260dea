package graph

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/clinicql/clinicql/auth"
)

// How many bytes a request may have, of somebody who has signed in and of anybody:
// of a body as it is sent and unpacked, and of the query of an address.
const (
	maxBody          = 256 << 10
	maxAnonymousBody = 8 << 10
)

func bodyLimit(r *http.Request) int {
	if actor, _ := auth.From(r.Context()); bitOf(actor) == anonymous {
		return maxAnonymousBody
	}
	return maxBody
}

func tooLarge(what string, limit int) *httpError {
	return &httpError{http.StatusRequestEntityTooLarge, "BAD_REQUEST", fmt.Sprintf("the %s is larger than %d bytes", what, limit)}
}

// readBody reads the body of a request, which may be packed with gzip, into text.
func readBody(w http.ResponseWriter, r *http.Request, text *bytes.Buffer) *httpError {
	limit := bodyLimit(r)
	sent := io.Reader(http.MaxBytesReader(w, r.Body, int64(limit)))
	body := sent
	switch strings.ToLower(r.Header.Get("Content-Encoding")) {
	case "", "identity":
	case "gzip":
		unpacked, err := gzip.NewReader(sent)
		if err != nil {
			return &httpError{http.StatusBadRequest, "BAD_REQUEST", "the body is not packed with gzip, or ended early"}
		}
		body = unpacked
	default:
		w.Header().Set("Accept-Encoding", "gzip")
		return &httpError{http.StatusUnsupportedMediaType, "BAD_REQUEST", "Content-Encoding must be gzip, or none"}
	}
	_, err := text.ReadFrom(io.LimitReader(body, int64(limit)+1))
	spenderOf(r.Context()).spend(text.Len() / bytesOfAPoint)
	switch isCut := (*http.MaxBytesError)(nil); {
	case text.Len() > limit || err != nil && errors.As(err, &isCut):
		return tooLarge("body", limit)
	case err != nil:
		return &httpError{http.StatusBadRequest, "BAD_REQUEST", "the body ended early"}
	}
	return nil
}
