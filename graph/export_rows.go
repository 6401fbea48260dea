package graph

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// A column is a value of each row: what a path of names leads to within it.
type column struct {
	name string // the path with dots
	path []string
}

// columnsOf returns the columns of what is selected of a row, in the order of the
// selections. Objects are taken apart; a list is one column.
func columnsOf(set ast.SelectionSet) []column {
	var all []column
	known := map[string]bool{}
	var look func(set ast.SelectionSet, path []string)
	look = func(set ast.SelectionSet, path []string) {
		for _, s := range set {
			switch s := s.(type) {
			case *ast.Field:
				at := append(path[:len(path):len(path)], s.Alias)
				if s.Name != "__typename" && s.Definition.Type.Elem == nil && len(s.SelectionSet) > 0 {
					look(s.SelectionSet, at)
				} else if name := strings.Join(at, "."); !known[name] {
					known[name] = true
					all = append(all, column{name, at})
				}
			case *ast.InlineFragment:
				look(s.SelectionSet, path)
			case *ast.FragmentSpread:
				look(s.Definition.SelectionSet, path)
			}
		}
	}
	look(set, nil)
	return all
}

// A pageOfRows is what an answer holds of a list.
type pageOfRows struct {
	rows   []json.RawMessage
	more   bool
	cursor *string
}

// page finds the rows in an answer. It returns false where the way there ends in null.
func (p *exportPlan) page(data []byte) (*pageOfRows, bool, error) {
	here := json.RawMessage(data)
	for _, name := range p.path {
		var object map[string]json.RawMessage
		if err := json.Unmarshal(here, &object); err != nil {
			return nil, false, err
		}
		if here = object[name]; len(here) == 0 || string(here) == "null" {
			return nil, false, nil
		}
	}
	var list map[string]json.RawMessage
	var where struct {
		HasNextPage bool
		EndCursor   *string
	}
	page := &pageOfRows{}
	for _, read := range []func() error{
		func() error { return json.Unmarshal(here, &list) },
		func() error { return json.Unmarshal(list[exportPage], &where) },
		func() error { return json.Unmarshal(list[p.rows], &page.rows) },
	} {
		if err := read(); err != nil {
			return nil, false, err
		}
	}
	if p.node != "" {
		for i, edge := range page.rows {
			var object map[string]json.RawMessage
			if err := json.Unmarshal(edge, &object); err != nil {
				return nil, false, err
			}
			page.rows[i] = object[p.node]
		}
	}
	page.more, page.cursor = where.HasNextPage, where.EndCursor
	return page, true, nil
}

// A format writes an export.
type format struct {
	media string
	begin func(*bytes.Buffer, []column)
	row   func(*bytes.Buffer, []column, json.RawMessage) error
}

// formats are those of the endings of addresses.
var formats = map[string]*format{
	"csv":    {"text/csv; charset=utf-8; header=present", csvHeader, csvRow},
	"ndjson": {"application/x-ndjson; charset=utf-8", func(*bytes.Buffer, []column) {}, ndjsonRow},
}

// ndjsonRow writes a row as the API answers it, which is JSON in one line.
func ndjsonRow(b *bytes.Buffer, _ []column, row json.RawMessage) error {
	b.Write(row)
	b.WriteByte('\n')
	return nil
}

func csvHeader(b *bytes.Buffer, columns []column) {
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.name
	}
	csvLine(b, cells)
}

func csvRow(b *bytes.Buffer, columns []column, row json.RawMessage) error {
	var values any
	decoder := json.NewDecoder(bytes.NewReader(row))
	decoder.UseNumber()
	if err := decoder.Decode(&values); err != nil {
		return err
	}
	cells := make([]string, len(columns))
	for i, c := range columns {
		cell := values
		for _, name := range c.path {
			object, _ := cell.(map[string]any)
			cell = object[name]
		}
		var err error
		if cells[i], err = csvCell(cell); err != nil {
			return err
		}
	}
	csvLine(b, cells)
	return nil
}

// csvCell writes a value. A text that a spreadsheet would take for a formula has an
// apostrophe before it; what is no text is none.
func csvCell(value any) (string, error) {
	switch value := value.(type) {
	case nil:
		return "", nil
	case string:
		if value != "" && strings.ContainsRune("=+-@\t\r\n", rune(value[0])) {
			return "'" + value, nil
		}
		return value, nil
	case json.Number:
		return value.String(), nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// csvLine writes a record of RFC 4180.
func csvLine(b *bytes.Buffer, cells []string) {
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(cell, "\",\r\n") || strings.TrimSpace(cell) != cell || len(cells) == 1 && cell == "" {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	b.WriteString("\r\n")
}
