package graph

import (
	"strings"
	"sync"

	"github.com/clinicql/clinicql/graph/exec"
	"github.com/vektah/gqlparser/v2/formatter"
)

// SDL returns the whole schema as one document.
var SDL = sync.OnceValue(func() string {
	var b strings.Builder
	formatter.NewFormatter(&b, formatter.WithIndent("  ")).FormatSchema(exec.NewExecutableSchema(exec.Config{}).Schema())
	return b.String()
})
