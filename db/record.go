package db

import (
	"bytes"
	"database/sql"
	"database/sql/driver"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/lib/pq/oid"
)

// A record is a row as record_send makes it: one value, in which neither the server nor the
// driver turns columns into texts and back. Its layout is that of binary values in the
// protocol of Postgres: how many columns, and of each its type, its length and itself. The
// driver writes over it when it reads the next one.
type record []byte

// records holds what the records of one statement say.
type records struct {
	text  strings.Builder // what is full is left to the rows whose texts are in it
	taken int             // how many values of the driver
	texts maker[string]   // of columns that can be null
	ids   maker[uuid.UUID]

	instant time.Time
	at      reflect.Value // instant
}

func newRecords() *records {
	r := &records{texts: maker[string]{least: 4}}
	r.at = reflect.ValueOf(&r.instant).Elem()
	return r
}

// How many bytes are taken at once for texts, at least where there are several records, and at
// most beyond what one needs.
const (
	leastRecords = 2 << 10
	mostRecords  = 16 << 10
)

// read takes a record.
func (r *records) read(value driver.Value) (record, error) {
	raw, ok := value.([]byte)
	if !ok || len(raw) < 4 {
		return nil, errShort
	}
	r.makeRoom(len(raw))
	return record(raw[4:]), nil
}

// each takes an array of records and hands on one after the other. It is laid out as that of
// textArray.fill.
func (r *records) each(value driver.Value, take func(record) error) error {
	raw, ok := value.([]byte)
	switch {
	case !ok || len(raw) < 12:
		return errShort
	case binary.BigEndian.Uint32(raw) == 0:
		return nil // of no dimension
	case len(raw) < 20:
		return errShort
	}
	r.makeRoom(len(raw))
	rest := raw[20:]
	for range binary.BigEndian.Uint32(raw[12:]) {
		if len(rest) < 8 {
			return errShort
		}
		length := int(integer(rest[:4]))
		if rest = rest[4:]; length < 4 || len(rest) < length {
			return errShort
		}
		if err := take(record(rest[4:length])); err != nil {
			return err
		}
		rest = rest[length:]
	}
	return nil
}

// makeRoom makes room for the texts of a value of so many bytes.
func (r *records) makeRoom(size int) {
	if size > r.text.Cap()-r.text.Len() {
		if r.taken > 0 {
			size = max(size, min(mostRecords, max(leastRecords, 2*r.text.Cap())))
		}
		r.text = strings.Builder{}
		r.text.Grow(size)
	}
	r.taken++
}

// keep copies a text of a record, for which there is room.
func (r *records) keep(text []byte) string {
	start := r.text.Len()
	r.text.Write(text)
	return r.text.String()[start:]
}

var errShort = errors.New("a record of the database ends early")

// A maker makes what one statement fills, several at a time.
type maker[T any] struct {
	free  []T
	least int // how many are made at once; 0 for one
	made  int
}

// mostMade is how many rows are made at once.
const mostMade = 16

func (m *maker[T]) row() *T {
	if len(m.free) == 0 {
		m.free = make([]T, min(max(m.made, m.least, 1), mostMade))
	}
	row := &m.free[0]
	m.free = m.free[1:]
	m.made++
	return row
}

// next takes the next column off the record.
func (r *record) next() (t oid.Oid, value []byte, isNull bool, err error) {
	if len(*r) < 8 {
		return 0, nil, false, errShort
	}
	t, length := oid.Oid(binary.BigEndian.Uint32(*r)), int(int32(binary.BigEndian.Uint32((*r)[4:])))
	rest := (*r)[8:]
	if length < 0 {
		*r = rest
		return t, nil, true, nil
	}
	if len(rest) < length {
		return 0, nil, false, errShort
	}
	*r = rest[length:]
	return t, rest[:length], false, nil
}

// skip returns the record without its first columns.
func (r record) skip(columns int) (rest record, err error) {
	for range columns {
		if _, _, _, err = r.next(); err != nil {
			break
		}
	}
	return r, err
}

// A way is how a field is set to a column. The commonest have one of their own, in which a
// field is not looked at as an interface: of that the most of a long list would be.
type way byte

const (
	otherwise way = iota
	asPlain       // texts, numbers and truths of Go, which nothing reads in its own way
	asID
	asIDOrNull
	asTextOrNull
	asInstant
)

// wayOf returns the way of fields of a type.
func wayOf(field reflect.Type) way {
	switch field {
	case reflect.TypeFor[uuid.UUID]():
		return asID
	case reflect.TypeFor[*uuid.UUID]():
		return asIDOrNull
	case reflect.TypeFor[*string]():
		return asTextOrNull
	case reflect.TypeFor[time.Time]():
		return asInstant
	case reflect.TypeFor[Date]():
		return otherwise
	}
	switch field.Kind() {
	case reflect.String, reflect.Bool, reflect.Int16, reflect.Int32, reflect.Int64:
		if !reflect.PointerTo(field).Implements(reflect.TypeFor[sql.Scanner]()) {
			return asPlain
		}
	}
	return otherwise
}

// fill sets the fields of row, which it points to, to the first columns of a record, and returns
// the rest.
func (p *picked) fill(row any, r record, of *records) (rest record, err error) {
	v := reflect.ValueOf(row).Elem()
	for i, path := range p.paths {
		t, value, isNull, err := r.next()
		if err != nil {
			return nil, err
		}
		if isNull {
			continue
		}
		if err = of.set(v.FieldByIndex(path), p.ways[i], t, value); err != nil {
			return nil, fmt.Errorf("column %s: %w", p.columns[i], err)
		}
	}
	return r, nil
}

// set sets a field in its way to a value of a type of Postgres.
func (r *records) set(field reflect.Value, as way, t oid.Oid, value []byte) error {
	switch {
	case as == asPlain:
		return r.setPlain(field, t, value)
	case as == asID && isID(t, value):
		copy(field.Bytes(), value)
	case as == asIDOrNull && isID(t, value):
		id := r.ids.row()
		copy(id[:], value)
		field.Set(reflect.ValueOf(id))
	case as == asTextOrNull && isText(t):
		text := r.texts.row()
		*text = r.keep(value)
		field.Set(reflect.ValueOf(text))
	case as == asInstant && t == oid.T_timestamptz && len(value) == 8:
		r.instant = instantOf(value)
		field.Set(r.at)
	default:
		return r.setColumn(field, t, value)
	}
	return nil
}

// setColumn sets a field to a value of a type of Postgres.
func (r *records) setColumn(field reflect.Value, t oid.Oid, value []byte) error {
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	switch target := field.Addr().Interface().(type) {
	case *time.Time:
		if t == oid.T_timestamptz && len(value) == 8 {
			*target = instantOf(value)
			return nil
		}
	case *Date:
		if t == oid.T_date && len(value) == 4 {
			*target = DateOf(time.Unix(epochOfPostgres.Unix()+integer(value)*secondsOfDay, 0).UTC())
			return nil
		}
	case *textArray:
		return target.fill(t, r.keep(value))
	case *pq.StringArray:
		return (*textArray)(target).fill(t, r.keep(value))
	case sql.Scanner:
		return r.scan(target, t, value)
	}
	if field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.Uint8 && t == oid.T_jsonb && len(value) > 0 {
		field.SetBytes(bytes.Clone(value[1:])) // after the version of its layout
		return nil
	}
	return r.setPlain(field, t, value)
}

// setPlain sets a field of a kind that stands for itself.
func (r *records) setPlain(field reflect.Value, t oid.Oid, value []byte) error {
	switch kind := field.Kind(); {
	case kind == reflect.String && isText(t):
		field.SetString(r.keep(value))
	case kind == reflect.Bool && t == oid.T_bool && len(value) == 1:
		field.SetBool(value[0] != 0)
	case field.CanInt() && isInteger(t, value):
		field.SetInt(integer(value))
	default:
		return fmt.Errorf("%s is not read from type %d", field.Type(), t)
	}
	return nil
}

// scan hands a value to what reads it as the driver would have it.
func (r *records) scan(target sql.Scanner, t oid.Oid, value []byte) error {
	switch {
	case isInteger(t, value):
		return target.Scan(integer(value))
	case isText(t):
		return target.Scan(r.keep(value))
	case t == oid.T_jsonb && len(value) > 0:
		return target.Scan(bytes.Clone(value[1:]))
	case t == oid.T_time && len(value) == 8:
		return target.Scan(time.Time{}.AddDate(-1, 0, 0).Add(time.Duration(integer(value)) * time.Microsecond))
	}
	return fmt.Errorf("%T is not read from type %d", target, t)
}

// fill takes an array of one dimension, of texts or of ids, of which none is null. Before
// them stand how many dimensions it has, whether there are nulls, the type, how many there
// are and from where on, in four bytes each.
func (a *textArray) fill(t oid.Oid, value string) error {
	if t != oid.T__text && t != oid.T__uuid {
		return fmt.Errorf("texts are not read from type %d", t)
	}
	*a = textArray{}
	if len(value) < 20 {
		return nil // of no dimension
	}
	for rest := value[20:]; len(rest) > 0; {
		if len(rest) < 4 {
			return errShort
		}
		length := int(integer(rest[:4]))
		if rest = rest[4:]; length < 0 || len(rest) < length {
			return errShort
		}
		text := rest[:length]
		if t == oid.T__uuid && length == len(uuid.UUID{}) {
			text = uuid.UUID([]byte(text)).String()
		}
		*a, rest = append(*a, text), rest[length:]
	}
	return nil
}

func isID(t oid.Oid, value []byte) bool { return t == oid.T_uuid && len(value) == len(uuid.UUID{}) }

func isText(t oid.Oid) bool { return t == oid.T_text || t == oid.T_varchar || t == oid.T_bpchar }

func isInteger(t oid.Oid, value []byte) bool {
	return t == oid.T_int2 && len(value) == 2 || t == oid.T_int4 && len(value) == 4 || t == oid.T_int8 && len(value) == 8
}

// integer reads a number of two, four or eight bytes.
func integer[V string | []byte](value V) int64 {
	n := int64(int8(value[0])) // of which the first says the sign
	for i := 1; i < len(value); i++ {
		n = n<<8 | int64(value[i])
	}
	return n
}

const secondsOfDay = 24 * 60 * 60

var epochOfPostgres = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// instantOf reads microseconds since the epoch of Postgres.
func instantOf(value []byte) time.Time {
	return time.UnixMicro(epochOfPostgres.UnixMicro() + integer(value)).UTC()
}
