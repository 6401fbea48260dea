package embedded

import "fmt"

// Running returns the URL of the database that another process of the same user
// runs in dir, where Start answered ErrInUse. It is gone when that process ends.
func Running(dir string) (string, error) {
	d, err := locate(Options{Dir: dir})
	if err != nil {
		return "", fmt.Errorf("find running postgres: %w", err)
	}
	l, err := d.login(false)
	if err != nil {
		return "", fmt.Errorf("find running postgres: %w", err)
	}
	return l.url(d.socketDir(), database), nil
}
