package db_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/clinicql/clinicql/db"
)

// The verbs of the server itself, which nobody asks for: it looks whether the
// database is there, who sends a request and what the clinic is, seals the audit, tells
// of changes, tidies up, opens connections, and counts who tries to sign in. MakeLogin is of tests.
var ofTheServer = []string{"Analyze", "AuditLag", "CheckLocale", "Clinic", "DrainReads", "Find", "FollowChanges", "ForgetIdempotencyKeys", "ForgetSignIns", "HasPatients", "HasUsers", "LogsValues", "Look", "MakeLogin", "NotifyChanges", "Ping", "SealAudit", "SignIn", "StandbyLag", "VerifyAudit", "Warm"}

// Without an actor no verb runs a statement. The database is not there, so that
// one that did would say so.
func TestVerbs_needAnActor(t *testing.T) {
	t.Parallel()
	nowhere, err := db.Open("postgres://nobody@127.0.0.1:1/nowhere?sslmode=disable")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nowhere.Close() })
	verbs, refused := reflect.ValueOf(nowhere), 0
	for i := range verbs.NumMethod() {
		name, verb := verbs.Type().Method(i).Name, verbs.Method(i)
		if slices.Contains(ofTheServer, name) || verb.Type().NumIn() == 0 || verb.Type().In(0) != reflect.TypeFor[context.Context]() {
			continue
		}
		arguments := []reflect.Value{reflect.ValueOf(context.Background())}
		for i := 1; i < verb.Type().NumIn(); i++ {
			arguments = append(arguments, some(verb.Type().In(i)))
		}
		results := verb.Call(arguments[:len(arguments):len(arguments)])
		last := results[len(results)-1].Interface()
		if nodes := results[0].MethodByName("Nodes"); last == nil && nodes.IsValid() && nodes.Type().NumIn() == 1 { // a list is read when it is looked at
			results = nodes.Call(arguments[:1])
			last = results[len(results)-1].Interface()
		}
		switch err, _ := last.(error); {
		case errors.Is(err, db.ErrNoActor):
			refused++
		case errors.Is(err, db.ErrUnavailable): // else it was refused for its arguments, or has nothing to ask for
			t.Errorf("%s runs a statement: %v", name, err)
		}
	}
	if refused < 50 {
		t.Errorf("%d verbs say that nobody acts", refused)
	}
}

// some returns a value of a type with which a verb gets as far as its statements.
func some(typ reflect.Type) reflect.Value {
	v := reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.Pointer:
		if typ.Elem().Kind() == reflect.Struct && !typ.Elem().Implements(reflect.TypeFor[error]()) {
			v.Set(reflect.New(typ.Elem()))
		}
	case reflect.String:
		v.SetString("steep-lilac-orbit-47")
	case reflect.Slice:
		if typ.Elem().Kind() != reflect.Pointer {
			v.Set(reflect.MakeSlice(typ, 1, 1))
		}
	}
	return v
}
