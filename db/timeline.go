package db

import (
	"context"
	"encoding/json"
	"time"

	"github.com/clinicql/clinicql/db/calendar"
)

// A TimelineItem is what a patient's timeline is made of: an Appointment or a
// MedicalRecord.
type TimelineItem interface {
	noun
	happened(*Clinic) time.Time
	// IsTimelineItem marks it for the API.
	IsTimelineItem()
}

// IsTimelineItem marks what stands on timelines.
func (*Appointment) IsTimelineItem() {}

// IsTimelineItem marks what stands on timelines.
func (*MedicalRecord) IsTimelineItem() {}

func (a *Appointment) happened(*Clinic) time.Time { return a.StartsAt }

func (r *MedicalRecord) happened(clinic *Clinic) time.Time {
	return calendar.StartOfDay(clinic.location, calendar.Date(r.RecordedOn))
}

// HappenedAt is where it stands on the timeline: its start.
func (a *Appointment) HappenedAt() time.Time { return a.StartsAt }

// HappenedAt is where it stands on the timeline: the start of the day that it
// tells of, on the clinic's clock.
func (r *MedicalRecord) HappenedAt(ctx context.Context) (time.Time, error) {
	clinic, err := r.batch.db.Clinic(ctx)
	if err != nil {
		return time.Time{}, err
	}
	return r.happened(clinic), nil
}

// TimelineConnection is one page of a timeline, newest first.
type TimelineConnection struct {
	page  func(context.Context) (*timelinePage, error)
	count func(context.Context) (*int32, error)
}

// TimelineEdge is an item and its place on a timeline.
type TimelineEdge struct {
	Node   TimelineItem
	Cursor string
}

type timelinePage struct {
	edges []*TimelineEdge
	info  PageInfo
}

// Nodes returns the items of the page.
func (c *TimelineConnection) Nodes(ctx context.Context) ([]TimelineItem, error) {
	p, err := c.page(ctx)
	if err != nil {
		return nil, err
	}
	nodes := make([]TimelineItem, len(p.edges))
	for i, e := range p.edges {
		nodes[i] = e.Node
	}
	return nodes, nil
}

// Edges returns the items with their cursors.
func (c *TimelineConnection) Edges(ctx context.Context) ([]*TimelineEdge, error) {
	p, err := c.page(ctx)
	if err != nil {
		return nil, err
	}
	return p.edges, nil
}

// PageInfo tells where the page lies on the timeline.
func (c *TimelineConnection) PageInfo(ctx context.Context) (*PageInfo, error) {
	p, err := c.page(ctx)
	if err != nil {
		return nil, err
	}
	return &p.info, nil
}

// TotalCount counts what stands on the whole timeline. It is nil for analysts.
func (c *TimelineConnection) TotalCount(ctx context.Context) (*int32, error) { return c.count(ctx) }

// Timeline returns a page of the patient's visits and records as one list,
// newest first. It is nil when the chart is closed to the actor.
func (p *Patient) Timeline(ctx context.Context, first *int32, after *string, last *int32, before *string) (*TimelineConnection, error) {
	if access, err := p.ChartAccess(ctx); err != nil || access == ChartClosed {
		return nil, err
	}
	page := Page{first, after, last, before}
	key, _ := json.Marshal(page)
	asked, err := p.batch.load("timeline "+string(key), func() (any, error) { return newTimeline(ctx, p.batch, page) })
	if err != nil {
		return nil, err
	}
	t := asked.(*timeline)
	return &TimelineConnection{
		page:  func(ctx context.Context) (*timelinePage, error) { return t.page(ctx, p) },
		count: func(ctx context.Context) (*int32, error) { return t.count(ctx, p) },
	}, nil
}
