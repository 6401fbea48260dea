#!/usr/bin/env bash
# Installs Debian's packages of those programs that are not there: tools/programs.sh haproxy=haproxy etcd=etcd-server
set -euo pipefail
# shellcheck source=tools/debian.sh
source "$(dirname "${BASH_SOURCE[0]}")/debian.sh"

packages=()
for pair in "$@"; do
	command -v "${pair%%=*}" >/dev/null || packages+=("${pair#*=}")
done
[ ${#packages[@]} = 0 ] && exit
if ! command -v apt-get >/dev/null || ! may_install; then
	echo "Install first what these packages of Debian hold: ${packages[*]}." >&2
	exit 1
fi
install_packages "${packages[@]}"
