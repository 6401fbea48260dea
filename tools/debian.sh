# shellcheck shell=bash
# Installs packages of Debian for the tests; to be sourced. Who may not install gets them unpacked into a folder of their own.

# What is installed already is not unpacked once more.
unpack_packages() {
	local folder="$1"
	shift
	mkdir -p "$folder"/{lists/partial,cache/archives/partial,root}
	local apt=(apt-get -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User="$(id -un)")
	"${apt[@]}" update >&2
	"${apt[@]}" install --yes --no-install-recommends --download-only "$@" >&2
	for archive in "$folder"/cache/archives/*.deb; do
		dpkg-deb --extract "$archive" "$folder/root"
	done
}

install_packages() {
	local as=()
	[ "$(id -u)" = 0 ] || as=(sudo -n)
	"${as[@]}" apt-get update >&2 && "${as[@]}" apt-get install --yes --no-install-recommends "$@" >&2
}

may_install() { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
