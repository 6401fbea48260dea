package graph

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/clinicql/clinicql/db"
)

// statsQuery returns what a statistic is asked with, and for which measures: those
// that are selected of its cells.
func statsQuery(ctx context.Context, groupBy []string, page db.Page, orderBy []*db.Order) db.StatsQuery {
	op, q := graphql.GetOperationContext(ctx), db.StatsQuery{GroupBy: groupBy, Page: page, OrderBy: orderBy}
	for _, list := range graphql.CollectFields(op, graphql.GetFieldContext(ctx).Field.Selections, []string{"StatsCellConnection"}) {
		cells := []graphql.CollectedField{list}
		if list.Name == "edges" {
			cells = graphql.CollectFields(op, list.Selections, []string{"StatsCellEdge"})
		}
		for _, cell := range cells {
			for _, measure := range graphql.CollectFields(op, cell.Selections, []string{"StatsCell"}) {
				q.Measures = append(q.Measures, measure.Name)
			}
		}
	}
	slices.Sort(q.Measures)
	q.Measures = slices.Compact(q.Measures)
	return q
}
