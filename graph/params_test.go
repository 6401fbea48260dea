package graph

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

// What is read plainly is what encoding/json reads, of whatever is sent.
func TestParams_areThoseOfJSON(t *testing.T) {
	t.Parallel()
	sent := []string{
		`{"query":"query($id: ID!) { patient(id: $id) { id } }","variables":{"id":"019a"}}`,
		` { "query" : "{\n a(b: \"c\\d\") \u10d0\ud83d\ude00 }" , "operationName":"A", "extensions":{"persistedQuery":{"version":1}}} ` + "\n",
		`{"documentId":"sha256:00","variables":{"a":[1,-2.5e+3,true,false,null,{}],"b":{"c":[],"d":{"e":"ნინო"}},"":0}}`,
		`{"query":"{a}","variables":null}`, `{"query":"{a}","query":"{b}"}`, `{"variables":{"a":1,"a":2}}`, `{"Query":"{a}","unknown":[1]}`, `{}`, `[]`, `{"query":1}`, `{"variables":{"a":01}}`, `{"variables":{"a":1.}}`, "{\"query\":\"\xff\"}", `{"query":"\ud800"}`,
	}
	plainly := 0
	compare := func(body string) {
		got, ok := readPlainParams([]byte(body))
		if !ok {
			return
		}
		plainly++
		if want, err := readAnyParams([]byte(body)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %+v, not as %+v (%v)", body, got, want, err)
		}
	}
	for _, body := range sent {
		compare(body)
	}
	if plainly != 6 {
		t.Errorf("%d of %d are read plainly", plainly, len(sent))
	}
	const instead = "\"\\{}[]:,0159eE+-. \ntfnu/\x00\xe1"
	random := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		body := []byte(sent[random.IntN(len(sent))])
		for range 1 + random.IntN(3) {
			switch at := random.IntN(len(body)); random.IntN(3) {
			case 0:
				body[at] = instead[random.IntN(len(instead))]
			case 1:
				body = append(body[:at], body[at+1:]...)
			default:
				body = append(body[:at], append([]byte{instead[random.IntN(len(instead))]}, body[at:]...)...)
			}
			if len(body) == 0 {
				break
			}
		}
		compare(string(body))
	}
	if plainly < 1000 {
		t.Errorf("only %d are read plainly", plainly)
	}
}

// What an answer cost is written as encoding/json does.
func TestCost_isWrittenAsJSON(t *testing.T) {
	t.Parallel()
	for _, cost := range []*costTold{{Requested: 12, Actual: 3}, {Requested: 1, Throttle: &throttle{-1, 20, 300}}} {
		if got, want := string(cost.append(nil)), mustJSON(t, cost); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func mustJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
