package db

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// PathText writes a path of names and positions with dots: "identifiers.0.value".
func PathText(path []any) string {
	parts := make([]string, len(path))
	for i, p := range path {
		parts[i] = fmt.Sprint(p)
	}
	return strings.Join(parts, ".")
}

// MaxLength returns how many characters the field of a row type may hold, from
// its tag `max`, or 0 where the tag is missing. The row type is named as in the schema.
func MaxLength(noun, field string) int {
	t, ok := rowTypes[noun]
	if !ok {
		return 0
	}
	f, ok := t.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, field) })
	if !ok {
		return 0
	}
	n, _ := strconv.Atoi(f.Tag.Get("max"))
	return n
}

// CheckText says what is wrong with a text of at most limit characters that a
// person typed, or returns "". Line breaks and tabs are the only control characters.
func CheckText(s string, limit int) (ProblemCode, string) {
	switch {
	case strings.TrimSpace(s) == "":
		return TooShort, "must not be empty"
	case !utf8.ValidString(s) || strings.ContainsFunc(s, isForbidden):
		return BadFormat, "holds characters that cannot be written"
	case len(s) > limit && utf8.RuneCountInString(s) > limit:
		return TooLong, fmt.Sprintf("is longer than %d characters", limit)
	}
	return "", ""
}

func isForbidden(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' || r == utf8.RuneError
}

// A limitedText is a field of a row type that holds a text of some length at most.
type limitedText struct {
	name  string // in the schema
	index []int
	limit int
}

// limitedTexts holds the fields of each row type, as they are looked for with
// every row that is written.
var limitedTexts sync.Map // of reflect.Type to []limitedText

func textsOf(t reflect.Type) []limitedText {
	if known, ok := limitedTexts.Load(t); ok {
		return known.([]limitedText)
	}
	var found []limitedText
	for _, f := range reflect.VisibleFields(t) {
		if limit, err := strconv.Atoi(f.Tag.Get("max")); err == nil {
			found = append(found, limitedText{fieldName(f.Name), f.Index, limit})
		}
	}
	limitedTexts.Store(t, found)
	return found
}

// texts brings every text of the row into its normal form (NFC, without space
// at the ends) and says which ones break their length.
func (p *problems) texts(row any) {
	v := reflect.ValueOf(row).Elem()
	for _, f := range textsOf(v.Type()) {
		text := v.FieldByIndex(f.index)
		if text.Kind() == reflect.Pointer {
			if text.IsNil() {
				continue
			}
			// The pointer may be shared with the caller's input.
			own := reflect.New(text.Type().Elem())
			own.Elem().Set(text.Elem())
			text.Set(own)
			text = own.Elem()
		}
		text.SetString(norm.NFC.String(strings.TrimSpace(text.String())))
		if code, message := CheckText(text.String(), f.limit); code != "" {
			p.add(f.name, code, message)
		}
	}
}

// fieldName turns a Go field's name into the schema's: "PatientID" is "patientId".
func fieldName(name string) string {
	if base, ok := strings.CutSuffix(name, "ID"); ok {
		name = base + "Id"
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// columnName turns a Go field's name into the column's: "PatientID" is "patient_id".
func columnName(name string) string {
	var b strings.Builder
	for i, r := range fieldName(name) {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// IsRequired says whether the field of a row type always has a value.
func IsRequired(noun, field string) bool {
	t, ok := rowTypes[noun]
	if !ok {
		return false
	}
	f, ok := t.FieldByNameFunc(func(name string) bool { return strings.EqualFold(name, field) })
	return ok && f.Type.Kind() != reflect.Pointer && f.Type != reflect.TypeFor[JSON]() // which null empties
}
