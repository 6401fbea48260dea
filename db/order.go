package db

import (
	"reflect"
	"slices"
	"strings"
)

// An OrderDirection says which way an order runs.
type OrderDirection string

// The directions.
const (
	Ascending  OrderDirection = "ASC"
	Descending OrderDirection = "DESC"
)

// Order is one step of an order that a client asks for.
type Order struct {
	Field     string
	Direction OrderDirection
}

// maxOrders is how many steps an order may have.
const maxOrders = 4

// An orderKey is one column of an order. Rows without a value come last both ways.
type orderKey struct {
	column   string
	desc     bool
	nullable bool
}

// orderKeys resolves an order to columns. The id breaks ties, or the number that
// it holds, in the direction of the last step, so that most orders run along one index.
func orderKeys[T any](t *table[T], orderBy []*Order) ([]orderKey, error) {
	if len(orderBy) > maxOrders {
		return nil, Invalid("orderBy", TooLong, "has at most 4 steps")
	}
	var keys []orderKey
	seen := map[string]bool{}
	for _, o := range orderBy {
		columns := t.orders[o.Field]
		if columns == "" {
			columns = strings.ToLower(o.Field)
		}
		for _, c := range strings.Split(columns, ", ") {
			if !seen[c] {
				seen[c] = true
				keys = append(keys, orderKey{column: c, desc: o.Direction == Descending, nullable: isNullable[T](c)})
			}
		}
	}
	if len(keys) == 0 {
		keys = append(keys, t.usual...)
	}
	last := orderKey{column: "id", desc: keys[len(keys)-1].desc}
	if t.number != "" {
		last.column = t.number
	}
	if slices.ContainsFunc(keys, func(k orderKey) bool { return k.column == last.column }) {
		return keys, nil
	}
	return append(keys, last), nil
}

// isNullable says whether a column of T can be null, which its Go type tells.
func isNullable[T any](column string) bool {
	f := mapper.TypeMap(reflect.TypeFor[T]()).GetByPath(column)
	return f != nil && f.Field.Type.Kind() == reflect.Pointer
}

// byPseudonym is the order of the lists of analysts when none is asked for: that of
// an index, which tells nothing.
var byPseudonym = []orderKey{{column: "id"}}

// runBy says whether an order is that of the columns, all of them up or all down.
func runBy(keys []orderKey, columns ...string) bool {
	return slices.EqualFunc(keys, columns, func(k orderKey, column string) bool {
		return k == orderKey{column: column, desc: keys[0].desc}
	})
}

func orderSQL(keys []orderKey, backward bool) string {
	parts := make([]string, len(keys))
	for i, k := range keys {
		direction := " ASC"
		if k.desc != backward {
			direction = " DESC"
		}
		if k.nullable {
			direction += " NULLS LAST"
			if backward {
				direction = strings.Replace(direction, "LAST", "FIRST", 1)
			}
		}
		parts[i] = "t." + k.column + direction
	}
	return strings.Join(parts, ", ")
}

// seek writes the condition for rows that come after the values in the order
// of the keys, or before them when backward.
func seek(s *statement, keys []orderKey, values []*string, backward bool) string {
	if condition, ok := seekRow(s, keys, values, backward); ok {
		return condition
	}
	var alternatives []string
	equal := "true"
	for i, k := range keys {
		column := "t." + k.column
		if beyond := seekKey(s, k, column, values[i], backward); beyond != "" {
			alternatives = append(alternatives, "("+equal+" AND "+beyond+")")
		}
		if i == len(keys)-1 {
			break
		}
		if values[i] == nil {
			equal += " AND " + column + " IS NULL"
		} else {
			equal += " AND " + column + " = " + s.arg(*values[i])
		}
	}
	return "(" + strings.Join(alternatives, " OR ") + ")"
}

// seekRow compares all columns at once, which runs along an index; it can where
// none is nullable and all run the same way.
func seekRow(s *statement, keys []orderKey, values []*string, backward bool) (string, bool) {
	if slices.ContainsFunc(keys, func(k orderKey) bool { return k.nullable || k.desc != keys[0].desc }) {
		return "", false
	}
	var columns, places []string
	for i, k := range keys {
		columns = append(columns, "t."+k.column)
		places = append(places, s.arg(*values[i]))
	}
	comparison := " > "
	if keys[0].desc != backward {
		comparison = " < "
	}
	return "(" + strings.Join(columns, ", ") + ")" + comparison + "(" + strings.Join(places, ", ") + ")", true
}

// seekKey writes the condition for a column to lie beyond value; "" where nothing does.
func seekKey(s *statement, k orderKey, column string, value *string, backward bool) string {
	comparison := " > "
	if k.desc != backward {
		comparison = " < "
	}
	switch {
	case value == nil && backward:
		return column + " IS NOT NULL"
	case value == nil:
		return ""
	case k.nullable && !backward:
		return "(" + column + comparison + s.arg(*value) + " OR " + column + " IS NULL)"
	}
	return column + comparison + s.arg(*value)
}
