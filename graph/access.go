package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// A roleSet is a set of those who may do something. Every actor is exactly one
// bit, so that who may do several things at once is the AND of their sets.
type roleSet uint8

const (
	anonymous roleSet = 1 << iota
	admin
	adminUnderGlass // has broken a glass: may what an administrator may, and reads more
	doctor
	nurse
	receptionist
	analyst
	system // the server itself; it is in every set that there is a policy for

	everybody roleSet = 1<<iota - 1
)

// bits are the roles of users.
var bits = map[auth.Role]roleSet{
	auth.Admin: admin, auth.Doctor: doctor, auth.Nurse: nurse, auth.Receptionist: receptionist, auth.Analyst: analyst, auth.System: system,
}

// seesStatements are those who are told with each answer how many SQL statements
// it took: they run the server, or write queries of their own. Of what others read
// by name, a broken glass included, the numbers could tell what they may not see.
const seesStatements = admin | analyst

// bitOf returns what a is in the sets; 0, which is in none, for a role that is not known.
func bitOf(a auth.Actor) roleSet {
	switch {
	case a.Name == "" || a.Role == auth.Nobody:
		return anonymous
	case a.Role == auth.Admin && len(a.OpenGlass()) > 0:
		return adminUnderGlass
	}
	return bits[a.Role]
}

// A coordinate is the place of a policy in the schema: a field of a type, a
// field of an input, or a value of an enum.
type coordinate struct{ of, name string }

func (c coordinate) String() string {
	if c.of == "" {
		return c.name // a directive
	}
	return c.of + "." + c.name
}

// A policy says who may use what of the schema.
type policy struct {
	schema *ast.Schema
	sets   map[coordinate]roleSet
	seen   map[coordinate]string // in which form analysts see fields of patients' data, and of what stands beside it
	holds  map[string]bool       // the inputs and enums with policies of their own, or within
	nouns  map[db.Kind]string    // the types of what `node` reads
	walks  *lru.Cache[*ast.OperationDefinition, *walk]
}

// may says whether a may use the field or value called name of a type. What has
// no policy is for nobody.
func (p *policy) may(a auth.Actor, of, name string) bool {
	return p.sets[coordinate{of, name}]&bitOf(a) != 0
}

// mayRead says whether a may know that there are things of the type noun: the
// right to their ids.
func (p *policy) mayRead(a auth.Actor, noun string) bool { return p.may(a, noun, "id") }

// readable puts the id of nothing in the place of each that the actor's role
// may not read, so that it is answered as one that does not exist.
func (p *policy) readable(ctx context.Context, ids []uuid.UUID) []uuid.UUID {
	actor, _ := auth.From(ctx)
	ids = slices.Clone(ids)
	for i, id := range ids {
		if !p.mayRead(actor, p.nouns[db.KindOf(id)]) {
			ids[i] = uuid.Nil
		}
	}
	return ids
}

// forbid refuses an operation to somebody who may not use what is named.
func (e *executor) forbid(ctx context.Context, as roleSet, names []string) *gqlerror.Error {
	if as == anonymous {
		return refusal("UNAUTHENTICATED", "sign in first")
	}
	if err := e.db.RecordDenial(ctx, names); err != nil {
		return e.present(ctx, err) // what is not in the audit is not told
	}
	refused := refusal("FORBIDDEN", "your role may not use "+strings.Join(names, ", "))
	refused.Extensions["denied"] = names
	return refused
}

// compilePolicy reads the policies of a schema. It returns an error that names
// everything that has none.
func compilePolicy(schema *ast.Schema) (*policy, error) {
	walks, err := lru.New[*ast.OperationDefinition, *walk](cachedDocuments)
	if err != nil {
		return nil, err
	}
	c := &compiler{
		policy:    &policy{schema: schema, sets: map[coordinate]roleSet{}, seen: map[coordinate]string{}, holds: map[string]bool{}, nouns: map[db.Kind]string{}, walks: walks},
		audiences: map[string]roleSet{},
	}
	c.readAudiences()
	var inputs []*ast.Definition
	for _, d := range schema.Types {
		switch {
		case d.BuiltIn || strings.HasPrefix(d.Name, "__"):
		case d.Kind == ast.Object:
			c.object(d)
		case d.Kind == ast.InputObject || d.Kind == ast.Enum:
			inputs = append(inputs, d)
		}
	}
	for _, d := range inputs {
		c.input(d)
	}
	for grown := true; grown; {
		grown = false
		for _, d := range inputs {
			if !c.holds[d.Name] && slices.ContainsFunc(d.Fields, func(f *ast.FieldDefinition) bool { return c.holds[f.Type.Name()] }) {
				c.holds[d.Name], grown = true, true
			}
		}
	}
	slices.Sort(c.problems)
	for _, problem := range c.problems {
		err = errors.Join(err, errors.New(problem))
	}
	return c.policy, err
}

type compiler struct {
	*policy
	audiences map[string]roleSet
	problems  []string
}

func (c *compiler) readAudiences() {
	definition := c.schema.Types["Audience"]
	if definition == nil {
		c.problems = append(c.problems, "there is no enum Audience")
		return
	}
	for _, v := range definition.EnumValues {
		set := system
		roles := v.Directives.ForName("roles")
		for _, role := range words(roles, "are") {
			set |= bits[auth.Role(role)]
		}
		if set&admin != 0 {
			set |= adminUnderGlass
		}
		for _, role := range words(roles, "underGlass") {
			if auth.Role(role) != auth.Admin {
				c.problems = append(c.problems, v.Name+" names another role than ADMIN under glass")
			}
			set |= adminUnderGlass
		}
		if slices.Equal(words(roles, "anonymous"), []string{"true"}) {
			set |= anonymous
		}
		c.audiences[v.Name] = set
	}
}

// words returns the names that an argument of a directive lists; one may stand
// without brackets.
func words(d *ast.Directive, argument string) []string {
	if d == nil || d.Arguments.ForName(argument) == nil {
		return nil
	}
	value := d.Arguments.ForName(argument).Value
	if value.Kind != ast.ListValue {
		return []string{value.Raw}
	}
	var names []string
	for _, child := range value.Children {
		names = append(names, child.Value.Raw)
	}
	return names
}

// allowed returns the union of the audiences that an argument of a directive
// names; 0 when there is no such directive.
func (c *compiler) allowed(d *ast.Directive, argument string) roleSet {
	var set roleSet
	for _, name := range words(d, argument) {
		set |= c.audiences[name]
	}
	return set
}

func (c *compiler) object(d *ast.Definition) {
	if kind, ok := db.KindNamed(d.Name); ok {
		c.nouns[kind] = d.Name
	}
	isRoot := d == c.schema.Query || d == c.schema.Mutation || d == c.schema.Subscription
	whole := d.Directives.ForName("fields")
	if isRoot && whole != nil {
		c.problems = append(c.problems, d.Name+" is a root: its fields name their policies themselves")
	}
	for _, f := range d.Fields {
		own := f.Directives.ForName("allow")
		set := c.allowed(own, "to")
		switch {
		case strings.HasPrefix(f.Name, "__"):
			set = c.audiences["SIGNED_IN"]
		case own == nil && !isRoot:
			set = c.allowed(whole, "allow")
		}
		if all := c.allowed(whole, "allow"); own != nil && all&^set != 0 && !isRoot {
			c.problems = append(c.problems, fmt.Sprintf("%s.%s is for fewer than @fields of its type says, so that forgetting would show", d.Name, f.Name))
		}
		c.set(d, f.Name, set)
		for _, a := range f.Arguments {
			if allow := a.Directives.ForName("allow"); allow != nil {
				c.set(d, argumentName(f.Name, a.Name), c.allowed(allow, "to"))
			}
		}
	}
	c.analysts(d)
}

// argumentName is how a coordinate names an argument of a field.
func argumentName(field, argument string) string { return field + "(" + argument + ":)" }

// set writes a policy down. Who has broken a glass reads more and writes no more.
func (c *compiler) set(d *ast.Definition, name string, set roleSet) {
	if d == c.schema.Mutation && set&admin == 0 {
		set &^= adminUnderGlass
	}
	at := coordinate{d.Name, name}
	if set == 0 {
		c.problems = append(c.problems, at.String()+" has no policy")
	}
	c.sets[at] = set
}

// tells returns the type whose values an input or enum tells of, as conditions,
// keys and orders do. Everything else in an input has the policy of the field
// that takes it.
func tells(d *ast.Definition) (noun string, ok bool) {
	suffixes := []string{"Where", "Key"}
	if d.Kind == ast.Enum {
		suffixes = []string{"OrderField"}
	}
	for _, suffix := range suffixes {
		if noun, ok = strings.CutSuffix(d.Name, suffix); ok {
			return noun, true
		}
	}
	return "", false
}

func (c *compiler) input(d *ast.Definition) {
	noun, isAbout := tells(d)
	if isAbout && c.schema.Types[noun] == nil {
		c.problems = append(c.problems, fmt.Sprintf("%s tells of no type of the schema", d.Name))
	}
	member := func(name, field string, allow *ast.Directive) {
		set := c.allowed(allow, "to")
		if allow == nil && !isAbout {
			return
		}
		same, form, ok := c.namesake(noun, field)
		if ok && allow != nil {
			set &= same // narrower than what is read, never wider
		} else if ok {
			set = same
		}
		if form != "" && !slices.Contains(asked, form) {
			set &^= analyst
		}
		c.holds[d.Name] = true
		c.set(d, name, set)
		if at := (coordinate{d.Name, name}); isAbout && c.sees(noun) {
			c.seen[at] = form
		}
	}
	for _, f := range d.Fields {
		if f.Type.Name() != d.Name { // and, or, not have the policies of what they join
			member(f.Name, f.Name, f.Directives.ForName("allow"))
		}
	}
	for _, v := range d.EnumValues {
		member(v.Name, camel(v.Name), v.Directives.ForName("allow"))
	}
}

// namesake returns the policy of the field that a condition, key or order is about,
// and in which form analysts see it.
func (c *compiler) namesake(noun, name string) (set roleSet, form string, ok bool) {
	for _, field := range []string{name, strings.TrimSuffix(name, "Id")} {
		at := coordinate{noun, field}
		if set, ok := c.sets[at]; ok {
			return set, c.seen[at], true
		}
	}
	return 0, "", false
}

// camel writes a value of an enum as a field: FAMILY_NAME is familyName.
func camel(value string) string {
	words := strings.Split(strings.ToLower(value), "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
