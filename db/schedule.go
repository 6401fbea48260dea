package db

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// ScheduleRange says which days a calendar shows, by exactly one of its fields.
type ScheduleRange struct {
	Date   *Date
	WeekOf *Date
	Days   *DateRange
}

// Schedule is the calendar of some days, a column per practitioner and room.
type Schedule struct {
	StartsOn, EndsOn Date // the first day, and the one after the last
	StartsAt, EndsAt time.Time
	TimeZone         string
	Columns          []*ScheduleColumn
}

// ScheduleColumn is what the calendar shows of one practitioner or one room.
type ScheduleColumn struct {
	Practitioner *Practitioner
	Room         *Room

	id       uuid.UUID
	schedule *Schedule
}

// WorkingPeriod is a span of work, or a break, on one day.
type WorkingPeriod struct {
	Kind     WorkingHoursKind
	StartsAt time.Time
	EndsAt   time.Time
}

// WorkingPeriods returns hours and breaks that touch the days.
func (c *ScheduleColumn) WorkingPeriods(ctx context.Context) ([]*WorkingPeriod, error) {
	panic("not written")
}

// TimeOff returns absences and holidays that touch the days.
func (c *ScheduleColumn) TimeOff(ctx context.Context) ([]*TimeOff, error) { panic("not written") }

// Holds returns the times that are held for somebody now.
func (c *ScheduleColumn) Holds(ctx context.Context) ([]*SlotHold, error) { panic("not written") }

// Appointments returns the visits that touch the days.
func (c *ScheduleColumn) Appointments(ctx context.Context) ([]*Appointment, error) {
	panic("not written")
}
