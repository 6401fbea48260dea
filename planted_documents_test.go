package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph/exec"
	"github.com/vektah/gqlparser/v2/ast"
)

var schema = exec.NewExecutableSchema(exec.Config{}).Schema()

// parents are where fields with arguments hang besides the roots.
var parents = map[string]string{
	"Patient": "patient(id: %q) { %s }", "Practitioner": "practitioner(id: %q) { %s }", "Appointment": "appointment(id: %q) { %s }",
	"AppointmentSeries": "node(id: %q) { ... on AppointmentSeries { %s } }",
	"User":              "viewer { user { %[2]s } }", "Viewer": "viewer { %[2]s }",
}

// plantDocuments plants marks in every argument and every field of an input,
// fitting and not, written out and as variables.
func (f *field) plantDocuments() {
	for _, root := range []*ast.Definition{schema.Query, schema.Mutation} {
		for _, d := range root.Fields {
			if !strings.HasPrefix(d.Name, "__") && d.Name != "signOut" {
				f.plantField(strings.ToLower(root.Name), "", "%[2]s", d, 2)
			}
		}
	}
	for _, noun := range slices.Sorted(maps.Keys(parents)) {
		for _, d := range schema.Types[noun].Fields {
			f.plantField("query", f.ids[noun], parents[noun], d, 1)
		}
	}
}

// plantField plants in one place of the arguments of a field at a time.
func (f *field) plantField(kind, parent, around string, d *ast.FieldDefinition, conditions int) {
	for _, path := range leaves(d.Arguments, conditions) {
		for _, fits := range []bool{true, false} {
			for _, written := range []bool{true, false} {
				where := fmt.Sprintf("%s(%s) fitting=%v written=%v", d.Name, strings.Join(path, "."), fits, written)
				p := &planting{field: f, where: where, fits: fits}
				arguments := map[string]any{}
				for _, a := range d.Arguments {
					switch {
					case a.Name == path[0]:
						arguments[a.Name] = p.value(a.Type, path)
					case a.Type.NonNull && a.DefaultValue == nil:
						arguments[a.Name] = p.value(a.Type, []string{a.Name, ""})
					}
				}
				var document string
				var variables map[string]any
				if written {
					document = kind + " " + fmt.Sprintf("{ "+around+" }", parent, d.Name+literal(arguments, true)+selection(d.Type))
				} else {
					var declared, passed []string
					for name := range arguments {
						declared = append(declared, "$"+name+": "+d.Arguments.ForName(name).Type.String())
						passed = append(passed, name+": $"+name)
					}
					document = kind + "(" + strings.Join(declared, ", ") + ") " +
						fmt.Sprintf("{ "+around+" }", parent, d.Name+"("+strings.Join(passed, ", ")+")"+selection(d.Type))
					variables = arguments
				}
				if kind == "mutation" { // what was changed before can be changed again
					f.exec(`UPDATE clinics SET version = 1 WHERE version > 1; UPDATE rooms SET version = 1 WHERE version > 1;
						UPDATE appointment_types SET version = 1 WHERE version > 1; UPDATE wait_list_entries SET version = 1 WHERE version > 1; UPDATE time_off SET version = 1 WHERE version > 1`, "")
				}
				if code := f.ask("doctor", document, variables, p.marks...); code == "FORBIDDEN" {
					f.ask("admin", document, variables, p.marks...)
				} else if code == "GRAPHQL_VALIDATION_FAILED" && fits || code == "GRAPHQL_PARSE_FAILED" {
					f.t.Errorf("%s: %s is not a document: nothing is tried", where, document)
				}
			}
		}
	}
}

// leaves returns the paths to all values in arguments. No type lies within
// itself, and no more conditions within each other than that.
func leaves(arguments ast.ArgumentDefinitionList, conditions int) (paths [][]string) {
	var walk func(t *ast.Type, path []string, seen []string)
	walk = func(t *ast.Type, path, seen []string) {
		d := schema.Types[t.Name()]
		if d.Kind != ast.InputObject {
			paths = append(paths, slices.Clone(path))
			return
		}
		wheres := 0
		for _, name := range append(seen, d.Name) {
			if strings.HasSuffix(name, "Where") {
				wheres++
			}
		}
		if slices.Contains(seen, d.Name) || wheres > conditions {
			return
		}
		for _, f := range d.Fields {
			walk(f.Type, append(path, f.Name), append(seen, d.Name))
		}
	}
	for _, a := range arguments {
		walk(a.Type, []string{a.Name}, nil)
	}
	return paths
}

// A planting is one operation in the making.
type planting struct {
	*field
	where string
	fits  bool
	marks []string
}

// An enum is written without quotes.
type enum string

// value returns a value of a type: with a mark at the path, else as small as it may be.
func (p *planting) value(t *ast.Type, path []string) any {
	if t.Elem != nil {
		return []any{p.value(t.Elem, path)}
	}
	d := schema.Types[t.NamedType]
	if d.Kind != ast.InputObject {
		if len(path) > 1 {
			return p.usual(d, path[0])
		}
		return p.planted(d, path[0])
	}
	fields := map[string]any{}
	for i, f := range d.Fields {
		oneOf := d.Directives.ForName("oneOf") != nil
		switch {
		case len(path) > 1 && path[1] == f.Name:
			fields[f.Name] = p.value(f.Type, path[1:])
		case oneOf && path[len(path)-1] == "" && i == 0, !oneOf && f.Type.NonNull && f.DefaultValue == nil:
			fields[f.Name] = p.value(f.Type, []string{f.Name, ""})
		}
	}
	return fields
}

// usual returns a value that nothing is wrong with.
func (p *planting) usual(d *ast.Definition, name string) any {
	switch {
	case d.Kind == ast.Enum:
		return enum(d.EnumValues[0].Name)
	case d.Name == "ID":
		for noun, id := range p.ids {
			if strings.EqualFold(noun+"id", name) {
				return id
			}
		}
		return p.ids["Patient"]
	case d.Name == "Int":
		return json.Number("1")
	case d.Name == "Boolean":
		return true
	case d.Name == "Date":
		return "2001-02-03"
	case d.Name == "DateTime":
		return "2027-02-03T10:00:00Z"
	case d.Name == "Duration":
		return "PT15M"
	case d.Name == "LocalTime":
		return "10:00"
	case d.Name == "LocalDateTime":
		return "2027-02-03T10:00"
	}
	return "some text"
}

// planted returns a mark that fits a type or does not.
func (p *planting) planted(d *ast.Definition, name string) any {
	turn := len(p.field.marks)
	switch {
	case !p.fits && (d.Name == "String" || d.Name == "ID") && turn%3 == 0:
		return map[string]any{"a": p.number(), "b": p.mark()}
	case !p.fits && d.Name == "String":
		return p.number()
	case d.Kind == ast.Enum && turn%2 == 0:
		return enum(p.mark())
	case !p.fits || d.Kind == ast.Enum || d.Name == "Boolean":
		return p.mark()
	case d.Name == "Int":
		return p.number()
	case d.Name == "ID":
		kind := db.KindPatient
		for noun := range p.ids {
			if k, ok := db.KindNamed(noun); ok && strings.EqualFold(noun+"id", name) {
				kind = k
			}
		}
		return p.keep(db.NewID(kind).String())
	case d.Name == "EmailAddress":
		return p.mark() + "@clinic.example"
	case d.Name == "Date":
		return p.keep(fmt.Sprintf("%d-%02d-%02d", 1851+turn%90, 1+turn/90%12, 1+turn/1080%28))
	case d.Name == "Duration":
		return "PT" + p.keep(fmt.Sprint(100_000_000+turn)) + "M" // longer than what a log might hold by chance
	case d.Name == "LocalTime": // of which too few are unlike all others to be looked for
		return fmt.Sprintf("%02d:%02d", turn%24, turn%60)
	case d.Name == "LocalDateTime":
		return p.keep(fmt.Sprintf("%d-%02d-%02d", 2041+turn%90, 1+turn/90%12, 1+turn/1080%28)) + "T05:06"
	case d.Name == "DateTime":
		return p.keep(fmt.Sprintf("%d-%02d-%02d", 2041+turn%90, 1+turn/90%12, 1+turn/1080%28)) + "T05:06:07Z"
	case name == "token":
		token, _ := auth.NewToken(auth.LinkToken)
		return p.keep(token)
	}
	return p.mark()
}

func (p *planting) mark() string { return p.keep(p.field.mark(p.where)) }

func (p *planting) number() json.Number { return json.Number(p.keep(p.field.number(p.where).String())) }

func (p *planting) keep(mark string) string {
	p.marks = append(p.marks, mark)
	return p.field.keep(p.where, mark)
}

// literal writes a value as a document does.
func literal(v any, outermost bool) string {
	switch v := v.(type) {
	case enum:
		return string(v)
	case map[string]any:
		var fields []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			fields = append(fields, name+": "+literal(v[name], false))
		}
		if outermost {
			return "(" + strings.Join(fields, ", ") + ")"
		}
		return "{" + strings.Join(fields, ", ") + "}"
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = literal(item, false)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case json.Number:
		return v.String()
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// selection selects what makes a field be looked for.
func selection(t *ast.Type) string {
	d := schema.Types[t.Name()]
	switch {
	case d.Kind == ast.Scalar || d.Kind == ast.Enum:
		return ""
	case d.Fields.ForName("totalCount") != nil:
		return " { totalCount nodes { __typename } }"
	case d.Fields.ForName("nodes") != nil:
		return " { nodes { __typename } }"
	}
	return " { __typename }"
}
