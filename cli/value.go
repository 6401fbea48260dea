package cli

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// set reads the value of a flag. That of a slice is a list with commas.
func (f *field) set(text string) error {
	if f.value.Kind() != reflect.Slice {
		return f.setOne(f.value, text)
	}
	list := reflect.MakeSlice(f.value.Type(), 0, 0)
	if text == "" {
		f.value.Set(list)
		return nil
	}
	for item := range strings.SplitSeq(text, ",") {
		one := reflect.New(f.value.Type().Elem()).Elem()
		if err := f.setOne(one, item); err != nil {
			return err
		}
		list = reflect.Append(list, one)
	}
	f.value.Set(list)
	return nil
}

// add reads one more argument, which may hold commas.
func (f *field) add(text string) error {
	if f.value.Kind() != reflect.Slice {
		return f.setOne(f.value, text)
	}
	one := reflect.New(f.value.Type().Elem()).Elem()
	if err := f.setOne(one, text); err != nil {
		return err
	}
	f.value.Set(reflect.Append(f.value, one))
	return nil
}

func (f *field) setOne(value reflect.Value, text string) error {
	if f.allowed != nil && !slices.Contains(f.allowed, text) {
		return fmt.Errorf("must be one of %s but is %q", strings.Join(f.allowed, ", "), text)
	}
	switch at := value.Addr().Interface().(type) {
	case encoding.TextUnmarshaler:
		return at.UnmarshalText([]byte(text))
	case *time.Duration:
		d, err := time.ParseDuration(text)
		if err != nil {
			return fmt.Errorf("must be a duration, like 15m or 12h, but is %q", text)
		}
		*at = d
		return nil
	}
	switch value.Kind() {
	case reflect.String:
		value.SetString(text)
	case reflect.Bool:
		switch strings.ToLower(text) {
		case "true", "1", "yes":
			value.SetBool(true)
		case "false", "0", "no":
			value.SetBool(false)
		default:
			return fmt.Errorf("must be true, 1, yes, false, 0 or no but is %q", text)
		}
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, value.Type().Bits())
		if err != nil {
			return fmt.Errorf("must be a whole number but is %q", text)
		}
		value.SetInt(n)
	case reflect.Uint, reflect.Uint64:
		n, err := strconv.ParseUint(text, 10, value.Type().Bits())
		if err != nil {
			return fmt.Errorf("must be a whole number, not below zero, but is %q", text)
		}
		value.SetUint(n)
	default:
		panic("cli: a field cannot be a " + value.Type().String())
	}
	return nil
}
