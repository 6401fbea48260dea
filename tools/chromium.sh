#!/usr/bin/env bash
# Prints where Chromium is. When there is none, installs Debian's; who may not install gets it unpacked into a folder of
# their own.
set -euo pipefail
# shellcheck source=tools/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

folder="${XDG_CACHE_HOME:-$HOME/.cache}/clinicql/chromium"
packages=(chromium fonts-dejavu-core)

find_it() {
	for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome "$folder/run"; do
		[ -n "$name" ] && command -v "$name" && return
	done
	return 1
}

if ! find_it; then
	if ! command -v apt-get >/dev/null; then
		echo "There is no Chromium: install it, or say in CHROMIUM where it is." >&2
		exit 1
	fi
	if may_install; then
		install_packages "${packages[@]}"
	else
		unpack_packages "$folder" "${packages[@]}"
		libraries="$folder/root/usr/lib/$(uname -m)-linux-gnu"
		printf '#!/bin/sh\nexport LD_LIBRARY_PATH="%s"\nexec "%s" "$@"\n' "$libraries" "$folder/root/usr/lib/chromium/chromium" >"$folder/run"
		chmod +x "$folder/run"
	fi
	find_it
fi
