package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"strings"
	"time"

	"github.com/lib/pq"
)

// ErrNotFound says that there is no such row, or that it is not the actor's to
// see; the two are not told apart.
var ErrNotFound = errors.New("there is no such thing")

// ErrUnavailable says that the database cannot be reached or is not ready.
// The same call may succeed later.
var ErrUnavailable = errors.New("the database cannot be reached at the moment")

// ErrTookTooLong says that the database ended a statement that took longer than one
// may. Whatever is one is an ErrUnavailable too.
var ErrTookTooLong = errors.New("a statement took too long")

// ErrNoWrites says that the database answers and has no room for changes, so
// that nothing was changed. Whatever is one is an ErrUnavailable too.
var ErrNoWrites = errors.New("the database takes no changes at the moment: nothing was changed")

// ErrIdempotencyMismatch says that an idempotency key was used with another
// input before.
var ErrIdempotencyMismatch = errors.New("this idempotency key was used with another input")

// ErrSignIn says that a login name and a password do not belong together,
// whether or not there is such a user.
var ErrSignIn = errors.New("the login name or the password is wrong")

// RateLimitedError says that too much was tried in a short time, and how long
// to wait.
type RateLimitedError struct{ RetryAfter time.Duration }

func (e *RateLimitedError) Error() string {
	return fmt.Sprintf("too many tries: wait %d seconds", max(1, int(math.Ceil(e.RetryAfter.Seconds()))))
}

// ForbiddenError says what of an operation is not the actor's to use.
type ForbiddenError struct{ Names []string }

func (e *ForbiddenError) Error() string {
	return "your role may not use " + strings.Join(e.Names, ", ")
}

// ConflictError says in which way a write contradicts what is stored.
type ConflictError struct{ Message string }

func (e *ConflictError) Error() string { return e.Message }

// What can be in the way of a visit.
const (
	PractitionerBusy = "PRACTITIONER"
	PatientBusy      = "PATIENT"
	RoomBusy         = "ROOM"
	TimeHeld         = "HOLD"
)

// SlotTakenError says that the time that was asked for is not free, what kind
// of thing is in the way, and when it is free next. Of a series, Taken holds
// each time that is not free.
type SlotTakenError struct {
	Kind     string
	NextFree []FreeTime
	Taken    []TakenTime
}

// A FreeTime is when a visit could be instead.
type FreeTime struct {
	StartsAt time.Time `json:"startsAt"`
	EndsAt   time.Time `json:"endsAt"`
}

// A TakenTime is the start of a visit of a series whose time is not free.
type TakenTime struct {
	StartsAt time.Time `json:"startsAt"`
	Kind     string    `json:"kind"`
}

func (e *SlotTakenError) Error() string {
	switch e.Kind {
	case RoomBusy:
		return "another visit is in the room at that time"
	case TimeHeld:
		return "that time is held for somebody"
	}
	return "the " + strings.ToLower(e.Kind) + " is busy at that time"
}

// whoIsBusy holds the constraints that keep anybody from being in two places at once.
var whoIsBusy = map[string]string{
	"appointments_practitioner_free":       PractitionerBusy,
	"appointments_practitioner_overbooked": PractitionerBusy,
	"appointments_patient_free":            PatientBusy,
	"appointments_room_free":               RoomBusy,
	"appointments_room_overbooked":         RoomBusy,
}

// VersionConflictError says that a row has changed since the caller read it.
type VersionConflictError struct {
	Current   any      // the row as it is now
	Columns   []string // what differs from the version that the caller had
	ChangedAt time.Time
}

func (e *VersionConflictError) Error() string { return "somebody changed this since you read it" }

// The constraints that a write can break though its check passed, because they
// look at other rows, with the field that each is about.
var constraintFields = map[string]string{
	"patient_identifiers_pkey":                  "identifiers",
	"practitioner_identifiers_pkey":             "identifiers",
	"patients_primary_practitioner_id":          "primaryPractitionerId",
	"saved_queries_name":                        "name",
	"users_login_name":                          "loginName",
	"users_login_name_check":                    "loginName",
	"users_one_for_practitioner":                "practitionerId",
	"users_practitioner_id":                     "practitionerId",
	"care_team_members_once":                    "practitionerId",
	"care_team_members_practitioner_id":         "practitionerId",
	"care_team_members_patient_id":              "patientId",
	"glass_accesses_patient_id":                 "patientId",
	"appointments_patient_id":                   "patientId",
	"appointments_practitioner_id":              "practitionerId",
	"appointments_rescheduled_from_id":          "appointmentId",
	"appointments_room_id":                      "roomId",
	"appointments_appointment_type_id":          "appointmentTypeId",
	"appointments_override":                     "override",
	"appointments_overbooked_on_purpose":        "override",
	"rooms_name":                                "name",
	"appointment_types_name":                    "name",
	"working_hours_practitioner_id":             "practitionerId",
	"working_hours_ends_after_start":            "endsOn",
	"time_off_practitioner_id":                  "practitionerId",
	"time_off_ends_after_start":                 "endsAt",
	"slot_holds_practitioner_id":                "practitionerId",
	"slot_holds_room_id":                        "roomId",
	"appointment_series_patient_id":             "patientId",
	"appointment_series_practitioner_id":        "practitionerId",
	"wait_list_entries_patient_id":              "patientId",
	"wait_list_entries_practitioner_id":         "practitionerId",
	"wait_list_entries_with_whom":               "practitionerId",
	"wait_list_entries_ends_after_start":        "endsOn",
	"wait_list_entries_replaces_appointment_id": "replacesAppointmentId",
	"medical_records_patient_id":                "patientId",
	"medical_records_practitioner_id":           "practitionerId",
	"medical_records_appointment_id":            "appointmentId",
	"allergies_patient_id":                      "patientId",
	"patients_mrn":                              "mrn",
	"patients_deceased_after_birth":             "deceasedOn",
	"patients_birth_date_known":                 "birthDate",
	"patients_birth_date_check":                 "birthDate",
	"appointments_ends_after_start":             "endsAt",
	"medical_records_practitioner_named":        "practitionerId",
	"appointments_practitioner_named":           "practitionerId",
	"medical_records_code_system":               "codeSystem",
	"allergies_code_system":                     "codeSystem",
	"patients_name":                             "familyName",
	"practitioners_name":                        "familyName",
}

// translate turns an error of the driver into one of this package. The texts of
// Postgres never pass: they hold other people's values.
func translate(err error) error {
	if err == nil {
		return nil
	}
	return translated(err)
}

func translated(err error) error {
	var pe *pq.Error
	var unconnected *connectError
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case errors.Is(err, errStandby):
		return errStandby
	case errors.As(err, &unconnected) && errors.As(err, &pe):
		if told := translateCode(pe); errors.Is(told, ErrUnavailable) {
			return told
		}
		return fmt.Errorf("%w: SQLSTATE %s", ErrUnavailable, pe.Code)
	case errors.As(err, &pe):
		return translateCode(pe)
	case unconnected != nil:
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	case isConnectionError(err):
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	case strings.HasPrefix(err.Error(), "sql: Scan error"):
		where, _, _ := strings.Cut(err.Error(), `": `) // the value follows
		return errors.New(where + `" holds what it cannot`)
	}
	return err
}

func translateCode(pe *pq.Error) error {
	field := constraintFields[pe.Constraint]
	switch code := string(pe.Code); {
	case whoIsBusy[pe.Constraint] != "":
		return &SlotTakenError{Kind: whoIsBusy[pe.Constraint]}
	case pe.Constraint == "appointments_rescheduled_once":
		return &ConflictError{"this appointment was moved already"}
	case code == "23505" && field != "":
		return Invalid(field, NotUnique, "is registered already")
	case code == "23503" && field != "":
		return Invalid(field, UnknownReference, "refers to nothing that fits")
	case code == "23514" && field != "":
		return Invalid(field, OutOfRange, "breaks a rule of the record")
	case code == "40001", code == "40P01", code == "55P03", code == "0A000", code == "26000": // the last two of what was prepared
		return &lostError{code}
	case code == "57014": // or whoever asked has left, and is not told
		return fmt.Errorf("%w: %w (SQLSTATE %s)", ErrUnavailable, ErrTookTooLong, code)
	case code == "53100": // its disk is full
		return fmt.Errorf("%w: %w (SQLSTATE %s)", ErrUnavailable, ErrNoWrites, code)
	case code[:2] == "08", code[:2] == "53", code[:3] == "57P", code[:2] == "58":
		return fmt.Errorf("%w: SQLSTATE %s", ErrUnavailable, code)
	case code == "42P01", code == "3F000", code == "42703", code == "3D000":
		return fmt.Errorf("%w: its tables are not migrated (SQLSTATE %s)", ErrUnavailable, code)
	}
	return &codeError{string(pe.Code), pe.Table, pe.Constraint}
}

// A codeError is what the database said that nothing else here stands for.
type codeError struct{ code, table, constraint string }

func (e *codeError) Error() string {
	return fmt.Sprintf("SQLSTATE %s, table %s, constraint %s", e.code, e.table, e.constraint)
}

// hasCode says whether the database ended a statement with the SQLSTATE.
func hasCode(err error, code string) bool {
	var ce *codeError
	return errors.As(err, &ce) && ce.code == code
}

func isNotFound(err error) bool { return errors.Is(err, ErrNotFound) }

func isInvalid(err error) bool { return errors.As(err, new(*InvalidError)) }

func isConnectionError(err error) bool {
	var ne net.Error
	var oe *net.OpError
	return errors.As(err, &oe) || errors.As(err, &ne) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) ||
		errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isUnsent(err)
}

// isUnsent says whether err is what lib/pq answers when a message could not even be
// sent. It hides the error of the network; of a statement it becomes driver.ErrBadConn,
// but not of the messages by which somebody signs in.
func isUnsent(err error) bool {
	for ; err != nil; err = errors.Unwrap(err) {
		if fmt.Sprintf("%T", err) == "*pq.safeRetryError" {
			return true
		}
	}
	return false
}
