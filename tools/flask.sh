#!/usr/bin/env bash
# Installs Debian's Flask, SQLAlchemy, psycopg2 and gunicorn, where they are not there: what `make bench` compares with.
set -euo pipefail

packages=()
for module in flask sqlalchemy psycopg2; do
	/usr/bin/python3 -c "import $module" 2>/dev/null || packages+=("no-program-$module=python3-$module")
done
"$(dirname "${BASH_SOURCE[0]}")/programs.sh" gunicorn=gunicorn "${packages[@]}"
