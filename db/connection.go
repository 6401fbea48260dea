package db

import (
	"context"
)

// Connection is one page of a list, as Relay's specification of cursor
// connections has it.
type Connection[T any] struct {
	rows   []*T
	info   PageInfo
	cursor func(*T) (string, error)
	count  func(context.Context) (int32, error)
}

// Nodes returns the rows of the page.
func (c *Connection[T]) Nodes() []*T { return c.rows }

// Edges returns the rows with their cursors.
func (c *Connection[T]) Edges() []*Edge[T] {
	edges := make([]*Edge[T], len(c.rows))
	for i, row := range c.rows {
		edges[i] = &Edge[T]{Node: row, cursor: c.cursor}
	}
	return edges
}

// PageInfo tells where the page lies in its list.
func (c *Connection[T]) PageInfo() (*PageInfo, error) {
	info := c.info
	if len(c.rows) == 0 {
		return &info, nil
	}
	start, err := c.cursor(c.rows[0])
	if err != nil {
		return nil, err
	}
	end, err := c.cursor(c.rows[len(c.rows)-1])
	info.StartCursor, info.EndCursor = &start, &end
	return &info, err
}

// TotalCount counts the rows of all pages together.
func (c *Connection[T]) TotalCount(ctx context.Context) (int32, error) { return c.count(ctx) }

// Edge is a row and its place in a list.
type Edge[T any] struct {
	Node   *T
	cursor func(*T) (string, error)
}

// Cursor returns the place of the row, to be given to `after` or `before`.
func (e *Edge[T]) Cursor() (string, error) { return e.cursor(e.Node) }

// PageInfo tells where a page lies in its list.
type PageInfo struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}
