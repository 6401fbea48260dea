package cli

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	width     = 80
	maxColumn = 30
)

// usage is what --help prints.
func (c *command) usage() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: %s\n\n%s\n", c.call(), wrap(c.help, 0))
	if len(c.arguments) > 0 {
		b.WriteString("\nArguments:\n")
		var rows []row
		for _, f := range c.arguments {
			rows = append(rows, row{f.shown(), f.help})
		}
		writeRows(&b, rows)
	}
	b.WriteString("\nFlags:\n")
	rows := []row{{"-h, --help", "Show context-sensitive help."}}
	for _, level := range c.levels() {
		for i, f := range level.flags {
			if i == 0 && level.parent != nil {
				rows = append(rows, row{})
			}
			rows = append(rows, row{"    --" + f.name + f.example(), f.described()})
		}
	}
	writeRows(&b, rows)
	if leaves := c.leaves(); len(c.commands) > 0 {
		b.WriteString("\nCommands:\n")
		for i, leaf := range leaves {
			if i > 0 {
				b.WriteByte('\n')
			}
			call := strings.TrimPrefix(leaf.call(), c.root().name+" ")
			fmt.Fprintf(&b, "  %s\n    %s\n", call, wrap(leaf.help, 4))
		}
	}
	if c.parent == nil && len(c.commands) > 0 {
		fmt.Fprintf(&b, "\nRun \"%s <command> --help\" for more information on a command.\n", c.name)
	}
	return b.String()
}

// call is how the command is called, with what can be given to it.
func (c *command) call() string {
	words := []string{c.path()}
	for _, f := range c.arguments {
		words = append(words, f.shown())
	}
	if len(c.commands) > 0 {
		words = append(words, "<command>")
	}
	return strings.Join(append(words, "[flags]"), " ")
}

func (c *command) root() *command {
	for c.parent != nil {
		c = c.parent
	}
	return c
}

// levels are the program, the command, and what lies between.
func (c *command) levels() []*command {
	if c.parent == nil {
		return []*command{c}
	}
	return append(c.parent.levels(), c)
}

// leaves are the commands that do something.
func (c *command) leaves() []*command {
	if len(c.commands) == 0 {
		return []*command{c}
	}
	var all []*command
	for _, sub := range c.commands {
		all = append(all, sub.leaves()...)
	}
	return all
}

// shown is an argument as the help names it.
func (f *field) shown() string {
	name := "<" + f.name + ">"
	if f.value.Kind() == reflect.Slice {
		name += " ..."
	}
	if f.optional {
		name = "[" + name + "]"
	}
	return name
}

// example is the value of a flag as the help shows it.
func (f *field) example() string {
	_, isDuration := f.value.Interface().(time.Duration)
	switch {
	case f.value.Kind() == reflect.Bool:
		return ""
	case f.placeholder != "":
		return "=" + f.placeholder
	case f.fallback != "" && f.value.Kind() == reflect.String:
		return fmt.Sprintf("=%q", f.fallback)
	case f.fallback != "":
		return "=" + f.fallback
	case isDuration:
		return "=DURATION"
	case f.value.Kind() == reflect.Slice:
		return "=" + strings.ToUpper(f.value.Type().Elem().Name()) + ",…"
	}
	return "=" + strings.ToUpper(f.value.Type().Name())
}

func (f *field) described() string {
	if f.env == "" {
		return f.help
	}
	return strings.TrimSuffix(f.help, ".") + " ($" + f.env + ")."
}

// A row is one flag or argument of the help; the one without text parts others.
type row struct{ left, right string }

func writeRows(b *strings.Builder, rows []row) {
	column := 0
	for _, r := range rows {
		if n := utf8.RuneCountInString(r.left); n <= maxColumn {
			column = max(column, n)
		}
	}
	indent := 2 + column + 4
	for _, r := range rows {
		switch n := utf8.RuneCountInString(r.left); {
		case r.left == "":
		case n > column:
			fmt.Fprintf(b, "  %s\n%s%s", r.left, strings.Repeat(" ", indent), wrap(r.right, indent))
		default:
			fmt.Fprintf(b, "  %s%s%s", r.left, strings.Repeat(" ", column-n+4), wrap(r.right, indent))
		}
		b.WriteByte('\n')
	}
}

// wrap breaks a text into lines of the page; those after the first begin in the column indent.
func wrap(text string, indent int) string {
	var b strings.Builder
	used := indent
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case used+1+n > width:
			b.WriteString("\n" + strings.Repeat(" ", indent))
			used = indent
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	return b.String()
}
