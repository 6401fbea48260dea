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

// A library holds the examples that fit the schema.
type library struct {
	all     []*offered
	without []string // ids of those that do not fit
}

// An offered example is for whoever may use all that it asks for.
type offered struct {
	*examples.Example
	walk      *walk
	variables map[string]any
}

func newLibrary(schema *ast.Schema, p *policy) *library {
	all, err := examples.All()
	if err != nil {
		panic(err) // they are part of the program
	}
	l := &library{}
	for _, e := range all {
		variables, err := e.Variables.Values()
		if err != nil {
			panic(err)
		}
		doc, errs := gqlparser.LoadQueryWithRules(schema, e.Document, plainRules)
		if errs != nil {
			l.without = append(l.without, e.ID)
			continue
		}
		l.all = append(l.all, &offered{e, p.walk(doc.Operations[0]), variables})
	}
	return l
}

// of returns the examples that the actor may run, in the language of the request.
func (l *library) of(ctx context.Context) []*examples.Query {
	actor, _ := auth.From(ctx)
	as, told := bitOf(actor), languageOf(ctx)
	queries := []*examples.Query{}
	for _, e := range l.all {
		if len(e.walk.refused(as, e.variables)) == 0 && !(isDiscreet(ctx) && e.walk.isAboutSchema()) {
			query := e.In(told)
			query.Variables = at(query.Variables, time.Now())
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

// aTime is how a file says when, so many days from now on: "instant:-30", "date:0".
var aTime = regexp.MustCompile(`"(instant|date):(-?\d+)"`)

// at writes the times that variables name as those of a day.
func at(variables db.JSON, now time.Time) db.JSON {
	today := now.UTC().Truncate(24 * time.Hour)
	return aTime.ReplaceAllFunc(variables, func(named []byte) []byte {
		parts := aTime.FindSubmatch(named)
		days, _ := strconv.Atoi(string(parts[2]))
		form := time.RFC3339
		if string(parts[1]) == "date" {
			form = time.DateOnly
		}
		return strconv.AppendQuote(nil, today.AddDate(0, 0, days).Format(form))
	})
}
