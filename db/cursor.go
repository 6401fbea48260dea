package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx/reflectx"
)

// binding names what a cursor is bound to: the table, as what it is seen, and the
// columns of its order.
func (l *listing[T, P]) binding() []byte {
	name := l.table.name
	if l.isDeidentified {
		name = "deid." + name
	}
	return []byte(name + orderSQL(l.keys, false))
}

// findPlaces finds where the values of a cursor are in a row, and what it is bound to.
func (l *listing[T, P]) findPlaces() ([][]int, []byte) {
	columns := make([]string, len(l.keys))
	for i, k := range l.keys {
		columns[i] = k.column
	}
	return mapper.TraversalsByName(reflect.TypeFor[T](), columns), l.binding()
}

// cursorOf returns the place of row in the order of l: the values, as a list of texts in JSON.
func (l *listing[T, P]) cursorOf(row *T) (string, error) {
	paths, binding := l.places()
	return l.db.cursors.Load().sealPlace(reflect.ValueOf(row), paths, binding)
}

// sealPlace seals what is at some paths in a row.
func (k *cursorKey) sealPlace(row reflect.Value, paths [][]int, binding []byte) (string, error) {
	s := k.take()
	defer s.giveBack()
	plain := append(s.plain[:0], '[')
	for i, path := range paths {
		if i > 0 {
			plain = append(plain, ',')
		}
		var err error
		if plain, err = appendColumn(plain, reflectx.FieldByIndexesReadOnly(row, path)); err != nil {
			return "", fmt.Errorf("make a cursor of %s: %w", binding, err)
		}
	}
	s.plain = append(plain, ']')
	return s.seal(s.plain, binding), nil
}

// appendColumn writes a value as a text that Postgres reads back equal, and null as null.
func appendColumn(to []byte, v reflect.Value) ([]byte, error) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return append(to, "null"...), nil
		}
		v = v.Elem()
	}
	switch value := v.Addr().Interface().(type) {
	case *uuid.UUID:
		return append(AppendID(append(to, '"'), *value), '"'), nil
	case *time.Time:
		return append(value.UTC().AppendFormat(append(to, '"'), time.RFC3339Nano), '"'), nil
	}
	if v.Kind() == reflect.String {
		return appendJSON(to, v.String())
	}
	value, err := driver.DefaultParameterConverter.ConvertValue(v.Interface())
	if err != nil {
		return nil, err
	}
	return appendJSON(to, fmt.Sprint(value))
}

// appendJSON writes a text as encoding/json does, whose cursors other servers know.
func appendJSON(to []byte, text string) ([]byte, error) {
	for _, r := range text {
		switch r {
		case '"', '\\', '<', '>', '&', '\u2028', '\u2029', utf8.RuneError:
		default:
			if r >= ' ' {
				continue
			}
		}
		quoted, err := json.Marshal(text)
		return append(to, quoted...), err
	}
	return append(append(append(to, '"'), text...), '"'), nil
}

// open reads a cursor that a client gave as the argument called name.
func (l *listing[T, P]) open(name string, cursor *string) ([]*string, error) {
	if cursor == nil {
		return nil, nil
	}
	invalid := Invalid(name, BadCursor, "is no cursor of this list in this order")
	plain, ok := l.db.cursors.Load().unseal(*cursor, l.binding())
	if !ok {
		return nil, invalid
	}
	var values []*string
	if json.Unmarshal(plain, &values) != nil || len(values) != len(l.keys) {
		return nil, invalid
	}
	return values, nil
}
