#!/usr/bin/env bash
# Prints where Chromium is. When there is none, installs Debian's; who may not install gets it unpacked into a folder of
# their own.
set -euo pipefail

folder="${XDG_CACHE_HOME:-$HOME/.cache}/clinicql/chromium"
packages=(chromium fonts-dejavu-core)

find_it() {
	for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome "$folder/run"; do
		[ -n "$name" ] && command -v "$name" && return
	done
	return 1
}

install_it() {
	"$@" apt-get update >&2 &&
		"$@" apt-get install --yes --no-install-recommends "${packages[@]}" >&2
}

# What is installed already is not unpacked once more.
unpack_it() {
	mkdir -p "$folder"/{lists/partial,cache/archives/partial,root}
	local apt=(apt-get -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)")
	"${apt[@]}" update >&2
	"${apt[@]}" install --yes --no-install-recommends --download-only "${packages[@]}" >&2
	for archive in "$folder"/cache/archives/*.deb; do
		dpkg-deb --extract "$archive" "$folder/root"
	done
	local libraries
	libraries="$folder/root/usr/lib/$(uname -m)-linux-gnu"
	printf '#!/bin/sh\nexport LD_LIBRARY_PATH="%s"\nexec "%s" "$@"\n' "$libraries" "$folder/root/usr/lib/chromium/chromium" >"$folder/run"
	chmod +x "$folder/run"
}

if ! find_it; then
	if ! command -v apt-get >/dev/null; then
		echo "There is no Chromium: install it, or say in CHROMIUM where it is." >&2
		exit 1
	fi
	if [ "$(id -u)" = 0 ]; then
		install_it
	elif sudo -n true 2>/dev/null; then
		install_it sudo -n
	else
		unpack_it
	fi
	find_it
fi
