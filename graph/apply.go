package graph

import (
	"fmt"
	"reflect"
	"strings"
)

// apply copies what input sets onto the fields of row that have the same names,
// and returns row. A field that the client left out keeps the row's value; null
// empties it. What only says which row is meant, which version, or why, is passed over.
func apply[T any](row *T, input any) *T {
	to, from := reflect.ValueOf(row).Elem(), reflect.ValueOf(input)
	for i := range from.NumField() {
		name, v := from.Type().Field(i).Name, from.Field(i)
		dst := to.FieldByName(name)
		if !dst.IsValid() {
			if name == "ExpectedVersion" || name == "Reason" || name == to.Type().Name()+"ID" || to.FieldByName(strings.TrimSuffix(name, "ID")).IsValid() {
				continue // the last: what a row embeds, such as the appointment of a booking
			}
			panic(fmt.Sprintf("%T has no field for %T.%s", row, input, name))
		}
		if o, ok := v.Interface().(interface{ IsSet() bool }); ok {
			if !o.IsSet() {
				continue
			}
			v = v.MethodByName("Value").Call(nil)[0]
		}
		switch {
		case v.Kind() != reflect.Pointer && dst.Kind() == reflect.Pointer:
			p := reflect.New(v.Type())
			p.Elem().Set(v)
			v = p
		case v.Kind() == reflect.Pointer && dst.Kind() != reflect.Pointer:
			if v.IsNil() {
				continue // refused for changes; for a new row the rule of the row decides
			}
			v = v.Elem()
		}
		dst.Set(v)
	}
	return row
}
