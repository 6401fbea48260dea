#!/usr/bin/env bash
# Prints where Chromium is, and installs Debian's when there is none.
set -euo pipefail

find_it() {
	for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
		[ -n "$name" ] && command -v "$name" && return
	done
	return 1
}

if ! find_it; then
	if ! command -v apt-get >/dev/null; then
		echo "There is no Chromium: install it, or say in CHROMIUM where it is." >&2
		exit 1
	fi
	as_root=()
	[ "$(id -u)" = 0 ] || as_root=(sudo)
	"${as_root[@]}" apt-get update >&2
	"${as_root[@]}" apt-get install --yes --no-install-recommends chromium fonts-dejavu-core >&2
	find_it
fi
