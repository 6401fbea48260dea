package embedded

import (
	"context"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// identity is the user that Postgres runs as and that owns its files. Postgres
// refuses to run as root.
type identity struct {
	uid, gid   int
	attributes func() *syscall.SysProcAttr
}

// ourselves runs Postgres as the user we are.
func ourselves() identity {
	return identity{os.Geteuid(), os.Getegid(), func() *syscall.SysProcAttr { return &syscall.SysProcAttr{} }}
}

// another runs Postgres as the given user, which only root can do.
func another(uid, gid int) identity {
	return identity{uid, gid, func() *syscall.SysProcAttr {
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}}
}

// owner decides who runs Postgres on d. A cluster belongs to the user that made
// it for good; a new one gets a folder of its own that its user is seen to reach.
func (d *directory) owner(bin binaries) (identity, error) {
	switch {
	case d.major != "" && os.Geteuid() != 0:
		return ourselves(), nil // Postgres refuses what is not ours
	case d.major != "":
		return d.ownerOfCluster(bin)
	}
	if err := os.RemoveAll(d.unfinished()); err != nil {
		return identity{}, err
	}
	if err := os.Mkdir(d.unfinished(), 0o700); err != nil {
		return identity{}, err
	}
	if os.Geteuid() != 0 {
		return ourselves(), nil
	}
	return d.ownerBelowRoot(bin)
}

func (d *directory) ownerOfCluster(bin binaries) (identity, error) {
	info, err := os.Stat(d.data())
	if err != nil {
		return identity{}, err
	}
	stat := info.Sys().(*syscall.Stat_t)
	who := another(int(stat.Uid), int(stat.Gid))
	if stat.Uid == 0 {
		who = namespaced()
	}
	if err := who.reach(bin, d.data()); err != nil {
		return identity{}, fmt.Errorf("user %d, which owns %s, cannot run Postgres there: %w", stat.Uid, d.data(), err)
	}
	return who, nil
}

// ownerBelowRoot picks the first of postgres, nobody and a user namespace that
// reaches both the directory and the programs. The namespace is for places that
// only root reaches, such as its home: there we are root to the file system and
// an ordinary user to Postgres.
func (d *directory) ownerBelowRoot(bin binaries) (identity, error) {
	var users []identity
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			users = append(users, another(uid, gid))
		}
	}
	var err error
	for _, who := range append(users, namespaced()) {
		if err = os.Chown(d.unfinished(), who.uid, who.gid); err != nil {
			continue
		}
		if err = who.reach(bin, d.unfinished()); err == nil {
			return who, nil
		}
	}
	os.Remove(d.unfinished())
	return identity{}, fmt.Errorf("root may not run Postgres, the users postgres and nobody do not reach both %s and %s, "+
		"and a user namespace is not to be had (%w): name a directory that they reach, such as /var/lib/clinicql, or start as an ordinary user",
		d.path, bin.dir, err)
}

// reach tells whether this user can enter dir and run the programs.
func (who identity) reach(bin binaries, dir string) error {
	return bin.command(context.Background(), "postgres", who, dir, "--version").Run()
}
