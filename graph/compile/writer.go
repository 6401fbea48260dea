package compile

import (
	"bytes"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// A writer writes JSON as gqlgen does, byte for byte.
type writer struct {
	buf     []byte
	objects int // that have fields
}

// Write implements io.Writer.
func (w *writer) Write(p []byte) (int, error) {
	w.buf = append(w.buf, p...)
	return len(p), nil
}

// WriteString implements io.StringWriter.
func (w *writer) WriteString(s string) (int, error) {
	w.buf = append(w.buf, s...)
	return len(s), nil
}

// Open begins an object.
func (w *writer) Open() { w.buf = append(w.buf, '{') }

// Close ends it.
func (w *writer) Close() {
	if w.buf[len(w.buf)-1] != '{' {
		w.objects++
	}
	w.buf = append(w.buf, '}')
}

// Key begins a field of an object.
func (w *writer) Key(f *Field) {
	if w.buf[len(w.buf)-1] != '{' {
		w.buf = append(w.buf, ',')
	}
	w.buf = append(w.buf, f.key...)
}

// OpenList begins a list.
func (w *writer) OpenList() { w.buf = append(w.buf, '[') }

// Next begins its item i.
func (w *writer) Next(i int) {
	if i > 0 {
		w.buf = append(w.buf, ',')
	}
}

// CloseList ends it.
func (w *writer) CloseList() { w.buf = append(w.buf, ']') }

// Null writes that there is nothing.
func (w *writer) Null() { w.buf = append(w.buf, "null"...) }

// Boolean writes true or false.
func (w *writer) Boolean(v bool) { w.buf = strconv.AppendBool(w.buf, v) }

// Int writes a number.
func (w *writer) Int(v int32) { w.buf = strconv.AppendInt(w.buf, int64(v), 10) }

// DateTime writes an instant, RFC 3339 in UTC.
func (w *writer) DateTime(t time.Time) {
	w.buf = append(w.buf, '"')
	w.buf = t.UTC().AppendFormat(w.buf, time.RFC3339Nano)
	w.buf = append(w.buf, '"')
}

// ID writes an id, unless it is none.
func (w *writer) ID(id uuid.UUID) bool {
	if id == uuid.Nil {
		return false
	}
	w.buf = append(db.AppendID(append(w.buf, '"'), id), '"')
	return true
}

// Marshal writes a value, unless it is null.
func (w *writer) Marshal(m graphql.Marshaler) bool {
	if m == graphql.Null {
		return false
	}
	start := len(w.buf)
	m.MarshalGQL(w)
	w.objects += Objects(w.buf[start:])
	return true
}

const hexDigits = "0123456789ABCDEF"

// String writes a text.
func (w *writer) String(s string) {
	b := append(w.buf, '"')
	start := 0
	for i := plain(s); i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		case '\n':
			b = append(b, `\n`...)
		case '"', '\\':
			b = append(b, '\\', c)
		default:
			b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		start = i + 1
	}
	w.buf = append(append(b, s[start:]...), '"')
}

// plain returns how many bytes at the beginning of a text, or some fewer, stand for
// themselves. It looks at eight at a time: most texts are plain as a whole.
func plain(s string) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(s); i += 8 {
		eight := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		quotation, backslash := eight^('"'*ones), eight^('\\'*ones)
		// The top bit of a byte is set that is below a space, or that was one of both.
		if ((eight-' '*ones)&^eight|(quotation-ones)&^quotation|(backslash-ones)&^backslash)&tops != 0 {
			break
		}
	}
	return i
}

// Objects counts the objects in JSON without spaces that have fields: a brace and a name. In
// a text no quotation mark follows a brace but that at its end.
func Objects(data []byte) int {
	n := 0
	for {
		brace := bytes.IndexByte(data, '{')
		if brace < 0 {
			return n
		}
		data = data[brace+1:]
		if len(data) > 1 && data[0] == '"' && bytes.IndexByte([]byte(",:]}"), data[1]) < 0 {
			n++
		}
	}
}
