package db

import (
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// A condition compares one column with what a client gave.
type condition interface {
	sql(s *statement, column, form string) []string
}

// IDFilter is a condition on a reference; all that is given must hold.
type IDFilter struct {
	Eq     *uuid.UUID
	In     []uuid.UUID
	IsNull *bool
}

func (f *IDFilter) sql(s *statement, column, _ string) []string {
	var all []string
	if f.Eq != nil {
		all = append(all, column+" = "+s.arg(*f.Eq))
	}
	if f.In != nil {
		all = append(all, column+" = ANY("+s.arg(pq.Array(f.In))+"::uuid[])")
	}
	return append(all, isNull(column, f.IsNull)...)
}

// StringFilter is a condition on a text; all that is given must hold.
type StringFilter struct {
	Eq         *string
	In         []string
	StartsWith *string
	Contains   *string
	IsNull     *bool
}

// The forms of text that a column holds, which its filter's tag `text` names.
const (
	foldedText = "folded" // as Fold makes it
	exactText  = "exact"  // compared letter by letter
)

func (f *StringFilter) sql(s *statement, column, form string) []string {
	value, normal := "lower("+column+")", strings.ToLower
	switch form {
	case foldedText:
		value, normal = column, Fold
	case exactText:
		value, normal = column, strings.TrimSpace
	}
	var all []string
	if f.Eq != nil {
		all = append(all, value+" = "+s.arg(normal(*f.Eq)))
	}
	if f.In != nil {
		in := make([]string, len(f.In))
		for i, v := range f.In {
			in[i] = normal(v)
		}
		all = append(all, value+" = ANY("+s.arg(pq.Array(in))+"::text[])")
	}
	isPattern := f.StartsWith != nil && form != foldedText
	s.isVaried = s.isVaried || isPattern || f.Contains != nil
	if f.StartsWith != nil && !isPattern {
		all = append(all, begins(s, column, normal(*f.StartsWith)))
	}
	if isPattern {
		all = append(all, value+" LIKE "+s.arg(likeText(normal(*f.StartsWith))+"%"))
	}
	if f.Contains != nil {
		all = append(all, value+" LIKE "+s.arg("%"+likeText(normal(*f.Contains))+"%"))
	}
	return append(all, isNull(column, f.IsNull)...)
}

// likeText escapes what LIKE would read as a pattern.
func likeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// DateFilter is a condition on a day; all that is given must hold.
type DateFilter struct {
	Eq     *Date
	In     []Date
	Gte    *Date
	Lt     *Date
	IsNull *bool
}

func (f *DateFilter) sql(s *statement, column, _ string) []string {
	var all []string
	if f.Eq != nil {
		all = append(all, column+" = "+s.arg(*f.Eq))
	}
	if f.In != nil {
		all = append(all, column+" = ANY("+s.arg(pq.Array(f.In))+"::date[])")
	}
	if f.Gte != nil {
		all = append(all, column+" >= "+s.arg(*f.Gte))
	}
	if f.Lt != nil {
		all = append(all, column+" < "+s.arg(*f.Lt))
	}
	return append(all, isNull(column, f.IsNull)...)
}

// DateTimeFilter is a condition on an instant; all that is given must hold.
type DateTimeFilter struct {
	Gte    *time.Time
	Lt     *time.Time
	IsNull *bool
}

func (f *DateTimeFilter) sql(s *statement, column, _ string) []string {
	var all []string
	if f.Gte != nil {
		all = append(all, column+" >= "+s.arg(*f.Gte))
	}
	if f.Lt != nil {
		all = append(all, column+" < "+s.arg(*f.Lt))
	}
	return append(all, isNull(column, f.IsNull)...)
}

// EnumFilter is a condition on a value of an enum; all that is given must hold.
type EnumFilter[E ~string] struct {
	Eq *E
	In []E
}

func (f *EnumFilter[E]) sql(s *statement, column, _ string) []string {
	var all []string
	if f.Eq != nil {
		all = append(all, column+" = "+s.arg(string(*f.Eq)))
	}
	if f.In != nil {
		all = append(all, column+" = ANY("+s.arg(pq.Array(f.In))+"::text[])")
	}
	return all
}

func isNull(column string, want *bool) []string {
	switch {
	case want == nil:
		return nil
	case *want:
		return []string{column + " IS NULL"}
	}
	return []string{column + " IS NOT NULL"}
}
