package db

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx/reflectx"
)

// A toldField is a field of the schema of which versions tell, and the path to
// it in the struct of its row.
type toldField struct {
	name string
	path []int
}

type toldFields[T any] []toldField

// toldOf returns the fields that versions of a row tell of, in the order of its
// struct. A reference is told under the name of what it leads to.
func toldOf[T any]() toldFields[T] {
	var told toldFields[T]
	for _, f := range mapper.TypeMap(reflect.TypeFor[T]()).Index {
		if column := f.Field.Tag.Get("db"); column != "" && f.Field.Tag.Get("history") != "-" {
			told = append(told, toldField{camelCase(strings.TrimSuffix(column, "_id")), f.Index})
		}
	}
	slices.SortFunc(told, func(a, b toldField) int { return slices.Compare(a.path, b.path) })
	return told
}

// changes returns what differs between two versions; all that holds something
// when there is none before.
func (told toldFields[T]) changes(before, after *T) ([]*FieldChange, error) {
	changes := []*FieldChange{}
	for _, f := range told {
		c := &FieldChange{Field: f.name}
		var err error
		if c.After, err = f.tell(after); err != nil {
			return nil, err
		}
		if before != nil {
			if c.Before, err = f.tell(before); err != nil {
				return nil, err
			}
		}
		if !sameText(c.Before, c.After) {
			changes = append(changes, c)
		}
	}
	return changes, nil
}

// tell writes what the field of row holds as JSON, as the API answers it; nil
// for nothing.
func (f toldField) tell(row any) (*string, error) {
	v := reflectx.FieldByIndexesReadOnly(reflect.ValueOf(row), f.path)
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil, nil
		}
		v = v.Elem()
	}
	value := v.Interface()
	switch held := value.(type) {
	case time.Time:
		value = held.UTC()
	case PrescriptionLines:
		value = row.(*MedicalRecord).LinesOfPrescription()
	}
	if list := reflect.ValueOf(value); list.Kind() == reflect.Slice && list.Len() == 0 {
		return nil, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	text := strings.TrimSpace(b.String())
	return &text, nil
}
