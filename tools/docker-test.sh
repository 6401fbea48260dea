#!/usr/bin/env bash
# Builds the image, runs docker-compose.yml for real, and shows that it holds what README and docs/operations.md say of it.
# Needs docker with compose, and curl. IMAGES names a program that makes a base image where no registry is reachable.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The defaults, as .env.example has them: not the settings of whoever runs this.
export COMPOSE_PROJECT_NAME=clinicql-test CLINICQL_VERSION=test CLINICQL_HOST_ADDRESS=127.0.0.1:18080 CLINICQL_PUBLIC_URL=http://127.0.0.1:18080
base=http://127.0.0.1:18080
jar="$(mktemp)"
CLINICQL_BACKUPS="$(mktemp -d)"
export CLINICQL_BACKUPS
if docker compose version >/dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
compose+=(--env-file .env.example -f docker-compose.yml)
trap '"${compose[@]}" down --volumes --timeout 20 >/dev/null 2>&1; rm -rf "$jar" "$CLINICQL_BACKUPS"' EXIT

claims=0
claim() { # WORDS COMMAND...: says that it holds, or ends
	local words="$1" start=$SECONDS
	shift
	"$@" || { echo "NOT $words"; "${compose[@]}" logs --tail=20; exit 1; } >&2
	claims=$((claims + 1))
	echo "ok $words ($((SECONDS - start)) s)"
}
soon() { # COMMAND...: tries it for a minute
	for _ in $(seq 240); do "$@" 2>/dev/null && return; sleep 0.25; done
	return 1
}
status() { [ "$(curl -s -o /dev/null -w '%{http_code}' "$base$1")" = "$2" ]; }
container() { "${compose[@]}" ps -q "$1"; }
about() { docker inspect -f "$2" "$(container "$1")"; }
is() { [ "$1" = "$2" ]; }
holds() { case "$1" in *"$2"*) ;; *) return 1 ;; esac }
not() { ! "$@" >/dev/null 2>&1; }
ask() { # DOCUMENT
	curl -s -b "$jar" -c "$jar" -H 'Content-Type: application/json' -H 'GraphQL-Require-Preflight: 1' --data "{\"query\": \"$1\"}" "$base/graphql"
}
sign_in() { holds "$(ask "mutation { signIn(input: {loginName: \\\"desk\\\", password: \\\"$password\\\"}) { viewer { loginName } } }")" '"loginName":"desk"'; }
kill_host_pid() { kill -9 "$(about "$1" '{{.State.Pid}}')"; }
up() { "${compose[@]}" up --detach --no-build >/dev/null 2>&1; }

"${compose[@]}" down --volumes >/dev/null 2>&1 || true
for image in $(sed -n 's/^FROM \([^ ]*\).*/\1/p' Dockerfile) postgres:17; do
	docker image inspect "$image" >/dev/null 2>&1 || docker pull -q "$image" || { [ -n "${IMAGES:-}" ] && "$IMAGES" "$image"; }
done
start=$SECONDS
"${compose[@]}" build app
"${compose[@]}" build tools
size="$(docker image inspect -f '{{.Size}}' clinicql:test)"
echo "image: $size bytes, built in $((SECONDS - start)) s"
claim "the image is below 30 MB" [ "$size" -lt 30000000 ]

claim "one command starts it" up
healthy() { is "$(about app '{{.State.Health.Status}}')" healthy; }
claim "the orchestrator is told that it is healthy" soon healthy
claim "nobody is root in it" is "$(about app '{{.Config.User}}')" 65532:65532
claim "its files cannot be written" is "$(about app '{{.HostConfig.ReadonlyRootfs}}')" true
claim "it has no capabilities" is "$(about app '{{.HostConfig.CapDrop}}')" '[ALL]'
claim "there is no shell in it" not docker exec "$(container app)" sh -c true
claim "no secret is in its environment" not sh -c "docker inspect '$(container app)' | grep -q \"\$(docker exec '$(container database)' cat /run/clinicql/database_password)\""
claim "the application answers" status / 200
claim "the playground answers" status /playground 200
claim "the API answers" holds "$(ask '{ __typename }')" Query
claim "the health answers" status /health 200
claim "a link for the first administrator is logged" holds "$("${compose[@]}" logs app)" "$base/set-up#"

password="$(docker exec "$(container app)" /clinicql user add desk --role RECEPTIONIST --generate | sed -n 's/^Password: //p')"
claim "a user is added by command, and signs in" sign_in
claim "a patient is registered" holds "$(ask 'mutation { createPatient(input: {givenName: \"Nino\", familyName: \"Beridze\", birthDate: \"1980-02-03\", sex: FEMALE}) { patient { mrn } } }')" '"mrn"'
claim "it stops with exit status 0" bash -c "${compose[*]} stop app >/dev/null 2>&1; [ \"\$(docker inspect -f '{{.State.ExitCode}}' '$(container app)')\" = 0 ]"
"${compose[@]}" down >/dev/null 2>&1
claim "it starts again" up
claim "it is ready again" soon status /health/ready 200
claim "the data outlived it" sign_in
claim "all of them" holds "$(ask '{ patients { nodes { familyName } } }')" Beridze

before="$(about app '{{.State.Pid}}')"
kill_host_pid app
claim "a server that is killed is started again" soon bash -c "pid=\$(docker inspect -f '{{.State.Pid}}' '$(container app)'); [ \"\$pid\" != 0 ] && [ \"\$pid\" != '$before' ]"
claim "and is ready" soon status /health/ready 200
before="$(about app '{{.State.Pid}}')"
kill_host_pid database
claim "without a database it is not ready" soon status /health/ready 503
claim "but alive" status /health/live 200
claim "a database that is killed is started again, and the server is ready by itself" soon status /health/ready 200
claim "the server was not restarted for it" is "$(about app '{{.State.Pid}}')" "$before"
claim "the data outlived that too" holds "$(ask '{ patients { nodes { familyName } } }')" Beridze
tools() { holds "$("${compose[@]}" run --rm tools "${@:2}" 2>&1)" "$1"; }
claim "a backup is made while the clinic is open" tools "Backed up " backup /backups/one
"${compose[@]}" down --volumes >/dev/null 2>&1
claim "after the loss of all volumes it is brought back" tools "the same as were backed up, and the audit is whole" restore /backups/one
claim "the server starts on it" up
claim "and is ready" soon status /health/ready 200
claim "who could sign in can" sign_in
claim "everybody is there" holds "$(ask '{ patients { nodes { familyName } } }')" Beridze
echo "$claims passed, 0 failed"
