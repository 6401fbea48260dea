package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/clinicql/clinicql/auth"
	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
	"golang.org/x/term"
)

// userCommand is `clinicql user`.
type userCommand struct {
	Add      *userAddCommand      `arg:"subcommand:add" help:"Add a user, without a browser."`
	Password *userPasswordCommand `arg:"subcommand:password" help:"Give a user another password; all their sessions end."`
}

type userAddCommand struct {
	LoginName    string    `arg:"positional,required" placeholder:"LOGIN-NAME" help:"Name to sign in with."`
	DisplayName  string    `arg:"--display-name" placeholder:"NAME" help:"Name that others see; the login name when it is not given."`
	Role         role      `arg:"--role" default:"ADMIN" help:"What they may do: ADMIN, DOCTOR, NURSE, RECEPTIONIST or ANALYST."`
	Practitioner uuid.UUID `arg:"--practitioner" placeholder:"ID" help:"Id of who they are among the practitioners."`
	passwordFlag
}

// role is that of a user, by its name.
type role auth.Role

// UnmarshalText reads "NURSE".
func (r *role) UnmarshalText(text []byte) error {
	if *r = role(text); !slices.Contains(auth.Roles, auth.Role(text)) {
		return fmt.Errorf("not one of %v", auth.Roles)
	}
	return nil
}

// Run adds the user.
func (c *userAddCommand) Run(ctx context.Context, d *db.DB) error {
	u := &db.User{LoginName: strings.ToLower(c.LoginName), DisplayName: c.DisplayName, Role: auth.Role(c.Role)}
	if u.DisplayName == "" {
		u.DisplayName = u.LoginName
	}
	if c.Practitioner != uuid.Nil {
		u.PractitionerID = &c.Practitioner
	}
	password, err := c.read()
	if err != nil {
		return err
	}
	if u, err = d.AddUser(ctx, u, password); err != nil {
		return err
	}
	c.say("Added %s as %s.", u.LoginName, u.Role)
	return nil
}

type userPasswordCommand struct {
	LoginName         string `arg:"positional,required" placeholder:"LOGIN-NAME" help:"Whose."`
	ResetSecondFactor bool   `arg:"--reset-second-factor" help:"Take their second factor away too."`
	passwordFlag
}

// Run sets the password.
func (c *userPasswordCommand) Run(ctx context.Context, d *db.DB) error {
	u, err := d.UserNamed(ctx, strings.ToLower(c.LoginName))
	if errors.Is(err, db.ErrNotFound) {
		return fmt.Errorf("there is no user %s", c.LoginName)
	}
	if err != nil {
		return err
	}
	password, err := c.read()
	if err != nil {
		return err
	}
	if err := d.ResetPassword(ctx, u, password, c.ResetSecondFactor); err != nil {
		return err
	}
	c.say("%s has a new password.", u.LoginName)
	return nil
}

// A passwordFlag is where a command gets a password from: never from its
// arguments, which everybody on the machine sees.
type passwordFlag struct {
	Generate bool `arg:"--generate" help:"Make a password up and print it, instead of reading one from the terminal or standard input."`

	made string
}

// read returns a password that was typed twice, that is the first line of
// standard input, or that was made up.
func (f *passwordFlag) read() (string, error) {
	if f.Generate {
		f.made = newPassword()
		return f.made, nil
	}
	stdin := int(os.Stdin.Fd())
	if !term.IsTerminal(stdin) {
		line, err := bufio.NewReader(io.LimitReader(os.Stdin, 1<<12)).ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			return "", fmt.Errorf("read the password from standard input: %w", errors.Join(err, errors.New("there is none")))
		}
		return line, nil
	}
	var typed [2]string
	for i, prompt := range []string{"Password: ", "Once more: "} {
		fmt.Fprint(os.Stderr, prompt)
		password, err := term.ReadPassword(stdin)
		fmt.Fprintln(os.Stderr)
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		typed[i] = string(password)
	}
	if typed[0] != typed[1] {
		return "", errors.New("the two passwords differ")
	}
	return typed[0], nil
}

// say tells what was done, and the password if it was made up.
func (f *passwordFlag) say(format string, args ...any) {
	fmt.Printf(format+"\n", args...)
	if f.made != "" {
		fmt.Printf("Password: %s\n", f.made)
	}
}

// newPassword makes up a password of 100 bits.
func newPassword() string {
	text := strings.ToLower(rand.Text())
	return strings.Join([]string{text[:5], text[5:10], text[10:15], text[15:20]}, "-")
}

// demoAdministrator is the login name of a demonstration clinic's administrator.
var demoAdministrator = strings.ToLower(string(auth.Admin))

// demoUsers adds a user for each role to a demonstration clinic, or gives those
// that are there new passwords, and says how to sign in as them.
func demoUsers(ctx context.Context, d *db.DB) (said string, err error) {
	var b strings.Builder
	practitioners, err := d.Practitioners(ctx, db.Page{}, nil, nil)
	if err != nil {
		return "", err
	}
	doctors, err := practitioners.Nodes(ctx)
	if err != nil {
		return "", err
	}
	for i, role := range auth.Roles {
		name, password := strings.ToLower(string(role)), newPassword()
		u, err := d.UserNamed(ctx, name)
		switch {
		case errors.Is(err, db.ErrNotFound):
			u = &db.User{LoginName: name, DisplayName: "Demo " + name, Role: role, IsDemonstration: true}
			if role.IsCare() && i < len(doctors) {
				u.PractitionerID = &doctors[i].ID
			}
			_, err = d.AddUser(ctx, u, password)
		case err == nil && !u.IsDemonstration:
			continue // somebody real
		case err == nil:
			err = d.ResetPassword(ctx, u, password, true)
		}
		if err != nil {
			return "", fmt.Errorf("make demonstration users: %w", err)
		}
		fmt.Fprintf(&b, "  sign in as  %-13s %s\n", name, password)
	}
	return b.String(), nil
}

// offerSetUp prints a one-time link for the first administrator while there is
// no user. Of several servers one prints it.
func (s *server) offerSetUp(ctx context.Context, base string) error {
	link, err := s.db.SetUpLink(ctx)
	if err != nil {
		return err
	}
	if link != nil {
		// On standard output and not in the log, which others may read.
		fmt.Printf("There is no user yet. Make the first administrator within 15 minutes:\n  %s/set-up#%s\nor on this machine: clinicql user add NAME\n", base, link.Token)
		return nil
	}
	if some, err := s.db.HasUsers(ctx); err != nil || some {
		return err
	}
	slog.Warn("there is no user yet, and a link to make the first one was printed less than 15 minutes ago: use it, or `clinicql user add NAME`")
	return nil
}
