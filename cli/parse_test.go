package cli

import (
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

type shared struct {
	Level string `env:"TEST_LEVEL" default:"info" enum:"info,warn" help:"Least level: ${enum}."`
}

type program struct {
	shared
	Shop  shop  `cmd:"" default:"withargs" help:"Open the shop."`
	Stock stock `cmd:"" help:"Look after what there is."`
}

type shop struct {
	ShopURL string         `placeholder:"URL" help:"Where it is."`
	Proxies []netip.Prefix `env:"TEST_PROXIES" help:"Who is believed."`
	Open    time.Duration  `env:"TEST_OPEN" default:"15m" help:"For how long."`
	Demo    bool           `env:"TEST_DEMO" help:"Only for show."`
}

type stock struct {
	Add  add  `cmd:"" help:"Add something."`
	Take take `cmd:"" help:"Take something."`
}

type add struct {
	Names []string `arg:"" name:"thing" help:"What to add."`
	Count int      `xor:"how" help:"How many."`
	All   bool     `xor:"how" help:"As many as there are."`
	Seed  uint64   `default:"1" help:"A number."`
}

type take struct {
	Name string `arg:"" optional:"" help:"What to take."`
}

func TestParse(t *testing.T) {
	for name, test := range map[string]struct {
		arguments string
		env       map[string]string
		want      func(p *program) (command, found any)
		expected  any
	}{
		"the command that is meant": {"", nil, func(p *program) (any, any) { return &p.Shop, p.Shop.Open }, 15 * time.Minute},
		"its flags without its name": {"--shop-url=https://a.example", nil,
			func(p *program) (any, any) { return &p.Shop, p.Shop.ShopURL }, "https://a.example"},
		"a value after a space":       {"shop --open 2h", nil, func(p *program) (any, any) { return &p.Shop, p.Shop.Open }, 2 * time.Hour},
		"a value that begins with -":  {"stock add a --count -3", nil, func(p *program) (any, any) { return &p.Stock.Add, p.Stock.Add.Count }, -3},
		"a flag of the whole, before": {"--level=warn stock take", nil, func(p *program) (any, any) { return &p.Stock.Take, p.Level }, "warn"},
		"a flag of the whole, after":  {"stock take --level warn", nil, func(p *program) (any, any) { return &p.Stock.Take, p.Level }, "warn"},
		"flags between arguments": {"stock add a --seed=7 b,c", nil,
			func(p *program) (any, any) { return &p.Stock.Add, p.Stock.Add.Names }, []string{"a", "b,c"}},
		"no flags after --": {"stock add -- --all add", nil,
			func(p *program) (any, any) { return &p.Stock.Add, p.Stock.Add.Names }, []string{"--all", "add"}},
		"a list": {"--proxies=10.0.0.0/8,::1/128", nil, func(p *program) (any, any) { return &p.Shop, p.Shop.Proxies },
			[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}},
		"a list that is given twice": {"--proxies=10.0.0.0/8 --proxies ::1/128", map[string]string{"TEST_PROXIES": "192.0.2.0/24"},
			func(p *program) (any, any) { return &p.Shop, p.Shop.Proxies },
			[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}},
		"the environment":          {"", map[string]string{"TEST_OPEN": "3h"}, func(p *program) (any, any) { return &p.Shop, p.Shop.Open }, 3 * time.Hour},
		"the command line first":   {"--open=1h", map[string]string{"TEST_OPEN": "3h"}, func(p *program) (any, any) { return &p.Shop, p.Shop.Open }, time.Hour},
		"a list that is empty":     {"", map[string]string{"TEST_PROXIES": ""}, func(p *program) (any, any) { return &p.Shop, len(p.Shop.Proxies) }, 0},
		"a bool of the env":        {"", map[string]string{"TEST_DEMO": "yes"}, func(p *program) (any, any) { return &p.Shop, p.Shop.Demo }, true},
		"a bool that is taken off": {"--demo=no", map[string]string{"TEST_DEMO": "1"}, func(p *program) (any, any) { return &p.Shop, p.Shop.Demo }, false},
		"flags of others too": {"stock take a", map[string]string{"TEST_OPEN": "4h"},
			func(p *program) (any, any) { return &p.Stock.Take, p.Shop.Open }, 4 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			for key, value := range test.env {
				t.Setenv(key, value)
			}
			var p program
			got, err := Parse("prog", "A program.", &p, strings.Fields(test.arguments))
			if err != nil {
				t.Fatal(err)
			}
			command, found := test.want(&p)
			if got != command || !reflect.DeepEqual(found, test.expected) {
				t.Errorf("%T with %v", got, found)
			}
		})
	}
}

func TestParse_refuses(t *testing.T) {
	for arguments, want := range map[string]string{
		"--bad":                       "unknown flag --bad",
		"-x":                          "unknown flag -x",
		"-demo":                       "unknown flag -demo",
		"bad":                         "unexpected argument bad",
		"stock":                       "expected one of add, take",
		"stock bad":                   "expected one of add, take",
		"stock add":                   "expected <thing> ...",
		"stock take a b":              "unexpected argument b",
		"stock take --demo":           "unknown flag --demo",
		"stock add a --count=x":       `--count: must be a whole number but is "x"`,
		"stock add a --count":         "--count: needs a value",
		"stock add a --count --all":   "--count: needs a value",
		"stock add a --seed=-1":       `--seed: must be a whole number, not below zero, but is "-1"`,
		"stock add a --all --count=1": "--count and --all cannot be given together",
		"--open=soon":                 `--open: must be a duration, like 15m or 12h, but is "soon"`,
		"--demo=perhaps":              `--demo: must be true, 1, yes, false, 0 or no but is "perhaps"`,
		"--level=loud":                `--level: must be one of info, warn but is "loud"`,
		"--proxies=10.0.0.0/8,x":      `--proxies: netip.ParsePrefix("x"): no '/'`,
	} {
		var p program
		if _, err := Parse("prog", "A program.", &p, strings.Fields(arguments)); err == nil || err.Error() != want {
			t.Errorf("%s: %v", arguments, err)
		}
	}
	t.Setenv("TEST_OPEN", "soon")
	var p program
	_, err := Parse("prog", "A program.", &p, []string{"stock", "take"})
	if want := `--open: must be a duration, like 15m or 12h, but is "soon" (from the environment variable TEST_OPEN)`; err == nil || err.Error() != want {
		t.Error(err)
	}
	if _, err := Parse("prog", "A program.", &p, []string{"-h"}); !isHelp(err) {
		t.Errorf("a mistake in the environment hides the help: %v", err)
	}
}

func isHelp(err error) bool {
	_, ok := errors.AsType[*HelpError](err)
	return ok
}

// The help is that of testdata; what changes there is to be read before it is kept.
func TestParse_help(t *testing.T) {
	for name, arguments := range map[string]string{
		"prog": "--help", "shop": "shop --help", "stock": "stock --help", "stock_add": "stock add -h --bad",
	} {
		var p program
		_, err := Parse("prog", "A program.", &p, strings.Fields(arguments))
		help, ok := errors.AsType[*HelpError](err)
		if !ok {
			t.Fatalf("%s: %v", arguments, err)
		}
		want, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
		if err != nil || help.Text != string(want) {
			t.Errorf("%s: %v\n%s", arguments, err, help.Text)
		}
	}
}
