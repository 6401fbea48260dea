package db

import (
	"fmt"
	"reflect"
	"strings"
)

// A whereInput is a pointer to a struct of conditions, such as PatientWhere, or
// nil. Its fields, by their type and tags, are:
//
//   - a filter: compares the column named like the field, or by the tag `db`.
//     The tag `text` says which form of text a column holds;
//   - a bool: equals the column, or with `set:"column"` says whether it is not null;
//   - another whereInput with `via:"appointments.patient_id = id"`: some row of
//     that table, linked so, matches;
//   - an Identifier with `via:"patient_identifiers.owner_id = id"`: there is one;
//   - And, Or and Not.
//
// All that is given must hold.
type whereInput any

// isAbsent says whether w holds no conditions to compile.
func isAbsent(w whereInput) bool {
	return w == nil || reflect.ValueOf(w).Kind() == reflect.Pointer && reflect.ValueOf(w).IsNil()
}

// compileWhere writes the conditions of w on the row alias.
func compileWhere(s *statement, w whereInput, alias string) string {
	if isAbsent(w) {
		return "true"
	}
	v := reflect.ValueOf(w).Elem()
	all := []string{}
	for i := range v.NumField() {
		field, tag := v.Field(i), v.Type().Field(i)
		if field.IsZero() {
			continue
		}
		all = append(all, compileField(s, tag, field, alias)...)
	}
	if len(all) == 0 {
		return "true"
	}
	return "(" + strings.Join(all, " AND ") + ")"
}

func compileField(s *statement, tag reflect.StructField, field reflect.Value, alias string) []string {
	column := alias + "." + columnName(tag.Name)
	if c := tag.Tag.Get("db"); c != "" {
		column = alias + "." + c
	}
	switch value := field.Interface().(type) {
	case condition:
		return value.sql(s, column, tag.Tag.Get("text"))
	case *bool:
		if c := tag.Tag.Get("set"); c != "" {
			unset := !*value
			return isNull(alias+"."+c, &unset)
		}
		return []string{column + " = " + s.arg(*value)}
	case *Identifier:
		inner, link := s.linked(tag.Tag.Get("via"), alias)
		return []string{"EXISTS (SELECT " + link + " AND " + inner + ".system = " + s.arg(value.System) +
			" AND " + inner + ".value = " + s.arg(value.Value) + ")"}
	}
	switch tag.Name {
	case "And", "Or":
		parts := make([]string, field.Len())
		for i := range parts {
			parts[i] = compileWhere(s, field.Index(i).Interface(), alias)
		}
		empty := map[string]string{"And": "true", "Or": "false"}[tag.Name]
		return []string{"(" + strings.Join(append(parts, empty), " "+strings.ToUpper(tag.Name)+" ") + ")"}
	case "Not":
		return []string{"(" + compileWhere(s, field.Interface(), alias) + ") IS NOT TRUE"}
	}
	inner, link := s.linked(tag.Tag.Get("via"), alias)
	return []string{"EXISTS (SELECT " + link + " AND " + compileWhere(s, field.Interface(), inner) + ")"}
}

// linked writes `FROM table inner WHERE …` from a tag such as
// "appointments.patient_id = id", the right side being a column of alias. Only
// rows that are the actor's to see are linked.
func (s *statement) linked(via, alias string) (inner, link string) {
	left, right, ok := strings.Cut(via, " = ")
	name, column, dotted := strings.Cut(left, ".")
	if !ok || !dotted {
		panic(fmt.Sprintf("db: the tag via:%q links nothing", via))
	}
	inner, s.isVaried = alias+"_", true
	s.asksCharts = s.asksCharts || walls[name].chart
	return inner, fmt.Sprintf("FROM %s %s WHERE %s.%s = %s.%s AND %s", name, inner, inner, column, alias, right, s.visible(name, inner))
}

// mentions says whether w, or anything that it joins with and, or, not, sets the field.
func mentions(w whereInput, name string) bool {
	if isAbsent(w) || name == "" {
		return false
	}
	v := reflect.ValueOf(w).Elem()
	if f := v.FieldByName(name); f.IsValid() && !f.IsZero() {
		return true
	}
	for _, join := range []string{"And", "Or"} {
		parts := v.FieldByName(join)
		for i := range parts.Len() {
			if mentions(parts.Index(i).Interface(), name) {
				return true
			}
		}
	}
	return mentions(v.FieldByName("Not").Interface(), name)
}

// key tells queries apart within one operation.
func (q query) key() string {
	var s statement
	if !isAbsent(q.where) {
		s.write(compileWhere(&s, q.where, "t"))
	}
	for _, o := range q.orderBy {
		s.write(" ", o.Field, string(o.Direction))
	}
	for _, n := range []*int32{q.page.First, q.page.Last} {
		if n != nil {
			s.write(fmt.Sprint(" ", *n))
		}
		s.write(";")
	}
	for _, c := range []*string{q.page.After, q.page.Before} {
		if c != nil {
			s.write(" ", *c)
		}
		s.write(";")
	}
	return fmt.Sprint(s.String(), textOf(s.args))
}

// textOf writes arguments so that different ones read differently.
func textOf(args []any) string {
	parts := make([]string, len(args))
	for i, a := range args {
		if v := reflect.ValueOf(a); v.Kind() == reflect.Struct || v.Kind() == reflect.Pointer {
			a = reflect.Indirect(v).Interface()
		}
		parts[i] = fmt.Sprintf("%q", fmt.Sprint(a))
	}
	return strings.Join(parts, ",")
}
