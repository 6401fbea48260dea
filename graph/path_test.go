package graph_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// A path leads from a root of the schema to a type, by the fewest fields, with
// arguments that name one patient and what hangs on them.
type path struct {
	root  *ast.Definition
	steps []string // "patient(id: <Patient>)", "... on Patient"
}

// paths returns the shortest path to each object type. Where two are as short,
// one without a fragment is taken, and the one that the schema names first.
func paths(s *ast.Schema) map[string]path {
	found := map[string]path{}
	for _, root := range roots(s) {
		if found[root.Name].root == nil {
			found[root.Name] = path{root: root}
		}
		for queue := []string{root.Name}; len(queue) > 0; queue = queue[1:] {
			at := found[queue[0]]
			var last []func()
			for _, f := range s.Types[queue[0]].Fields {
				inner := s.Types[f.Type.Name()]
				if strings.HasPrefix(f.Name, "__") || inner.IsLeafType() {
					continue
				}
				lead := func(name string, steps ...string) {
					if _, ok := found[name]; !ok {
						found[name] = path{root, slices.Concat(at.steps, steps)}
						queue = append(queue, name)
					}
				}
				if inner.Kind == ast.Object {
					lead(inner.Name, f.Name+arguments(s, f, inner.Name))
					continue
				}
				last = append(last, func() {
					for _, possible := range s.PossibleTypes[inner.Name] {
						if !strings.HasPrefix(f.Type.String(), "[") {
							lead(possible.Name, f.Name+arguments(s, f, possible.Name), "... on "+possible.Name)
						}
					}
				})
			}
			for _, interfaces := range last {
				interfaces()
			}
		}
	}
	return found
}

// roots are the types at which operations begin.
func roots(s *ast.Schema) []*ast.Definition {
	return slices.DeleteFunc([]*ast.Definition{s.Query, s.Mutation, s.Subscription}, func(d *ast.Definition) bool { return d == nil })
}

// to writes the selection of a field at the end of the path, under an alias.
func (p path) to(s *ast.Schema, alias string, of *ast.Definition, f *ast.FieldDefinition) string {
	steps := append(slices.Clone(p.steps), f.Name+arguments(s, f, f.Type.Name()))
	text := selected(s, f)
	for i, step := range slices.Backward(steps) {
		text = step + text
		if i > 0 {
			text = " { " + text + " }"
		}
	}
	return alias + ": " + text
}

// selected writes the least that shows whether the field holds something.
func selected(s *ast.Schema, f *ast.FieldDefinition) string {
	inner := s.Types[f.Type.Name()]
	switch {
	case inner.IsLeafType():
		return ""
	case inner.Fields.ForName("nodes") != nil:
		return " { nodes { __typename } }"
	}
	return " { __typename }"
}

// arguments writes the arguments that a field needs, and those that name whose
// rows are meant.
func arguments(s *ast.Schema, f *ast.FieldDefinition, noun string) string {
	if noun == "Node" {
		noun = "Patient"
	}
	var all []string
	add := func(a *ast.ArgumentDefinition, value string) { all = append(all, a.Name+": "+value) }
	for _, a := range f.Arguments {
		input := s.Types[a.Type.Name()]
		switch {
		case a.Name == "id":
			add(a, "<"+noun+">")
		case a.Name == "ids":
			add(a, "[<MedicalRecord>, <Patient>]")
		case a.Name == "by":
			add(a, "{id: <"+noun+">}")
		case a.Name == "query":
			add(a, "<mrn>")
		case named[a.Name] != "":
			add(a, named[a.Name])
		case a.Name == "where" && input.Fields.ForName("patientId") != nil:
			add(a, "{patientId: {eq: <Patient>}}")
		case a.Name == "where":
			add(a, "{id: {eq: <"+strings.TrimSuffix(input.Name, "Where")+">}}")
		case a.Type.NonNull && input.Kind == ast.InputObject:
			add(a, leastInput(s, input))
		case a.Type.NonNull && a.DefaultValue == nil:
			add(a, `"Patient"`)
		}
	}
	if all == nil {
		return ""
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// named holds the values of arguments that say which part of the calendar is meant.
var named = map[string]string{
	"practitionerIds": "[<Practitioner>]", "roomIds": "[<Room>]", "roomId": "<Room>", "range": "{date: <day>}", "of": "{patientId: <Patient>}", "from": "<later>", "until": "<end>", "length": shortly,
}

// shortly is how long visits take.
const shortly = `{duration: "PT15M"}`

// inputs holds the values of fields of inputs, by input and field or by field alone.
var inputs = map[string]string{
	"appointmentId": "<Visit>", "glassAccessId": "<OpenGlass>", "sessionId": "<Session>", "apiTokenId": "<ApiToken>", "expectedVersion": "1",
	"practitionerId": "<Practitioner>", "AddCareTeamMemberInput.practitionerId": "<New>",
	"UpdatePractitionerInput.practitionerId": "<New>", "DeactivatePractitionerInput.practitionerId": "<New>", "ReactivatePractitionerInput.practitionerId": "<New>",
	"userId": "<NewUser>", "reason": `"a reason long enough"`, "CancelAppointmentInput.reason": "CLINIC",
	"CreateTimeOffInput.practitionerId": "<New>", "SetWorkingHoursInput.practitionerId": "<New>", "hours": `[{weekday: MONDAY, startTime: "09:00", endTime: "17:00"}]`,
	"CreateRoomInput.name": "<login>", "SaveQueryInput.name": "<login>", "document": `"{ rooms { nodes { id } } }"`, "CreateAppointmentTypeInput.name": "<login>", "CreateAppointmentTypeInput.length": `"PT15M"`, "length": shortly, "endsOn": "<day>",
	"BookAppointmentSeriesInput.startsAt": "<end>", "recurrence": "{frequency: WEEKLY, every: 12, times: 2}", "CancelAppointmentSeriesInput.reason": "CLINIC",
	"startsAt": "<later>", "endsAt": "<end>", "status": "CHECKED_IN", "sex": "FEMALE", "familyName": `"Matrix"`, "diagnosis": `"d"`, "substance": `"s"`, "role": "ANALYST",
	"CreateApiTokenInput.role": "<Role>", "expiresAt": "<end>", "loginName": "<login>", "SignInInput.loginName": "<me>", "displayName": `"Matrix"`, "password": `"` + password + `"`,
	"currentPassword": `"` + password + `"`, "newPassword": `"` + password + `, too"`, "birthDatePrecision": "UNKNOWN", "code": `"000000"`, "token": `"cqc_none"`, "name": `"Matrix"`,
}

// The fields without which an input is refused, though the schema can do without.
var neededFields = []string{"CreatePatientInput.familyName", "CreatePatientInput.birthDatePrecision", "CreatePractitionerInput.familyName",
	"BookAppointmentInput.startsAt", "BookAppointmentInput.endsAt", "RequestAppointmentInput.startsAt", "RequestAppointmentInput.endsAt", "RescheduleAppointmentInput.startsAt",
	"CreateTimeOffInput.practitionerId", "CreateTimeOffInput.startsAt", "CreateTimeOffInput.endsAt", "AddToWaitListInput.practitionerId"}

// leastInput writes the least that an input can hold.
func leastInput(s *ast.Schema, d *ast.Definition) string {
	var all []string
	for _, f := range d.Fields {
		if (!f.Type.NonNull || f.DefaultValue != nil) && !slices.Contains(neededFields, d.Name+"."+f.Name) {
			continue
		}
		value, ok := inputs[d.Name+"."+f.Name]
		if !ok {
			value, ok = inputs[f.Name]
		}
		if noun, isID := strings.CutSuffix(f.Name, "Id"); !ok && isID {
			value, ok = "<"+strings.ToUpper(noun[:1])+noun[1:]+">", true
		}
		if !ok {
			panic(fmt.Sprintf("say in inputs what the least %s.%s is", d.Name, f.Name))
		}
		all = append(all, f.Name+": "+value)
	}
	return "{" + strings.Join(all, ", ") + "}"
}
