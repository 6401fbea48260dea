package graph

import (
	"encoding/json"
	"testing"
)

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
