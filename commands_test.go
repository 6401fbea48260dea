package main

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clinicql/clinicql/db"
)

// Every command has a Run of a kind that (*commands).run knows.
func TestCommands_run(t *testing.T) {
	t.Parallel()
	known := []reflect.Type{
		reflect.TypeFor[func() error](), reflect.TypeFor[func(context.Context) error](),
		reflect.TypeFor[func(context.Context, *Config) error](), reflect.TypeFor[func(context.Context, *db.DB) error](),
	}
	seen := 0
	var look func(of reflect.Type)
	look = func(of reflect.Type) {
		leaf := true
		for f := range of.Fields() {
			if strings.HasPrefix(f.Tag.Get("arg"), "subcommand:") {
				leaf = false
				look(f.Type.Elem())
			}
		}
		if !leaf {
			return
		}
		seen++
		if run := reflect.New(of).MethodByName("Run"); !run.IsValid() || !slices.Contains(known, run.Type()) {
			t.Errorf("%s has no Run that is known", of)
		}
	}
	look(reflect.TypeFor[commands]())
	if seen < 10 {
		t.Errorf("only %d commands", seen)
	}
}

// A mistake on the command line or in the environment ends with 1 before anything is done, and asking for help with 0.
func TestRun_readsTheCommandLine(t *testing.T) {
	for _, arguments := range [][]string{{"bad"}, {"user", "add"}, {"migrate", "--pending", "--down=1"}, {"schema", "--log-level=loud"},
		{"user", "add", "x", "--role=SYSTEM"}, {"serve", "--trusted-proxies=10.0.0.0/8,none"}} {
		if code := run(t.Context(), arguments); code != 1 {
			t.Errorf("%q ends with %d", arguments, code)
		}
	}
	t.Setenv("CLINICQL_LOG_LEVEL", "loud")
	if code := run(t.Context(), []string{"schema"}); code != 1 {
		t.Errorf("a mistake in the environment ends with %d", code)
	}
	if code := run(t.Context(), []string{"serve", "--help"}); code != 0 {
		t.Errorf("help ends with %d", code)
	}
}
