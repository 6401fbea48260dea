// Package examples is a library of queries that explain the schema, one file each.
//
// A file begins with lines of comments that are not part of its document: title and
// description in each language, as "# title.en: …", and "# variables: {…}".
package examples

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/clinicql/clinicql/db"
)

//go:embed *.graphql
var files embed.FS

// Languages are those that every example is written in; the first is for whoever
// prefers none of them.
var Languages = []string{"en", "ka"}

// An Example is one file.
type Example struct {
	ID        string // the name of the file
	Document  string
	Variables db.JSON
	about     map[string]string // by "title.en"
}

// A Query is an example in one language.
type Query struct {
	ID, Title, Description, Document string
	Variables                        db.JSON
}

// In returns the example in one of the Languages.
func (e *Example) In(language string) *Query {
	return &Query{e.ID, e.about["title."+language], e.about["description."+language], e.Document, e.Variables}
}

// All returns the library in its order, which is that of the number that each file's
// name begins with. It returns an error for a file that lacks something.
func All() ([]*Example, error) {
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var all []*Example
	for _, entry := range entries {
		text, err := files.ReadFile(entry.Name())
		if err != nil {
			return nil, err
		}
		_, name, _ := strings.Cut(strings.TrimSuffix(path.Base(entry.Name()), ".graphql"), "-")
		e, err := read(name, string(text))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		all = append(all, e)
	}
	return all, nil
}

// read takes the text of a file apart.
func read(name, text string) (*Example, error) {
	e := &Example{ID: name, about: map[string]string{}}
	wanted := []string{"variables"}
	for _, language := range Languages {
		wanted = append(wanted, "title."+language, "description."+language)
	}
	for {
		line, rest, _ := strings.Cut(text, "\n")
		key, value, ok := strings.Cut(strings.TrimPrefix(line, "# "), ": ")
		if !strings.HasPrefix(line, "# ") || !ok || !slices.Contains(wanted, key) {
			break
		}
		e.about[key], text = strings.TrimSpace(value), rest
	}
	for _, key := range wanted {
		if e.about[key] == "" {
			return nil, fmt.Errorf("it has no %s", key)
		}
	}
	e.Document, e.Variables = strings.TrimSpace(text)+"\n", db.JSON(e.about["variables"])
	_, err := e.Variables.Values()
	return e, err
}
