#!/usr/bin/env bash
# Three nodes of Patroni, Postgres and etcd with HAProxy before them, on one machine: for trying out what three machines do.
# The same configuration files; only ports differ, and Postgres replicates through a relay that can be cut.
#
#   cluster.sh FOLDER up              make it, or start what is not running; says the address for DATABASE_URL
#   cluster.sh FOLDER down            end everything that it started; remove the folder to forget it
#   cluster.sh FOLDER status          what Patroni says
#   cluster.sh FOLDER primary|standby the node that is it, "standby" being the one that has each commit
#   cluster.sh FOLDER url|direct-url  the address through HAProxy, or of all nodes
#   cluster.sh FOLDER standbys-url    the address of the standbys through HAProxy, for DATABASE_REPLICA_URL
#   cluster.sh FOLDER whole           wait until there is a primary, and two others follow
#   cluster.sh FOLDER switch-over     let the standby be the primary
#   cluster.sh FOLDER kill-postgres NODE | kill-patroni NODE | kill-etcd NODE | kill-host NODE | start-host NODE
#   cluster.sh FOLDER cut|heal        the replication
#
# PORT is the first of the ports that it uses on 127.0.0.1, up to PORT + 39; PG_BINDIR the programs of Postgres.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
[ $# -ge 2 ] || { sed -n '2,18s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
mkdir -p "$1"
dir="$(cd "$1" && pwd)"
nodes=(a b c)
PORT="${PORT:-25400}"
if [ -f "$dir/port" ]; then PORT="$(cat "$dir/port")"; fi
PG_BINDIR="${PG_BINDIR:-$(find /usr/lib/postgresql -path '*/bin/initdb' -printf '%h\n' | sort -V | tail -n 1)}"

say() { echo "$*" >&2; }
die() { say "cluster.sh: $*"; exit 1; }
port() { # NODE pg|rest|etcd|peer|relay
	local at what
	case "$1" in a) at=10 ;; b) at=20 ;; c) at=30 ;; *) die "there is no node $1" ;; esac
	case "$2" in pg) what=0 ;; rest) what=1 ;; etcd) what=2 ;; peer) what=3 ;; relay) what=4 ;; esac
	echo $((PORT + at + what))
}
password() { cat "$dir/passwords/$1"; }

# What was started says the folder in its arguments, so that a number that was given anew to somebody else is not taken for it.
alive() { # PID
	[ -n "$1" ] && [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' <"/proc/$1/cmdline" | grep -qF "$dir/"
}
pid_of() { # NAME: nothing unless it runs
	local pid
	pid="$(head -n 1 "$1" 2>/dev/null || true)"
	if alive "$pid"; then echo "$pid"; fi
}
start() { # NAME COMMAND...: in a session of its own
	local name="$1"
	shift
	if [ -n "$(pid_of "$dir/run/$name")" ]; then return; fi
	# Root may not run Postgres.
	if [ "$(id -u)" = 0 ]; then set -- setpriv --reuid postgres --regid postgres --clear-groups env HOME="$dir" "$@"; fi
	setsid "$@" >>"$dir/log/$name" 2>&1 </dev/null &
	echo $! >"$dir/run/$name"
}

prepare() {
	local node name
	for name in etcd patroni patronictl haproxy openssl envsubst psql curl; do command -v "$name" >/dev/null || die "$name is not installed"; done
	[ -x "$PG_BINDIR/initdb" ] || die "there is no Postgres: set PG_BINDIR"
	mkdir -p "$dir"/{run,log,passwords,tls}
	echo "$PORT" >"$dir/port"
	for name in superuser replication rewind rest clinicql; do
		[ -s "$dir/passwords/$name" ] || openssl rand -hex 16 >"$dir/passwords/$name"
	done
	if [ ! -s "$dir/tls/node.crt" ]; then
		openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=ClinicQL try-out" -keyout "$dir/tls/ca.key" -out "$dir/tls/ca.crt" 2>/dev/null
		openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout "$dir/tls/node.key" -out "$dir/tls/node.csr" 2>/dev/null
		openssl x509 -req -in "$dir/tls/node.csr" -CA "$dir/tls/ca.crt" -CAkey "$dir/tls/ca.key" -CAcreateserial -days 3650 -out "$dir/tls/node.crt" \
			-extfile <(echo "subjectAltName=DNS:localhost,IP:127.0.0.1") 2>/dev/null
	fi
	for node in "${nodes[@]}"; do
		mkdir -p "$dir/$node"
		configure "$node"
	done
	{
		printf 'global\n    stats socket %s/relay.sock mode 600 level admin\ndefaults\n    mode tcp\n    timeout connect 2s\n    timeout client 1h\n    timeout server 1h\n' "$dir"
		for node in "${nodes[@]}"; do
			printf 'listen %s\n    bind 127.0.0.1:%s\n    server postgres 127.0.0.1:%s\n' "$node" "$(port "$node" relay)" "$(port "$node" pg)"
		done
	} >"$dir/relay.cfg"
	cp "$here/haproxy.cfg" "$dir/haproxy.cfg"
	chmod 600 "$dir"/passwords/* "$dir"/tls/*.key "$dir"/*/patroni.yml
	if [ "$(id -u)" = 0 ]; then chown -R postgres:postgres "$dir"; fi
}

configure() { # NODE: writes its files from those of three machines
	local hosts peers
	hosts="$(for n in "${nodes[@]}"; do echo "127.0.0.1:$(port "$n" etcd)"; done | paste -sd,)"
	peers="$(for n in "${nodes[@]}"; do echo "$n=http://127.0.0.1:$(port "$n" peer)"; done | paste -sd,)"
	local -a values=(
		NODE="$1" LISTEN=127.0.0.1 ADDRESS=127.0.0.1 NETWORK=127.0.0.1/32 WATCHDOG=off
		PG_PORT="$(port "$1" pg)" REPLICATION_PORT="$(port "$1" relay)" REST_PORT="$(port "$1" rest)" ETCD_PORT="$(port "$1" etcd)" ETCD_PEER_PORT="$(port "$1" peer)"
		ETCD_HOSTS="$hosts" ETCD_PEERS="$peers" ETCD_DATA_DIR="$dir/$1/etcd"
		BIN_DIR="$PG_BINDIR" DATA_DIR="$dir/$1/data" SOCKET_DIR="$dir/$1" PGPASS="$dir/$1/pgpass"
		CA_FILE="$dir/tls/ca.crt" CERT_FILE="$dir/tls/node.crt" KEY_FILE="$dir/tls/node.key"
		SUPERUSER_PASSWORD="$(password superuser)" REPLICATION_PASSWORD="$(password replication)" REWIND_PASSWORD="$(password rewind)" REST_PASSWORD="$(password rest)"
	)
	env "${values[@]}" envsubst <"$here/patroni.yml" >"$dir/$1/patroni.yml"
	env "${values[@]}" envsubst <"$here/etcd.env" >"$dir/$1/etcd.env"
}

start_host() { # NODE
	port "$1" pg >/dev/null
	local -a settings
	mapfile -t settings < <(grep '^ETCD_' "$dir/$1/etcd.env" | grep -v '^ETCD_DATA_DIR=')
	start "etcd-$1" env "${settings[@]}" ETCD_LOG_LEVEL=error etcd --data-dir "$dir/$1/etcd"
	start "patroni-$1" patroni "$dir/$1/patroni.yml"
}

postmaster() { pid_of "$dir/$1/data/postmaster.pid"; } # NODE
with_children() { # PID...: each with what it started
	local pid
	for pid in "$@"; do
		echo "$pid"
		# shellcheck disable=SC2046 # numbers
		with_children $(pgrep -P "$pid" || true)
	done
}
kill_all() { # PID...: with what they started, at one moment
	[ -n "$*" ] || return 0
	local -a all
	mapfile -t all < <(with_children "$@")
	[ ${#all[@]} = 0 ] || kill -9 "${all[@]}" 2>/dev/null || true
}
kill_host() { # NODE
	# shellcheck disable=SC2046 # numbers
	kill_all $(pid_of "$dir/run/patroni-$1") $(postmaster "$1") $(pid_of "$dir/run/etcd-$1")
}

start_proxies() {
	local -a to=(BIND_PRIMARY="127.0.0.1:$((PORT + 1))" BIND_STANDBYS="127.0.0.1:$((PORT + 2))")
	local node
	for node in "${nodes[@]}"; do
		to+=("POSTGRES_${node^^}=127.0.0.1:$(port "$node" pg)" "PATRONI_${node^^}=$(port "$node" rest)")
	done
	start relay haproxy -db -f "$dir/relay.cfg"
	start haproxy env "${to[@]}" haproxy -db -f "$dir/haproxy.cfg"
}

# relay says a line to the relay's socket, without another program than those of HAProxy's own package.
relay() { python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect(sys.argv[1])
s.sendall(sys.argv[2].encode() + b"\n")
while s.recv(4096): pass' "$dir/relay.sock" "$1"; }

role() { # NODE ROLE: whether Patroni there says so
	curl -s -m 2 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$(port "$1" rest)/$2" | grep -q 200
}
who() { # ROLE
	local node
	for node in "${nodes[@]}"; do if role "$node" "$1"; then echo "$node"; return; fi; done
	return 1
}
is_whole() {
	local node count=0
	who primary >/dev/null && who synchronous >/dev/null || return 1
	for node in "${nodes[@]}"; do if role "$node" 'replica?lag=1MB'; then count=$((count + 1)); fi; done
	[ $count = 2 ] && [ "$(sql_at "$(who primary)" postgres "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")" = 2 ]
}
wait_for() { # SECONDS COMMAND...
	local until=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ $SECONDS -lt $until ] || return 1
		sleep 0.2
	done
}
sql_at() { # NODE DATABASE STATEMENT
	PGPASSWORD="$(password superuser)" psql -X -q -A -t -v ON_ERROR_STOP=1 "host=127.0.0.1 port=$(port "$1" pg) user=postgres dbname=$2 sslmode=verify-full sslrootcert=$dir/tls/ca.crt" -c "$3"
}
patronictl() { command patronictl -c "$dir/$(who primary || echo a)/patroni.yml" "$@"; }

url() { # PORT
	echo "postgres://clinicql:$(password clinicql)@localhost:$1/clinicql?sslmode=verify-full&sslrootcert=$dir/tls/ca.crt"
}
direct_url() {
	local hosts
	hosts="$(for n in "${nodes[@]}"; do echo "localhost:$(port "$n" pg)"; done | paste -sd,)"
	echo "postgres://clinicql:$(password clinicql)@$hosts/clinicql?sslmode=verify-full&sslrootcert=$dir/tls/ca.crt"
}

up() {
	local node primary
	prepare
	for node in "${nodes[@]}"; do start_host "$node"; done
	start_proxies
	wait_for 120 is_whole || { patronictl list >&2 || true; die "the cluster is not whole after two minutes: see $dir/log"; }
	primary="$(who primary)"
	if [ "$(sql_at "$primary" postgres "SELECT count(*) FROM pg_database WHERE datname = 'clinicql'")" = 0 ]; then
		sql_at "$primary" postgres "CREATE ROLE clinicql LOGIN CREATEROLE PASSWORD '$(password clinicql)'"
		sql_at "$primary" postgres "CREATE DATABASE clinicql OWNER clinicql"
	fi
	url "$((PORT + 1))"
}

down() {
	local node name pids=()
	for node in "${nodes[@]}"; do kill_host "$node"; done
	for name in haproxy relay; do mapfile -t -O ${#pids[@]} pids < <(pid_of "$dir/run/$name"); done
	kill_all "${pids[@]}"
	rm -f "$dir"/run/*
}

switch_over() {
	local from to
	from="$(who primary)"
	to="$(who synchronous)"
	patronictl switchover --leader "$from" --candidate "$to" --force clinicql >&2
}
cut() { for node in "${nodes[@]}"; do relay "disable frontend $node"; relay "shutdown sessions server $node/postgres"; done; }
heal() { for node in "${nodes[@]}"; do relay "enable frontend $node"; done; }

case "$2" in
up) up ;;
down) down ;;
status) patronictl list ;;
primary) who primary ;;
standby) who synchronous ;;
url) url "$((PORT + 1))" ;;
standbys-url) url "$((PORT + 2))" ;;
direct-url) direct_url ;;
whole) wait_for 120 is_whole || die "the cluster is not whole" ;;
switch-over) switch_over ;;
kill-postgres) kill_all "$(postmaster "$3")" ;;
kill-patroni) kill -9 "$(pid_of "$dir/run/patroni-$3")" ;;
kill-etcd) kill_all "$(pid_of "$dir/run/etcd-$3")" ;;
kill-host) kill_host "$3" ;;
start-host) start_host "$3" ;;
cut) cut ;;
heal) heal ;;
*) die "there is no command $2" ;;
esac
