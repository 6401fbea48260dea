package graph

import (
	"context"
	"regexp"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/clinicql/clinicql/graph/examples"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/text/language"
)

// A library is the examples that fit the schema.
type library []*offered

// An offered example is for whoever may use all that it asks for.
type offered struct {
	*examples.Example
	walk      *walk
	variables map[string]any
}

func newLibrary(schema *ast.Schema, p *policy) library {
	all, err := examples.All()
	if err != nil {
		panic(err) // they are part of the program
	}
	var l library
	for _, e := range all {
		variables, err := e.Variables.Values()
		if err != nil {
			panic(err)
		}
		if doc, errs := gqlparser.LoadQueryWithRules(schema, e.Document, plainRules); errs == nil {
			l = append(l, &offered{e, p.walk(doc.Operations[0]), variables})
		}
	}
	return l
}

// of returns the examples that the actor may run, in the language of the request.
func (l library) of(ctx context.Context, clinic *db.Clinic) []*examples.Query {
	actor, _ := auth.From(ctx)
	as, told := bitOf(actor), languageOf(ctx)
	queries := []*examples.Query{}
	for _, e := range l {
		if len(e.walk.refused(as, e.variables)) == 0 && !(isDiscreet(ctx) && e.walk.isAboutSchema()) {
			query := e.In(told)
			query.Variables = at(query.Variables, clinic, clinic.DayOf(time.Now()))
			queries = append(queries, query)
		}
	}
	return queries
}

// ofExamples finds the language among those of the examples that somebody prefers.
var ofExamples = func() language.Matcher {
	var tags []language.Tag
	for _, l := range examples.Languages {
		tags = append(tags, language.MustParse(l))
	}
	return language.NewMatcher(tags)
}()

// languageOf returns the language of examples that the request's Accept-Language prefers.
func languageOf(ctx context.Context) string {
	preferred := graphql.GetOperationContext(ctx).Headers.Get("Accept-Language")
	_, place := language.MatchStrings(ofExamples, preferred)
	return examples.Languages[place]
}

// aTime is how a file says when, so many days from now on or at the beginning of a month
// so many from now on: "instant:-30", "date:0", "instant:-12 months".
var aTime = regexp.MustCompile(`"(instant|date):(-?\d+)( months)?"`)

// at writes the times that variables name as those of a day, by the clinic's calendar.
func at(variables db.JSON, clinic *db.Clinic, today db.Date) db.JSON {
	begin, err := time.Parse(time.DateOnly, string(today))
	if err != nil {
		panic(err) // a day has that form
	}
	return aTime.ReplaceAllFunc(variables, func(named []byte) []byte {
		parts := aTime.FindSubmatch(named)
		n, _ := strconv.Atoi(string(parts[2]))
		day := begin.AddDate(0, 0, n)
		if parts[3] != nil {
			day = time.Date(begin.Year(), begin.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		}
		if string(parts[1]) == "date" {
			return strconv.AppendQuote(nil, day.Format(time.DateOnly))
		}
		return strconv.AppendQuote(nil, clinic.StartOf(db.DateOf(day)).UTC().Format(time.RFC3339))
	})
}
