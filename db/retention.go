package db

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/clinicql/clinicql/auth"
	"github.com/jmoiron/sqlx"
)

// RetentionRules say for how long what is over is kept, and when somebody is told
// of what nothing removes.
type RetentionRules struct {
	Sessions, Tokens, Holds Period // go
	Audit, Charts           Period // stay
}

// A Fate is what becomes of what is due.
type Fate int

// The fates.
const (
	Goes  Fate = iota // when somebody says so
	Swept             // by the servers, from time to time
	Stays             // whatever is said
)

// A RetentionLine tells of one class of what is kept.
type RetentionLine struct {
	Class   string
	KeptFor string
	Before  time.Time // what was over before is due
	Rows    int64
	Due     int64
	Fate    Fate
	Why     string // it stays

	class *retained
}

// A RetentionPlan tells what is due at an instant.
type RetentionPlan struct {
	At    time.Time
	Lines []RetentionLine
}

// A retained class is counted by one statement as the database's owner, $1 being
// when what is due was over.
type retained struct {
	name  string
	from  string // the table
	over  string // when a row was over
	fate  Fate
	why   string
	age   func(*RetentionRules) Period // nil: that of the server
	fixed time.Duration                // the server's
	words string                       // for fixed
}

// over is when what can be ended before it expires is over.
func over(ended string) string { return "least(t.expires_at, t." + ended + ")" }

// retainedClasses are all of them, in the order in which they are told. Whose age
// is the server's, the servers forget by themselves (ForgetSignIns,
// ForgetIdempotencyKeys, NotifyChanges): what is due of them shows that none runs.
var retainedClasses = []retained{
	{name: "sessions", from: "sessions", over: over("ended_at"), age: func(r *RetentionRules) Period { return r.Sessions }},
	{name: "tokens", from: "api_tokens", over: over("revoked_at"), age: func(r *RetentionRules) Period { return r.Tokens }},
	{name: "holds", from: "slot_holds", over: over("released_at"), age: func(r *RetentionRules) Period { return r.Holds }},
	{name: "sign-in failures", from: "sign_in_failures", over: "t.last_at", fate: Swept, fixed: failureAge, words: "1 hour"},
	{name: "sign-in challenges", from: "sign_in_challenges", over: "t.expires_at", fate: Swept, words: "their time"},
	{name: "password links", from: "password_links", over: "t.expires_at", fate: Swept, words: "their time"},
	{name: "idempotency keys", from: "idempotency_keys", over: "t.created_at", fate: Swept, fixed: idempotencyAge, words: "1 day"},
	{name: "changes to tell of", from: "changes", over: "t.at", fate: Swept, fixed: changesKept, words: "1 day"},
	{name: "audit entries", from: "audit_log", over: "t.at", fate: Stays, why: "the seals hold all of them", age: func(r *RetentionRules) Period { return r.Audit }},
	{name: "versions", over: "t.valid_to", fate: Stays, why: "charts as of any time are made of them", age: func(r *RetentionRules) Period { return r.Charts }},
	{name: "patients", from: "patients", over: lastOfPatient, fate: Stays, why: "a person has to decide", age: func(r *RetentionRules) Period { return r.Charts }},
}

// lastOfPatient is from when on the chart of a patient is kept: since something of
// it was written or happened, and not before they came of age. Whose age is not
// known is never due.
const lastOfPatient = `greatest(t.updated_at, t.birth_date + interval '18 years',
	(SELECT max(a.ends_at) FROM public.appointments a WHERE a.patient_id = t.id),
	(SELECT max(m.updated_at) FROM public.medical_records m WHERE m.patient_id = t.id),
	CASE WHEN t.birth_date IS NULL THEN 'infinity'::timestamptz END)`

// counting is the statement that counts rows, and those that are due.
func (c *retained) counting() string {
	from := "public." + c.from
	switch c.name {
	case "versions":
		var parts []string
		for table := range keptTables {
			parts = append(parts, "SELECT valid_to FROM history."+table)
		}
		from = "(" + strings.Join(parts, " UNION ALL ") + ")"
	case "holds":
		from = "(SELECT * FROM public.slot_holds h WHERE NOT EXISTS (SELECT FROM public.wait_list_entries w WHERE w.slot_hold_id = h.id))"
	}
	return "SELECT count(*) AS rows, count(*) FILTER (WHERE " + c.over + " < $1) AS due FROM " + from + " t"
}

// Retention counts what is due by the rules, at an instant or, where that is zero,
// now. It changes nothing.
func (d *DB) Retention(ctx context.Context, rules RetentionRules, at time.Time) (*RetentionPlan, error) {
	if _, ok := auth.From(ctx); !ok {
		return nil, ErrNoActor
	}
	plan, err := d.countRetained(ctx, &rules, at)
	if err != nil {
		return nil, fmt.Errorf("count what is kept: %w", translate(err))
	}
	return plan, nil
}

func (d *DB) countRetained(ctx context.Context, rules *RetentionRules, at time.Time) (*RetentionPlan, error) {
	tx, err := d.beginReading(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	now := at
	if at.IsZero() {
		if err := tx.GetContext(ctx, &now, "SELECT date_trunc('second', now())"); err != nil {
			return nil, err
		}
	}
	plan := &RetentionPlan{At: now.UTC()}
	for i := range retainedClasses {
		line, err := retainedClasses[i].count(ctx, tx, rules, plan.At)
		if err != nil {
			return nil, err
		}
		plan.Lines = append(plan.Lines, line)
	}
	return plan, nil
}

func (c *retained) count(ctx context.Context, tx *sqlx.Tx, rules *RetentionRules, at time.Time) (RetentionLine, error) {
	line := RetentionLine{Class: c.name, KeptFor: c.words, Before: at.Add(-c.fixed), Fate: c.fate, Why: c.why, class: c}
	if c.age != nil {
		period := c.age(rules)
		line.KeptFor, line.Before = period.String(), period.before(at)
	}
	return line, tx.QueryRowxContext(ctx, c.counting(), line.Before).Scan(&line.Rows, &line.Due)
}

// codeTime is how a code begins.
const codeTime = "20060102T150405Z"

// Code names the instant of the plan and, by a hash, all that goes by it.
func (p *RetentionPlan) Code() string {
	var all strings.Builder
	for _, l := range p.Lines {
		if l.Fate == Goes {
			fmt.Fprintf(&all, "%s %s %d\n", l.Class, l.Before.Format(time.RFC3339), l.Due)
		}
	}
	sum := sha256.Sum256([]byte(all.String()))
	return fmt.Sprintf("%s-%x", p.At.Format(codeTime), sum[:6])
}

// Due is how many rows go by the plan.
func (p *RetentionPlan) Due() (n int64) {
	for _, l := range p.Lines {
		if l.Fate == Goes {
			n += l.Due
		}
	}
	return n
}

// planAge is how long after it was shown a plan can be carried out.
const planAge = 24 * time.Hour

// ErrOtherPlan says that what would go is not what was shown.
var ErrOtherPlan = errors.New("what would go now is not what was shown: look at it again")

// PlanOf returns the plan that a code names, when that is not older than a day and
// all that goes by it is what went by it then.
func (d *DB) PlanOf(ctx context.Context, rules RetentionRules, code string) (*RetentionPlan, error) {
	text, _, _ := strings.Cut(code, "-")
	at, err := time.Parse(codeTime, text)
	if err != nil {
		return nil, fmt.Errorf("%q is not a code that was shown", code)
	}
	plan, err := d.Retention(ctx, rules, at)
	if err != nil {
		return nil, err
	}
	var age float64
	if err := d.owner.GetContext(ctx, &age, "SELECT extract(epoch FROM clock_timestamp() - $1)::float8", at); err != nil {
		return nil, fmt.Errorf("count what is kept: %w", translate(err))
	}
	if plan.Code() != code || age < 0 || age > planAge.Seconds() {
		return nil, ErrOtherPlan
	}
	return plan, nil
}
