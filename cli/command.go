// Package cli reads a command line and the environment into a struct, by the tags of its fields.
//
//	cmd          a struct that is a command; default:"withargs" makes it the one that is meant when none is named
//	arg          an argument without a name; optional:"" when it may be missing, a slice when there may be several
//	help         what it is; ${enum} stands for the values of enum
//	name         its name, when that is not the field's in kebab-case
//	env          the environment variable that gives a flag its value when the command line does not
//	default      the value when neither does
//	enum         the values that are allowed, with commas
//	placeholder  what stands for the value in the help
//	xor          a group of flags of which only one may be given
//
// Any other exported field is a flag, and those of embedded structs are flags of the command. Fields are strings, bools,
// integers, durations, whatever reads itself from text, and slices of these.
//
// It calls no method by its name, as libraries for this do: the linker would have to keep every exported method of the
// program then.
package cli

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"unicode"
)

// A command is the program, or something that it can be asked to do.
type command struct {
	name, help string
	target     any
	parent     *command
	flags      []*field
	arguments  []*field
	commands   []*command
	fallback   *command // meant when none of the commands is named
}

// A field is a flag or an argument.
type field struct {
	name, help, env, fallback, placeholder, group string
	allowed                                       []string
	optional                                      bool
	value                                         reflect.Value
	given                                         bool
}

// newCommand looks what the struct at target says of itself. A wrong tag is a mistake in the program, and panics.
func newCommand(name, help string, target reflect.Value, parent *command) *command {
	c := &command{name: name, help: help, target: target.Addr().Interface(), parent: parent}
	c.add(target)
	return c
}

func (c *command) add(target reflect.Value) {
	for i := range target.NumField() {
		described, value := target.Type().Field(i), target.Field(i)
		tag := described.Tag
		name := tag.Get("name")
		if name == "" {
			name = kebab(described.Name)
		}
		_, isCommand := tag.Lookup("cmd")
		_, isArgument := tag.Lookup("arg")
		switch {
		case described.Anonymous:
			c.add(value)
		case !described.IsExported():
		case isCommand:
			sub := newCommand(name, tag.Get("help"), value, c)
			c.commands = append(c.commands, sub)
			if tag.Get("default") == "withargs" {
				c.fallback = sub
			}
		case isArgument:
			c.arguments = append(c.arguments, newField(name, tag, value))
		default:
			c.flags = append(c.flags, newField(name, tag, value))
		}
	}
}

func newField(name string, tag reflect.StructTag, value reflect.Value) *field {
	f := &field{
		name: name, env: tag.Get("env"), fallback: tag.Get("default"), placeholder: tag.Get("placeholder"), group: tag.Get("xor"),
		help: strings.ReplaceAll(tag.Get("help"), "${enum}", tag.Get("enum")), value: value,
	}
	_, f.optional = tag.Lookup("optional")
	if enum := tag.Get("enum"); enum != "" {
		f.allowed = strings.Split(enum, ",")
	}
	return f
}

// reset gives all flags the values that they have without a command line.
func (c *command) reset() error {
	for _, f := range c.flags {
		if text, ok := os.LookupEnv(f.env); ok && f.env != "" {
			if err := f.set(text); err != nil {
				return fmt.Errorf("--%s: %w (from the environment variable %s)", f.name, err, f.env)
			}
		} else if f.fallback != "" {
			if err := f.set(f.fallback); err != nil {
				return fmt.Errorf("--%s: %w (its default)", f.name, err)
			}
		}
	}
	for _, sub := range c.commands {
		if err := sub.reset(); err != nil {
			return err
		}
	}
	return nil
}

// path is how the command is called, the program's name first.
func (c *command) path() string {
	if c.parent == nil {
		return c.name
	}
	return c.parent.path() + " " + c.name
}

// flag finds a flag of the command or of one that it is part of.
func (c *command) flag(name string) *field {
	for ; c != nil; c = c.parent {
		for _, f := range c.flags {
			if f.name == name {
				return f
			}
		}
	}
	return nil
}

func (c *command) sub(name string) *command {
	for _, sub := range c.commands {
		if sub.name == name {
			return sub
		}
	}
	return nil
}

// kebab writes "DatabaseURL" as "database-url".
func kebab(name string) string {
	var b strings.Builder
	runes := []rune(name)
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
