package db

import (
	"context"
	"sync"
)

// Connection is one page of a list, as Relay's specification of cursor
// connections has it. Its rows are read when they are first asked for, and so
// is its count: whoever wants one does not pay for the other.
type Connection[T any] struct {
	page  func(context.Context) (*page[T], error)
	count func(context.Context) (*int32, error)
}

// A page is the rows of a Connection.
type page[T any] struct {
	rows   []*T
	info   PageInfo
	cursor func(*T) (string, error)
}

// Nodes returns the rows of the page.
func (c *Connection[T]) Nodes(ctx context.Context) ([]*T, error) {
	p, err := c.page(ctx)
	if err != nil {
		return nil, err
	}
	return p.rows, nil
}

// first returns the first row of the page, or nil.
func (c *Connection[T]) first(ctx context.Context) (*T, error) {
	rows, err := c.Nodes(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0], nil
}

// Edges returns the rows with their cursors.
func (c *Connection[T]) Edges(ctx context.Context) ([]*Edge[T], error) {
	p, err := c.page(ctx)
	if err != nil {
		return nil, err
	}
	all, edges := make([]Edge[T], len(p.rows)), make([]*Edge[T], len(p.rows))
	for i, row := range p.rows {
		all[i] = Edge[T]{Node: row, cursor: p.cursor}
		edges[i] = &all[i]
	}
	return edges, nil
}

// PageInfo tells where the page lies in its list.
func (c *Connection[T]) PageInfo(ctx context.Context) (*PageInfo, error) {
	p, err := c.page(ctx)
	if err != nil {
		return nil, err
	}
	info := p.info
	if len(p.rows) > 0 {
		info.ends = p
	}
	return &info, nil
}

// TotalCount counts the rows of all pages together. It is nil for analysts where
// few patients stand behind them.
func (c *Connection[T]) TotalCount(ctx context.Context) (*int32, error) { return c.count(ctx) }

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

	ends ends // nil for a page without rows
}

// ends are the first and the last row of a page, whose cursors are made when they are asked for.
type ends interface {
	start() (string, error)
	end() (string, error)
}

// StartCursor returns the place of the first row; nil where there is none.
func (i *PageInfo) StartCursor() (*string, error) {
	if i.ends == nil {
		return nil, nil
	}
	cursor, err := i.ends.start()
	return &cursor, err
}

// EndCursor returns the place of the last row; nil where there is none.
func (i *PageInfo) EndCursor() (*string, error) {
	if i.ends == nil {
		return nil, nil
	}
	cursor, err := i.ends.end()
	return &cursor, err
}

func (p *page[T]) start() (string, error) { return p.cursor(p.rows[0]) }

func (p *page[T]) end() (string, error) { return p.cursor(p.rows[len(p.rows)-1]) }

// madeEnds are ends whose cursors there are.
type madeEnds struct{ first, last string }

func (e madeEnds) start() (string, error) { return e.first, nil }

func (e madeEnds) end() (string, error) { return e.last, nil }

// onDemand returns what read returns at the first call, which may come from
// several fields at once.
func onDemand[T any](read func(context.Context) (T, error)) func(context.Context) (T, error) {
	var once sync.Once
	var value T
	var err error
	return func(ctx context.Context) (T, error) {
		once.Do(func() { value, err = read(ctx) })
		return value, err
	}
}
