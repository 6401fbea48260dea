package embedded

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// directory is the one folder that holds a cluster and all that belongs to it:
//
//	lock      held for as long as somebody uses the directory
//	password  of the cluster's superuser, readable by its owner alone
//	data/     the cluster
//	data.new/ a cluster in the making
//	run/      the socket
type directory struct {
	path     string
	major    string // of the cluster in data; empty when there is none yet
	lock     *os.File
	fleeting bool // removed on release
}

func (d *directory) data() string       { return filepath.Join(d.path, "data") }
func (d *directory) unfinished() string { return filepath.Join(d.path, "data.new") }
func (d *directory) password() string   { return filepath.Join(d.path, "password") }

// openDirectory locks the directory and finds the programs that fit it. All
// reasons to refuse are looked for before anything is written.
func openDirectory(o Options) (*directory, binaries, error) {
	d, err := locate(o)
	if err != nil {
		return nil, binaries{}, err
	}
	if err := d.inspect(o.Ephemeral); err != nil {
		return nil, binaries{}, err
	}
	bin, err := findBinaries(d)
	if err != nil {
		return nil, binaries{}, err
	}
	expected := d.major
	if err := d.acquire(); err != nil {
		return nil, binaries{}, err
	}
	if err = d.inspect(o.Ephemeral); err == nil && d.major != expected {
		err = fmt.Errorf("another process changed %s just now: start again", d.path)
	}
	if err != nil {
		d.release()
		return nil, binaries{}, err
	}
	return d, bin, nil
}

// locate names the directory by its real path, since that is the path under
// which the kernel lists the processes that work in it.
func locate(o Options) (*directory, error) {
	if o.Dir == "" {
		if !o.Ephemeral {
			return nil, errors.New("no directory was named for the database")
		}
		return &directory{path: filepath.Join(ScratchDir(), "clinicql-"+rand.Text()), fleeting: true}, nil
	}
	path, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return &directory{path: path}, nil
}

// inspect reads what the directory holds. It refuses one that holds files but
// no cluster of ours, so that a mistyped path harms nobody.
func (d *directory) inspect(ephemeral bool) error {
	entries, err := os.ReadDir(d.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	names := map[string]bool{}
	for _, e := range entries {
		names[e.Name()] = true
	}
	delete(names, "lost+found") // a freshly mounted volume
	if names["data"] {
		return d.inspectCluster(names["password"], ephemeral)
	}
	if len(names) > 0 && !names["lock"] {
		return fmt.Errorf("%s holds files but no database: name an empty directory (nothing was changed)", d.path)
	}
	return nil
}

// inspectCluster tells by the password what a cluster is worth: an ephemeral one
// has none.
func (d *directory) inspectCluster(password, ephemeral bool) error {
	version, err := os.ReadFile(filepath.Join(d.data(), "PG_VERSION"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s is not a Postgres data directory: name an empty directory (nothing was changed)", d.data())
	case err != nil:
		return err
	case ephemeral && password:
		return fmt.Errorf("the database in %s is meant to last and is not opened as an ephemeral one (nothing was changed)", d.path)
	case !ephemeral && !password:
		return fmt.Errorf("%s is missing, without which the database beside it cannot be opened (nothing was changed)", d.password())
	}
	d.major = strings.TrimSpace(string(version))
	return nil
}
