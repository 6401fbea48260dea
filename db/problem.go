package db

import (
	"errors"
	"strings"
)

// A ProblemCode says in which way a value breaks a rule.
type ProblemCode string

// The codes of problems; the schema documents them.
const (
	Required         ProblemCode = "REQUIRED"
	TooShort         ProblemCode = "TOO_SHORT"
	TooLong          ProblemCode = "TOO_LONG"
	TooCommon        ProblemCode = "TOO_COMMON"
	OutOfRange       ProblemCode = "OUT_OF_RANGE"
	BadFormat        ProblemCode = "BAD_FORMAT"
	BadCursor        ProblemCode = "BAD_CURSOR"
	InThePast        ProblemCode = "IN_THE_PAST"
	InTheFuture      ProblemCode = "IN_THE_FUTURE"
	NotUnique        ProblemCode = "NOT_UNIQUE"
	UnknownReference ProblemCode = "UNKNOWN_REFERENCE"
	Inactive         ProblemCode = "INACTIVE"
	Archived         ProblemCode = "ARCHIVED"
	Deceased         ProblemCode = "DECEASED"
	EndBeforeStart   ProblemCode = "END_BEFORE_START"
	OutsideHours     ProblemCode = "OUTSIDE_HOURS"
	DuringTimeOff    ProblemCode = "TIME_OFF"
	WithinBuffer     ProblemCode = "BUFFER"
	IllegalStep      ProblemCode = "ILLEGAL_STEP"
	UnknownTimeZone  ProblemCode = "UNKNOWN_TIME_ZONE"
	SkippedTime      ProblemCode = "SKIPPED_TIME"
	AmbiguousTime    ProblemCode = "AMBIGUOUS_TIME"
	NotAllowedNow    ProblemCode = "NOT_ALLOWED_NOW"
	WrongSecret      ProblemCode = "WRONG_SECRET"
)

// A Problem is one rule that one value breaks.
type Problem struct {
	Path    []any       `json:"path"` // names of fields and positions in lists, outermost first
	Code    ProblemCode `json:"code"`
	Message string      `json:"message"`
}

// InvalidError holds all that is wrong with an input. Nothing was written.
type InvalidError struct{ Problems []Problem }

func (e *InvalidError) Error() string {
	parts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		parts[i] = PathText(p.Path) + " " + p.Message
	}
	return strings.Join(parts, "; ")
}

// Invalid returns an InvalidError with one problem.
func Invalid(field string, code ProblemCode, message string) error {
	return &InvalidError{[]Problem{{Path: []any{field}, Code: code, Message: message}}}
}

// A malformedError is what a scalar says of a text that it cannot be.
type malformedError struct{ message string }

func (e *malformedError) Error() string { return e.message }

func malformed(message string) error { return &malformedError{message} }

// problems gathers what is wrong with a row.
type problems struct{ found []Problem }

func (p *problems) add(field string, code ProblemCode, message string) {
	p.found = append(p.found, Problem{Path: []any{field}, Code: code, Message: message})
}

// at adds a problem of a value within others.
func (p *problems) at(code ProblemCode, message string, path ...any) {
	p.found = append(p.found, Problem{Path: path, Code: code, Message: message})
}

// take adds the problems that err is made of, or returns it when it is another error.
func (p *problems) take(err error) error {
	var invalid *InvalidError
	if !errors.As(err, &invalid) {
		return err
	}
	p.found = append(p.found, invalid.Problems...)
	return nil
}

func (p *problems) err() error {
	if len(p.found) == 0 {
		return nil
	}
	return &InvalidError{p.found}
}
