package cli

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// A HelpError is no mistake: it is the answer to whoever asked for help.
type HelpError struct{ Text string }

func (e *HelpError) Error() string { return e.Text }

// Parse reads the arguments of the program, which is called name, into the struct at target, and returns the command that
// they name: a pointer to the field of it. Flags may stand anywhere, except that those of a command stand after its name.
func Parse(name, help string, target any, arguments []string) (any, error) {
	root := newCommand(name, help, reflect.ValueOf(target).Elem(), nil)
	wrongBefore := root.reset()
	p := &parser{at: root, rest: arguments}
	err := p.run()
	if _, asked := errors.AsType[*HelpError](err); asked {
		return nil, err
	}
	if err := cmp.Or(wrongBefore, err); err != nil {
		return nil, err
	}
	return p.at.target, nil
}

// A parser is on its way through the arguments.
type parser struct {
	at       *command
	rest     []string
	taken    int  // how many arguments the command has
	literal  bool // "--" was read: nothing is a flag any more
	wantHelp bool
}

func (p *parser) next() string {
	word := p.rest[0]
	p.rest = p.rest[1:]
	return word
}

func (p *parser) run() error {
	for len(p.rest) > 0 {
		word := p.next()
		var err error
		switch {
		case p.literal || word == "-" || !strings.HasPrefix(word, "-"):
			err = p.argument(word)
		case word == "--":
			p.literal = true
		case word == "-h" || word == "--help":
			p.wantHelp = true
		default:
			err = p.flag(word)
		}
		if err != nil && !p.wantHelp {
			return err
		}
	}
	if p.wantHelp {
		return &HelpError{p.at.usage()}
	}
	return p.end()
}

func (p *parser) argument(word string) error {
	if sub := p.at.sub(word); sub != nil && !p.literal {
		p.at = sub
		return nil
	}
	if p.at.fallback != nil {
		p.at = p.at.fallback
	}
	arguments := p.at.arguments
	if len(arguments) == 0 || p.taken >= len(arguments) && arguments[len(arguments)-1].value.Kind() != reflect.Slice {
		if len(p.at.commands) > 0 {
			return p.missing()
		}
		return fmt.Errorf("unexpected argument %s", word)
	}
	f := arguments[min(p.taken, len(arguments)-1)]
	p.taken++
	if err := f.add(word); err != nil {
		return fmt.Errorf("<%s>: %w", f.name, err)
	}
	f.given = true
	return nil
}

func (p *parser) flag(word string) error {
	name, text, hasText := strings.Cut(strings.TrimPrefix(word, "--"), "=")
	f := p.at.flag(name)
	if f == nil && p.at.fallback != nil {
		if f = p.at.fallback.flag(name); f != nil {
			p.at = p.at.fallback
		}
	}
	switch {
	case f == nil || !strings.HasPrefix(word, "--"):
		return fmt.Errorf("unknown flag %s", strings.SplitN(word, "=", 2)[0])
	case hasText:
	case f.value.Kind() == reflect.Bool:
		text = "true"
	case len(p.rest) == 0 || strings.HasPrefix(p.rest[0], "--"):
		return fmt.Errorf("--%s: needs a value", name)
	default:
		text = p.next()
	}
	before := f.value.Interface()
	if err := f.set(text); err != nil {
		return fmt.Errorf("--%s: %w", name, err)
	}
	if f.given && f.value.Kind() == reflect.Slice { // a list that is given twice is one
		f.value.Set(reflect.AppendSlice(reflect.ValueOf(before), f.value))
	}
	f.given = true
	return nil
}

// end looks whether all is there that the command needs, and nothing twice.
func (p *parser) end() error {
	if p.at.fallback != nil {
		p.at = p.at.fallback
	}
	if len(p.at.commands) > 0 {
		return p.missing()
	}
	for _, f := range p.at.arguments {
		if !f.given && !f.optional {
			return fmt.Errorf("expected %s", f.shown())
		}
	}
	for i, f := range p.at.flags {
		if f.group == "" || !f.given {
			continue
		}
		for _, other := range p.at.flags[i+1:] {
			if other.given && other.group == f.group {
				return fmt.Errorf("--%s and --%s cannot be given together", f.name, other.name)
			}
		}
	}
	return nil
}

func (p *parser) missing() error {
	var names []string
	for _, sub := range p.at.commands {
		names = append(names, sub.name)
	}
	return fmt.Errorf("expected one of %s", strings.Join(names, ", "))
}
