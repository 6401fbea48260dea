package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// peers are what ClinicQL is compared with.
var peers = []*peer{
	{name: "raw", title: "JSON built in Postgres", port: 8641, dialect: rest, lacks: "create book record", command: rawCommand},
	{name: "postgraphile", title: "PostGraphile 5", port: 8642, dialect: postGraphile, path: "/graphql", command: nodeCommand},
	{name: "mercurius", title: "Mercurius", port: 8643, dialect: clinicQL, path: "/graphql", command: nodeCommand},
	{name: "apollo", title: "Apollo Server", port: 8644, dialect: clinicQL, path: "/", command: nodeCommand},
	{name: "flask", title: "Flask and SQLAlchemy", port: 8645, dialect: rest, command: flaskCommand},
}

// As many processes of Node as there are cores, and one more of Python, which waits more.
var nodeWorkers, flaskWorkers = runtime.NumCPU(), runtime.NumCPU() + 1

// How many connections each of them has to Postgres.
const (
	nodePool     = 6
	flaskThreads = 4
)

func rawCommand(ctx context.Context, s *settings, p *peer, address string) (*exec.Cmd, error) {
	built, err := filepath.Abs(filepath.Join(s.folder, "raw"))
	if err != nil {
		return nil, err
	}
	if said, err := exec.CommandContext(ctx, "go", "build", "-o", built, "./bench/raw").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, said)
	}
	command := exec.CommandContext(ctx, built)
	command.Env = append(os.Environ(), "DATABASE_URL="+address, fmt.Sprintf("PORT=%d", p.port))
	return command, nil
}

// nodeCommand runs the module that is called like the peer, by the Node that npm brought.
func nodeCommand(ctx context.Context, _ *settings, p *peer, address string) (*exec.Cmd, error) {
	address, err := plainAddress(address)
	if err != nil {
		return nil, err
	}
	node := fmt.Sprintf("node_modules/node-linux-%s/bin/node", map[string]string{"amd64": "x64", "arm64": "arm64"}[runtime.GOARCH])
	if _, err := os.Stat(filepath.Join("bench/node", node)); err != nil {
		node = "node" // some other machine's own
	} else {
		node = "./" + node
	}
	command := exec.CommandContext(ctx, node, "cluster.mjs", "./"+p.name+".mjs")
	command.Dir = "bench/node"
	command.Env = append(os.Environ(), "DATABASE_URL="+address, fmt.Sprintf("PORT=%d", p.port), fmt.Sprintf("WORKERS=%d", nodeWorkers),
		fmt.Sprintf("POOL=%d", nodePool), "NODE_ENV=production", "GRAPHILE_ENV=production")
	return command, nil
}

func flaskCommand(ctx context.Context, _ *settings, p *peer, address string) (*exec.Cmd, error) {
	address, err := plainAddress(address)
	if err != nil {
		return nil, err
	}
	command := exec.CommandContext(ctx, "/usr/bin/gunicorn", "--workers", fmt.Sprint(flaskWorkers), "--worker-class", "gthread", "--threads", fmt.Sprint(flaskThreads),
		"--bind", p.address(), "app:app")
	command.Dir = "bench/flask"
	command.Env = append(os.Environ(), "DATABASE_URL="+address, fmt.Sprintf("POOL=%d", flaskThreads), "PYTHONDONTWRITEBYTECODE=1")
	return command, nil
}

// plainAddress leaves what only lib/pq knows out of an address.
func plainAddress(address string) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	u.RawQuery = url.Values{"host": {u.Query().Get("host")}}.Encode()
	return strings.Replace(u.String(), "@/", "@localhost/", 1), nil
}
