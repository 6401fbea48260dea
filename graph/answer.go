package graph

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// A form is how an answer is written.
type form struct {
	media  string
	packed bool // with gzip, if it is long
}

// Values of headers that are shared by all answers, and not changed.
var (
	noStore = []string{"no-store"}
	varies  = []string{"Accept, Accept-Encoding"} // what the form of an answer depends on
	types   = map[string][]string{graphqlResponse: {graphqlResponse + "; charset=utf-8"}, plainJSON: {plainJSON + "; charset=utf-8"}}
)

// answer writes a whole answer, with its length.
func answer(w http.ResponseWriter, as form, status int, response *graphql.Response) {
	after, packed := takeBuffer(), takeBuffer()
	defer giveBack(after)
	defer giveBack(packed)
	text, err := textOf(response, after)
	if err != nil {
		panic(err) // all that an answer holds besides data is ours
	}
	header := w.Header()
	header["Content-Type"] = types[as.media]
	if as.packed && text.length() >= leastPacked {
		pack(packed, text)
		header.Set("Content-Encoding", "gzip")
		text = answerText{packed.Bytes()}
	}
	header["Content-Length"] = []string{strconv.Itoa(text.length())}
	w.WriteHeader(status)
	_ = text.write(w) // the client may be gone
}

// encode writes an answer as JSON in one line.
func encode(w io.Writer, response *graphql.Response) error {
	after := takeBuffer()
	defer giveBack(after)
	text, err := textOf(response, after)
	if err != nil {
		return err
	}
	return text.write(w)
}

// answerText is an answer in parts that follow each other. Its data is JSON already,
// and long, so that it is a part of its own and not written anew.
type answerText [3][]byte

// textOf writes an answer as JSON in one line, what is not its data into after, whose
// bytes are among the parts. Where nothing was run there is no data, and the
// specification wants none.
func textOf(response *graphql.Response, after *bytes.Buffer) (answerText, error) {
	if response.Data != nil && len(response.Errors) == 0 && len(response.Extensions) == 0 {
		return answerText{beforeData, response.Data, lastBrace}, nil
	}
	if cost, ok := response.Extensions["cost"].(*costTold); ok && len(response.Extensions) == 1 && len(response.Errors) == 0 && response.Data != nil {
		after.Write(cost.append(append(after.AvailableBuffer(), `,"extensions":{"cost":`...)))
		after.WriteString("}}\n")
		return answerText{beforeData, response.Data, after.Bytes()}, nil
	}
	encoder := json.NewEncoder(after)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(atMost(maxErrors, response)); err != nil {
		return answerText{}, err
	}
	if response.Data == nil {
		return answerText{after.Bytes()}, nil
	}
	after.Bytes()[0] = ',' // in the place of its brace
	return answerText{beforeData, response.Data, after.Bytes()}, nil
}

var beforeData, lastBrace = []byte(`{"data":`), []byte("}\n")

func (t answerText) length() int { return len(t[0]) + len(t[1]) + len(t[2]) }

func (t answerText) write(w io.Writer) error {
	for _, part := range t {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// rest is what an answer holds besides data.
type rest struct {
	Errors     gqlerror.List  `json:"errors,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

// maxErrors is how many errors an answer holds.
const maxErrors = 20

// atMost returns what an answer holds besides data, with its first errors, and how
// many there are more.
func atMost(n int, response *graphql.Response) rest {
	all := rest{response.Errors, response.Extensions}
	if more := len(all.Errors) - n; more > 0 {
		all.Errors, all.Extensions = all.Errors[:n], maps.Clone(all.Extensions)
		if all.Extensions == nil {
			all.Extensions = map[string]any{}
		}
		all.Extensions["moreErrors"] = more
	}
	return all
}
