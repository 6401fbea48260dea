#!/usr/bin/env bash
# Prints what the environment of the Go tests lacks for them to find a Postgres with pg_dump and pg_basebackup, which the one
# of npm is without; nothing where there is one. When there is none, installs Debian's, without a cluster; who may not install
# gets it unpacked into a folder of their own.
set -euo pipefail
# shellcheck source=tools/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

folder="${XDG_CACHE_HOME:-$HOME/.cache}/clinicql/postgres"

is_whole() { [ -x "$1/initdb" ] && [ -x "$1/pg_dump" ] && [ -x "$1/pg_basebackup" ]; }

found() {
	local dir
	for dir in "${PG_BINDIR:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/libexec/postgresql* /opt/homebrew/opt/postgresql@*/bin \
		/usr/local/opt/postgresql@*/bin "$(dirname "$(command -v initdb || true)")"; do
		is_whole "$dir" && return
	done
	return 1
}

unpacked() {
	local dir
	for dir in "$folder"/root/usr/lib/postgresql/*/bin; do
		is_whole "$dir" && echo "PG_BINDIR=$dir LD_LIBRARY_PATH=$folder/root/usr/lib/$(uname -m)-linux-gnu" && return
	done
	return 1
}

found || unpacked && exit
if ! command -v apt-get >/dev/null; then
	echo "There is no Postgres with pg_dump and pg_basebackup: install it, or say in PG_BINDIR where it is." >&2
	exit 1
fi
if may_install; then
	as=()
	[ "$(id -u)" = 0 ] || as=(sudo -n)
	"${as[@]}" mkdir -p /etc/postgresql-common
	[ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" | "${as[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
	install_packages postgresql
	found
else
	unpack_packages "$folder" postgresql
	unpacked
fi
