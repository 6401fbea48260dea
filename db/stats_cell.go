package db

import (
	"context"
	"math"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// An AgeBand is a range of ages in years.
type AgeBand string

// ageBands are those of the facts, in their order.
var ageBands = []AgeBand{"AGE_0_4", "AGE_5_17", "AGE_18_29", "AGE_30_44", "AGE_45_59", "AGE_60_74", "AGE_75_89", "AGE_90_OR_MORE", "UNKNOWN"}

// chapters are the numbers of ICD-10's chapters in the order of their first codes,
// as the facts count them.
var chapters = strings.Fields("I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XXII XX XXI")

// StatsCell is one cell of a statistic: the measures of all that share a key.
type StatsCell struct {
	Key          *StatsKey
	IsSuppressed bool
	values       map[string]*float64 // by the names of the measures
	place        *statsPlace         // in the list
}

// StatsKey says which cell it is. What was not grouped by is nil, and so is what
// those in the cell have none of.
type StatsKey struct {
	values []string // in the order of the groups; "" for none
	groups []string
	all    *statsKeys
}

// statsKeys are the keys of one answer, whose practitioners are read together.
type statsKeys struct {
	db   *DB
	keys []*StatsKey
	read func(context.Context) (map[uuid.UUID]*Practitioner, error)
}

func (k *statsKeys) cell(groups, values []string) *StatsCell {
	if k.read == nil {
		k.read = onDemand(k.practitioners)
	}
	key := &StatsKey{values: values, groups: groups, all: k}
	k.keys = append(k.keys, key)
	return &StatsCell{Key: key, values: map[string]*float64{}}
}

func (k *statsKeys) practitioners(ctx context.Context) (map[uuid.UUID]*Practitioner, error) {
	var ids []uuid.UUID
	for _, key := range k.keys {
		if id, ok := key.practitionerID(); ok {
			ids = append(ids, id)
		}
	}
	return byID(ctx, k.db, practitioners, ids)
}

// value returns the key's part for the first of the groups that was asked for.
func (k *StatsKey) value(groups ...string) *string {
	for i, g := range k.groups {
		for _, wanted := range groups {
			if g == wanted && k.values[i] != "" {
				return &k.values[i]
			}
		}
	}
	return nil
}

// numbered returns the one of the names that the key's part for a group counts, from first on.
func numbered[T ~string](k *StatsKey, group string, names []T, first int) *T {
	v := k.value(group)
	if v == nil {
		return nil
	}
	n, err := strconv.Atoi(*v)
	if err != nil || n < first || n-first >= len(names) {
		return nil
	}
	return &names[n-first]
}

func (k *StatsKey) practitionerID() (uuid.UUID, bool) {
	v := k.value("PRACTITIONER", "PRIMARY_PRACTITIONER")
	if v == nil {
		return uuid.Nil, false
	}
	return practitionerKey(*v)
}

// Practitioner returns whose cell it is, or nil.
func (k *StatsKey) Practitioner(ctx context.Context) (*Practitioner, error) {
	id, ok := k.practitionerID()
	if !ok {
		return nil, nil
	}
	all, err := k.all.read(ctx)
	return all[id], err
}

// PractitionerLabel returns the practitioner's name.
func (k *StatsKey) PractitionerLabel(ctx context.Context) (*string, error) {
	p, err := k.Practitioner(ctx)
	if p == nil || err != nil {
		return nil, err
	}
	name := p.DisplayName()
	return &name, nil
}

// Specialty returns that of the practitioner.
func (k *StatsKey) Specialty() *string { return k.value("SPECIALTY") }

// Status returns where the visit or the record stands.
func (k *StatsKey) Status() *string { return k.value("STATUS") }

// Type returns the type of visit.
func (k *StatsKey) Type() *string { return k.value("TYPE") }

// Reason returns the folded reason.
func (k *StatsKey) Reason() *string { return k.value("REASON") }

// Weekday returns the day of the week.
func (k *StatsKey) Weekday() *Weekday { return numbered(k, "WEEKDAY", Weekdays, 1) }

// Hour returns the hour of the day.
func (k *StatsKey) Hour() *int32 {
	v := k.value("HOUR")
	if v == nil {
		return nil
	}
	n, _ := strconv.Atoi(*v)
	hour := int32(n)
	return &hour
}

// DayOn returns the day.
func (k *StatsKey) DayOn() *Date { return (*Date)(k.value("DAY")) }

// WeekOn returns the Monday of the week.
func (k *StatsKey) WeekOn() *Date { return (*Date)(k.value("WEEK")) }

// MonthOn returns the first day of the month.
func (k *StatsKey) MonthOn() *Date { return (*Date)(k.value("MONTH", "REGISTERED_MONTH")) }

// QuarterOn returns the first day of the quarter.
func (k *StatsKey) QuarterOn() *Date { return (*Date)(k.value("QUARTER")) }

// AgeBand returns the range of ages.
func (k *StatsKey) AgeBand() *AgeBand { return numbered(k, "AGE_BAND", ageBands, 0) }

// Sex returns the patients' sex.
func (k *StatsKey) Sex() *Sex { return (*Sex)(k.value("SEX")) }

// Region returns the beginning of the postal code.
func (k *StatsKey) Region() *string { return k.value("REGION") }

// DiagnosisCode returns the code.
func (k *StatsKey) DiagnosisCode() *string { return k.value("DIAGNOSIS_CODE") }

// DiagnosisCategory returns the first three characters of a code of ICD-10.
func (k *StatsKey) DiagnosisCategory() *string { return k.value("DIAGNOSIS_CATEGORY") }

// DiagnosisChapter returns the chapter of ICD-10.
func (k *StatsKey) DiagnosisChapter() *string { return numbered(k, "DIAGNOSIS_CHAPTER", chapters, 1) }

// PreferredLanguage returns the language tag.
func (k *StatsKey) PreferredLanguage() *string { return k.value("PREFERRED_LANGUAGE") }

func (c *StatsCell) whole(measure string) *int32 {
	v := c.values[measure]
	if v == nil {
		return nil
	}
	n := int32(math.Round(*v))
	return &n
}

// duration returns a measure in minutes, to the minute.
func (c *StatsCell) duration(measure string) *Duration {
	v := c.values[measure]
	if v == nil {
		return nil
	}
	length := Minutes(int(math.Round(*v)))
	return &length
}

// The measures: those that were asked for, and have a value.
func (c *StatsCell) Count() *int32                  { return c.whole("count") }
func (c *StatsCell) DistinctPatients() *int32       { return c.whole("distinctPatients") }
func (c *StatsCell) NoShowRate() *float64           { return c.values["noShowRate"] }
func (c *StatsCell) CancellationRate() *float64     { return c.values["cancellationRate"] }
func (c *StatsCell) LateCancellationRate() *float64 { return c.values["lateCancellationRate"] }
func (c *StatsCell) BookedMinutes() *int32          { return c.whole("bookedMinutes") }
func (c *StatsCell) Utilisation() *float64          { return c.values["utilisation"] }
func (c *StatsCell) LeadTimeMedian() *Duration      { return c.duration("leadTimeMedian") }
func (c *StatsCell) LeadTimeP90() *Duration         { return c.duration("leadTimeP90") }
func (c *StatsCell) WaitMedian() *Duration          { return c.duration("waitMedian") }
func (c *StatsCell) VisitLengthMedian() *Duration   { return c.duration("visitLengthMedian") }
func (c *StatsCell) ThirdNextAvailable() *Duration  { return c.duration("thirdNextAvailable") }
func (c *StatsCell) CodedShare() *float64           { return c.values["codedShare"] }
func (c *StatsCell) TimeToSignMedian() *Duration    { return c.duration("timeToSignMedian") }
func (c *StatsCell) VisitsPerPatient() *float64     { return c.values["visitsPerPatient"] }
func (c *StatsCell) AgeMedian() *float64            { return c.values["ageMedian"] }

// The types that pages of cells are made of.
type (
	StatsCellConnection = Connection[StatsCell]
	StatsCellEdge       = Edge[StatsCell]
	StatsCellOrder      = Order
)
