package graph_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/graph"
)

// However large the documents are that many clients send, those that are kept take
// no more memory than was set apart for them.
func TestDocumentCache_isBoundedByBytes(t *testing.T) { // alone, because it measures the process
	for name, document := range map[string]func(n int) string{
		"of many tokens": func(n int) string { return fmt.Sprintf("{ a%d: clinic { ", n) + strings.Repeat("name ", 440) + "} }" },
		"of long texts": func(n int) string {
			return fmt.Sprintf(`{ a%d: searchPatients(query: "%s") { totalCount } }`, n, strings.Repeat("x", 200_000))
		},
		"of many arguments": func(n int) string {
			return fmt.Sprintf("{ a%d: clinic { id } ", n) + "patients(where: {or: [" + strings.Repeat(`{sex: {eq: MALE}} `, 90) + "]}) { totalCount } }"
		},
		"small ones": func(n int) string { return fmt.Sprintf("{ a%d: clinic { name } }", n) },
	} {
		before := heap()
		kept, bytes := graph.KeepDocuments(map[bool]int{true: 1200, false: 120}[name == "small ones"], document)
		if after := heap(); after-before > bytes || bytes > 16<<20 {
			t.Errorf("%s: documents that were counted as %d bytes take %d", name, bytes, after-before)
		}
		t.Logf("%s: %d documents count as %d bytes, and take %d", name, kept(), bytes, heap()-before)
		runtime.KeepAlive(kept)
	}
}

func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
