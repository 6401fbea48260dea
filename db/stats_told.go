package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// denied notes an err that is a ForbiddenError in the audit.
func (d *DB) denied(ctx context.Context, err error) error {
	var forbidden *ForbiddenError
	if errors.As(err, &forbidden) {
		if failed := d.RecordDenial(ctx, forbidden.Names); failed != nil {
			return failed
		}
	}
	return err
}

// The conditions that analysts may set, by the field of each where input: the
// name that stats.cells knows it by, or the input below. A range is of the field's
// own name.
var askableFields = map[string]string{
	"AppointmentWhere.Status": "status", "AppointmentWhere.Type": "type", "AppointmentWhere.StartsAt": rangeField, "AppointmentWhere.Patient": belowField,
	"AppointmentWhere.Practitioner": belowField, "MedicalRecordWhere.Status": "status", "MedicalRecordWhere.Code": "diagnosis_code",
	"MedicalRecordWhere.RecordedOn": rangeField, "MedicalRecordWhere.Patient": belowField, "MedicalRecordWhere.Practitioner": belowField,
	"PatientWhere.Sex": "sex", "PatientWhere.PreferredLanguage": "preferred_language", "PatientWhere.CreatedAt": rangeField,
	"PractitionerWhere.Specialty": "specialty",
}

const (
	rangeField = "range"
	belowField = "below"
)

// toldQuestion returns the conditions of a question, if it is one that analysts may
// ask. What is wrong with it is said before any of it is run.
func (a *statsAsked) toldQuestion(ctx context.Context) (map[string]string, error) {
	if _, past := pastOf(ctx); past {
		return nil, &ForbiddenError{[]string{"@asOf"}}
	}
	if err := a.checkFamilies(); err != nil {
		return nil, err
	}
	return a.toldConditions()
}

// toldConditions says a question's conditions in the small language of
// stats.cells: values of a few fields, and whole months. Few ways of asking are
// left on purpose, since whoever may ask the same in many ways learns more.
func (a *statsAsked) toldConditions() (map[string]string, error) {
	asked := map[string]string{}
	var found problems
	err := a.told(reflect.ValueOf(a.where), []any{"where"}, asked, &found)
	if err == nil {
		err = found.err()
	}
	return asked, err
}

func (a *statsAsked) told(where reflect.Value, path []any, asked map[string]string, found *problems) error {
	if !where.IsValid() || where.IsNil() {
		return nil
	}
	where = where.Elem()
	var forbidden []string
	for i := range where.NumField() {
		field := where.Field(i)
		if field.IsZero() {
			continue
		}
		name := where.Type().Field(i).Name
		at := append(path[:len(path):len(path)], schemaName(name))
		known := askableFields[where.Type().Name()+"."+name]
		if len(path) > 1 && (known == rangeField || known == "preferred_language") {
			known = ""
		}
		switch known {
		case "":
			forbidden = append(forbidden, where.Type().Name()+"."+schemaName(name))
		case belowField:
			if err := a.told(field, at, asked, found); err != nil {
				return err
			}
		case rangeField:
			a.toldRange(at, asked, found)
		default:
			value, ok := only(field.Elem())
			if !ok {
				found.at(BadFormat, "takes eq alone in statistics for analysts: group by it to compare its values", at...)
			}
			asked[known] = value
		}
	}
	if forbidden != nil {
		return &ForbiddenError{forbidden}
	}
	return nil
}

// schemaName is how the schema calls a field of a where input.
func schemaName(name string) string {
	switch {
	case name == "ID" || name == "MRN":
		return strings.ToLower(name)
	case strings.HasSuffix(name, "ID"):
		name = strings.TrimSuffix(name, "ID") + "Id"
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// only returns the value that a filter is equal to, if it says nothing else.
func only(filter reflect.Value) (string, bool) {
	for i := range filter.NumField() {
		if (filter.Type().Field(i).Name == "Eq") == filter.Field(i).IsZero() {
			return "", false
		}
	}
	return fmt.Sprint(filter.FieldByName("Eq").Elem().Interface()), true
}

// toldRange says a range of whole months, by the clinic's calendar.
func (a *statsAsked) toldRange(at []any, asked map[string]string, found *problems) {
	if !a.span.closed() {
		found.at(Required, "is a range with gte and lt in statistics for analysts", at...)
		return
	}
	for name, end := range map[string]*time.Time{"from": a.span.from, "until": a.span.until} {
		day, isStart := DateOf(*end), true
		if a.statistics != recordStats {
			day = a.clinic.DayOf(*end)
			isStart = a.clinic.StartOf(day).Equal(*end)
		}
		if !isStart || !strings.HasSuffix(string(day), "-01") {
			found.at(OutOfRange, "is a range of whole months of the clinic's calendar in statistics for analysts", at...)
			return
		}
		asked[name] = string(day)
	}
}

// toldStats reads the cells that the database tells analysts of.
func (d *DB) toldStats(ctx context.Context, a *statsAsked, asked map[string]string) ([]*StatsCell, error) {
	var groups []string
	for _, g := range a.GroupBy {
		groups = append(groups, strings.ToLower(g))
	}
	conditions, err := json.Marshal(asked)
	if err != nil {
		return nil, err
	}
	all := &statsKeys{db: d}
	var cells []*StatsCell
	err = d.query(ctx, "SELECT key, told FROM stats.cells($1, $2, $3, $4)",
		[]any{a.name, pq.Array(emptyTexts(groups)), string(conditions), pq.Array(emptyTexts(a.measured()))}, func(r *sqlx.Rows) error {
			var key []string
			var told []byte
			if err := r.Scan(pq.Array(&key), &told); err != nil {
				return err
			}
			cell := all.cell(a.GroupBy, key)
			cell.IsSuppressed = told == nil
			cells = append(cells, cell)
			if told == nil {
				return nil
			}
			return json.Unmarshal(told, &cell.values)
		})
	if err != nil {
		switch {
		case hasCode(err, "54000"): // how many practitioners there are was not known before
			return nil, tooManyCells()
		case hasCode(err, "42501") && slices.Contains(a.GroupBy, "REGION"): // nor whether the clinic has become strict
			return nil, d.denied(ctx, &ForbiddenError{[]string{"StatsKey.region"}})
		}
		return nil, fmt.Errorf("read statistics for analysts: %w", err)
	}
	a.touch(ctx)
	return cells, d.noteFew(ctx, a, cells)
}

// emptyTexts returns texts, none as an empty list.
func emptyTexts(texts []string) []string { return append([]string{}, texts...) }

// checkFamilies refuses groups that say the same twice, of which most cells could
// not have anybody in them.
func (a *statsAsked) checkFamilies() error {
	var found problems
	for i, g := range a.GroupBy {
		for _, other := range a.GroupBy[:i] {
			if a.groups[g].family == a.groups[other].family || a.tellsWeekday(g, other) || a.tellsWeekday(other, g) {
				found.at(OutOfRange, "says the same as "+other+" of statistics for analysts: ask for one of them", "groupBy", i)
			}
		}
	}
	return found.err()
}

// tellsWeekday says whether days or weeks stand beside their weekdays.
func (a *statsAsked) tellsWeekday(days, weekday string) bool {
	return weekday == "WEEKDAY" && a.groups[days].days > 0 && a.groups[days].days <= 7
}
