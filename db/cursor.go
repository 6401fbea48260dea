package db

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

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

// cursorOf returns the place of row in the order of l.
func (l *listing[T, P]) cursorOf(row *T) (string, error) {
	paths, binding := l.places()
	v := reflect.ValueOf(row)
	values := make([]*string, len(l.keys))
	for i, path := range paths {
		text, err := columnText(reflectx.FieldByIndexesReadOnly(v, path))
		if err != nil {
			return "", fmt.Errorf("make a cursor of %s.%s: %w", l.table.name, l.keys[i].column, err)
		}
		values[i] = text
	}
	plain, err := json.Marshal(values)
	if err != nil {
		return "", err
	}
	return l.db.cursors.Load().seal(plain, binding), nil
}

// columnText writes a value so that Postgres reads it back equal; nil for null.
func columnText(v reflect.Value) (*string, error) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil, nil
		}
		v = v.Elem()
	}
	var text string
	switch value := v.Addr().Interface().(type) {
	case *uuid.UUID:
		text = value.String()
	case *time.Time:
		text = value.UTC().Format(time.RFC3339Nano)
	default:
		if v.Kind() == reflect.String {
			text = v.String()
			break
		}
		value, err := driver.DefaultParameterConverter.ConvertValue(v.Interface())
		if err != nil {
			return nil, err
		}
		text = fmt.Sprint(value)
	}
	return &text, nil
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
