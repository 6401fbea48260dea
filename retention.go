package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/clinicql/clinicql/db"
)

type retentionCommand struct {
	Apply    string    `arg:"--apply" placeholder:"CODE" help:"Forget what goes by the plan that was shown with this code, within a day of it."`
	Sessions db.Period `arg:"--sessions,env:CLINICQL_RETAIN_SESSIONS" placeholder:"PERIOD" default:"90d" help:"How long sessions are kept that are over, with the address and the browser they came from: days or years, 90d or 6y."`
	Tokens   db.Period `arg:"--tokens,env:CLINICQL_RETAIN_TOKENS" placeholder:"PERIOD" default:"1y" help:"How long API tokens are kept that were revoked or expired."`
	Holds    db.Period `arg:"--holds,env:CLINICQL_RETAIN_HOLDS" placeholder:"PERIOD" default:"90d" help:"How long times are kept that somebody held."`
	Audit    db.Period `arg:"--audit,env:CLINICQL_RETAIN_AUDIT" placeholder:"PERIOD" default:"6y" help:"From when on entries of the audit are counted as due. None is ever removed."`
	Charts   db.Period `arg:"--charts,env:CLINICQL_RETAIN_CHARTS" placeholder:"PERIOD" default:"10y" help:"From when on versions and patients are counted as due, these when they are of age. None is ever removed."`
}

// Run shows what is kept and what is due, or forgets what was shown.
func (c *retentionCommand) Run(ctx context.Context, d *db.DB) error {
	rules := db.RetentionRules{Sessions: c.Sessions, Tokens: c.Tokens, Holds: c.Holds, Audit: c.Audit, Charts: c.Charts}
	if c.Apply != "" {
		return apply(ctx, d, rules, c.Apply, os.Stdout)
	}
	plan, err := d.Retention(ctx, rules, time.Time{})
	if err != nil {
		return err
	}
	show(os.Stdout, plan)
	return nil
}

// show writes a plan as a table, and how it is carried out.
func show(to io.Writer, plan *db.RetentionPlan) {
	const line = "%-19s %-11s %13s %13s  %s\n"
	fmt.Fprintf(to, line, "class", "kept for", "rows", "due", "what is due")
	for _, l := range plan.Lines {
		fate := map[db.Fate]string{db.Goes: "goes by --apply", db.Swept: "is forgotten by the servers", db.Stays: "stays: " + l.Why}[l.Fate]
		fmt.Fprintf(to, line, l.Class, l.KeptFor, thousands(l.Rows), thousands(l.Due), fate)
	}
	if plan.Due() == 0 {
		fmt.Fprintln(to, "There is nothing to forget.")
		return
	}
	fmt.Fprintf(to, "Nothing was changed. To forget what is due: clinicql retention --apply %s\n", plan.Code())
}

// apply forgets what goes by the plan of the code, and says how far it came.
func apply(ctx context.Context, d *db.DB, rules db.RetentionRules, code string, to io.Writer) error {
	plan, err := d.PlanOf(ctx, rules, code)
	if errors.Is(err, db.ErrOtherPlan) {
		return fmt.Errorf("%w by clinicql retention with the same settings, without --apply", err)
	} else if err != nil {
		return err
	}
	gone := map[string]int64{}
	err = d.ForgetOld(ctx, plan, func(class string, n int64) { gone[class] = n })
	for _, l := range plan.Lines {
		if l.Fate == db.Goes && l.Due > 0 {
			fmt.Fprintf(to, "Forgot %s of %s %s that were over before %s.\n", thousands(gone[l.Class]), thousands(l.Due), l.Class, l.Before.Format(time.RFC3339))
		}
	}
	if err != nil {
		return fmt.Errorf("%w; what was forgotten stays so, and clinicql retention shows the rest", err)
	}
	return nil
}
