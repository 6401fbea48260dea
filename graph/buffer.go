package graph

import (
	"bytes"
	"sync"
)

// keptBuffer is how many bytes a buffer may hold that is kept for another request: a
// few large ones must not be remembered for ever.
const keptBuffer = 64 << 10

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// takeBuffer returns an empty buffer. Nothing of it may be looked at after it was given back.
func takeBuffer() *bytes.Buffer { return buffers.Get().(*bytes.Buffer) }

func giveBack(b *bytes.Buffer) {
	if b.Cap() <= keptBuffer {
		b.Reset()
		buffers.Put(b)
	}
}
