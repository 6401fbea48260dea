package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// longestSocketDir leaves room for /.s.PGSQL.5432 in the 103 bytes that the
// strictest of our systems allows for a socket's path.
const longestSocketDir = 103 - len("/.s.PGSQL.5432")

// socketDir is beside the cluster, or in the temporary directory when that path
// is too long for a socket.
func (d *directory) socketDir() string {
	if dir := filepath.Join(d.path, "run"); len(dir) <= longestSocketDir {
		return dir
	}
	sum := sha256.Sum256([]byte(d.path))
	return filepath.Join(os.TempDir(), "clinicql-"+hex.EncodeToString(sum[:6]))
}

// makeSocketDir makes the folder anew. It is the only way in to the cluster and
// only its user may pass. One that somebody else put there is not used.
func (d *directory) makeSocketDir(who identity) error {
	dir := d.socketDir()
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	return os.Chown(dir, who.uid, who.gid)
}

// login is how we identify ourselves to the cluster.
type login struct{ password string }

func (d *directory) login(ephemeral bool) (login, error) {
	if ephemeral {
		return login{}, nil
	}
	password, err := os.ReadFile(d.password())
	return login{strings.TrimSpace(string(password))}, err
}

func (l login) url(socketDir, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(superuser), Path: "/" + database}
	if l.password != "" {
		u.User = url.UserPassword(superuser, l.password)
	}
	u.RawQuery = url.Values{
		"host":              {socketDir},
		"sslmode":           {"disable"},
		"binary_parameters": {"yes"},
	}.Encode()
	return u.String()
}
