package main

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// readEnvironment puts the contents of the file that NAME_FILE names into the
// variable NAME, as the secrets of containers come, for each variable that is
// known. It refuses variables of ours that are not, which are misspelt. Empty
// ones are taken for unset, as compose files pass them on.
func readEnvironment() error {
	known := variables(reflect.TypeFor[commands]())
	for _, entry := range os.Environ() {
		name, value, _ := strings.Cut(entry, "=")
		of, isFile := strings.CutSuffix(name, "_FILE")
		switch {
		case value == "" && slices.Contains(known, name):
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		case isFile && slices.Contains(known, of):
			if err := readVariable(of, value); err != nil {
				return err
			}
		case strings.HasPrefix(name, "CLINICQL_") && !slices.Contains(known, name) && !notOurs.MatchString(name):
			return fmt.Errorf("there is no variable %s: is %s meant?", name, nearest(name, known))
		}
	}
	return nil
}

// notOurs are variables that tests use, and those that Kubernetes and links of
// containers make up of the name of a service.
var notOurs = regexp.MustCompile(`^CLINICQL_TEST_|^CLINICQL_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT|PORT)(_[A-Z0-9_]+)?$`)

func readVariable(name, file string) error {
	if os.Getenv(name) != "" {
		return fmt.Errorf("%s and %s_FILE are both set", name, name)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read %s_FILE: %w", name, err)
	}
	return os.Setenv(name, strings.TrimRight(string(text), "\r\n"))
}

// variables lists the environment variables that a struct of arguments names,
// with those of its commands.
func variables(of reflect.Type) []string {
	var names []string
	for field := range of.Fields() {
		tag := field.Tag.Get("arg")
		_, name, hasName := strings.Cut(tag, "env:")
		switch {
		case hasName:
			names = append(names, name)
		case field.Anonymous:
			names = append(names, variables(field.Type)...)
		case strings.HasPrefix(tag, "subcommand:"):
			names = append(names, variables(field.Type.Elem())...)
		}
	}
	return names
}

func nearest(name string, known []string) string {
	return slices.MinFunc(known, func(a, b string) int {
		return levenshtein.ComputeDistance(name, a) - levenshtein.ComputeDistance(name, b)
	})
}
