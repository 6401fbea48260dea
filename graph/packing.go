package graph

import (
	"bytes"
	"crypto/rand"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// leastPacked is how many bytes an answer has at least that is packed: a shorter one
// fits into a few packets as it is.
const leastPacked = 8 << 10

// packers are kept, since one is 0.8 MB to make.
var packers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is constant
	}
	return w
}}

// pack writes an answer into packed with gzip, and as a comment up to 64 letters by
// chance, so that its length does not tell whether a guess stands in it: see
// docs/decisions/0034-packed-answers.md.
func pack(packed *bytes.Buffer, text answerText) {
	w := packers.Get().(*gzip.Writer)
	defer packers.Put(w)
	w.Reset(packed)
	var chance [1]byte
	_, _ = rand.Read(chance[:]) // never fails
	w.Comment = padding[:chance[0]%64+1]
	// A buffer takes all that it is given.
	_ = text.write(w)
	_ = w.Close()
}

var padding = strings.Repeat("-", 64)

// acceptsGzip reads Accept-Encoding (RFC 9110, 12.5.3): a coding is refused by a weight
// of zero, and * stands for any that is not named.
func acceptsGzip(fields []string) bool {
	named, others := "", ""
	for _, field := range fields {
		for item := range strings.SplitSeq(field, ",") {
			coding, weight, _ := strings.Cut(item, ";")
			switch strings.ToLower(strings.TrimSpace(coding)) {
			case "gzip", "x-gzip":
				named = weightOf(weight)
			case "*":
				others = weightOf(weight)
			}
		}
	}
	if named == "" {
		named = others
	}
	if named == "" {
		return false
	}
	weight, err := strconv.ParseFloat(named, 64)
	return err == nil && weight > 0
}

// weightOf returns the value of q among parameters, 1 where there is none.
func weightOf(parameters string) string {
	if name, value, found := strings.Cut(parameters, "="); found && strings.EqualFold(strings.TrimSpace(name), "q") {
		return strings.TrimSpace(value)
	}
	return "1"
}
