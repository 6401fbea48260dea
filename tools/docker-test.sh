#!/usr/bin/env bash
# Builds the image, runs docker-compose.yml and docker-compose.scale.yml for real, and shows that they hold what README and
# docs/operations.md say of them. Needs docker with compose, and curl. Where no registry is reachable IMAGES names a program that makes a
# base image, and HAProxy is this machine's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The defaults, as .env.example has them: not the settings of whoever runs this.
export COMPOSE_PROJECT_NAME=clinicql-test CLINICQL_VERSION=test CLINICQL_SUBNET=10.213.77 CLINICQL_HOST_ADDRESS=127.0.0.1:18080 CLINICQL_PUBLIC_URL=http://127.0.0.1:18080
base=http://127.0.0.1:18080
jar="$(mktemp)"
knocks="$(mktemp -d)"
CLINICQL_BACKUPS="$(mktemp -d)"
export CLINICQL_BACKUPS
if docker compose version >/dev/null 2>&1; then compose=(docker compose); else compose=(docker-compose); fi
compose+=(--env-file .env.example -f docker-compose.yml)
trap '"${compose[@]}" down --volumes --timeout 20 >/dev/null 2>&1; rm -rf "$jar" "$knocks" "$CLINICQL_BACKUPS"' EXIT

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
ask() { # DOCUMENT CURL...
	curl -s "${@:2}" -b "$jar" -c "$jar" -H 'Content-Type: application/json' -H 'GraphQL-Require-Preflight: 1' --data "{\"query\": \"$1\"}" "$base/graphql"
}
sign_in() { holds "$(ask "mutation { signIn(input: {loginName: \\\"desk\\\", password: \\\"$password\\\"}) { viewer { loginName } } }")" '"loginName":"desk"'; }
kill_host_pid() { kill -9 "$(about "$1" '{{.State.Pid}}')"; }
up() { "${compose[@]}" up --detach --no-build "$@" >/dev/null 2>&1; }
database() { docker exec "$(container database)" psql -U clinicql -d clinicql -Atc "$1"; }

# knock asks for something, four at a time, until quiet; then knocks/* holds a status for each.
knock() {
	rm -f "$knocks"/*
	touch "$knocks.go"
	for n in 1 2 3 4; do
		while [ -e "$knocks.go" ]; do
			curl -s -o /dev/null -m 20 -w '%{http_code}\n' -H 'Content-Type: application/json' --data '{"query": "{ __typename }"}' "$base/graphql" || true
		done >"$knocks/$n" &
	done
}
quiet() { rm -f "$knocks.go"; wait; }
answered() { cat "$knocks"/* | grep -c '^200$' || true; }
kept_on() { [ "$(answered)" -gt "$1" ] && [ "$(failed)" -le "$2" ]; } # ANSWERED FAILED
failed() { cat "$knocks"/* | grep -vc '^200$' || true; }

# Makes an image with the HAProxy of this machine, and what it is linked with but for the C library.
stand_in_haproxy() {
	local dir
	dir="$(mktemp -d)"
	mkdir "$dir/lib"
	cp "$(command -v haproxy)" "$dir/haproxy"
	ldd "$dir/haproxy" | awk '$3 ~ "^/" && $1 !~ "^(libc|libm|libdl|librt|libpthread)[.]" { print $3 }' | xargs cp -L -t "$dir/lib"
	printf 'FROM postgres:17\nCOPY haproxy /usr/local/bin/\nCOPY lib /opt/haproxy\nENV LD_LIBRARY_PATH=/opt/haproxy\nUSER 65534\nSTOPSIGNAL SIGUSR1\nENTRYPOINT ["haproxy", "-db", "-f", "/usr/local/etc/haproxy/haproxy.cfg"]\nCMD []\n' >"$dir/Dockerfile"
	docker build -q -t "$1" "$dir"
	rm -rf "$dir"
}

"${compose[@]}" down --volumes >/dev/null 2>&1 || true
haproxy="$(sed -n 's/^ *image: \(haproxy:.*\)/\1/p' docker-compose.scale.yml)"
for image in $(sed -nE 's/^FROM (--platform=[^ ]+ )?([^ ]+).*/\2/p' Dockerfile) postgres:17 "$haproxy"; do
	docker image inspect "$image" >/dev/null 2>&1 || docker pull -q "$image" || case "$image" in
	haproxy:*) stand_in_haproxy "$image" ;;
	*) [ -n "${IMAGES:-}" ] && "$IMAGES" "$image" ;;
	esac
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
claim "all that it says to the database is encrypted" is "$(database "SELECT count(*) > 0 AND bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE client_addr IS NOT NULL")" t
claim "a database that nobody vouches for is refused" not "${compose[@]}" run --rm -e "DATABASE_URL=postgres://clinicql@database/clinicql?sslmode=verify-full" tools migrate --pending
claim "one that they vouch for is not" "${compose[@]}" run --rm tools migrate --pending
claim "the server cannot read the key of the database" not "${compose[@]}" run --rm -e DATABASE_URL= -e DATABASE_PASSWORD= -e DATABASE_PASSWORD_FILE=/run/clinicql/database.key app schema
claim "but its password" "${compose[@]}" run --rm app schema
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
database="$(about database '{{.State.Pid}}')"
kill_host_pid database
claim "a database that is killed is started again" soon bash -c "pid=\$(docker inspect -f '{{.State.Pid}}' '$(container database)'); [ \"\$pid\" != 0 ] && [ \"\$pid\" != '$database' ]"
docker stop "$(container database)" >/dev/null
claim "without a database it is not ready" soon status /health/ready 503
claim "but alive" status /health/live 200
docker start "$(container database)" >/dev/null
claim "when the database is back, the server is ready by itself" soon status /health/ready 200
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

export CLINICQL_PRODUCTION=true
"${compose[@]}" stop app >/dev/null 2>&1
claim "for a real clinic it wants more" not "${compose[@]}" run --rm app
export CLINICQL_PUBLIC_URL=https://clinic.example CLINICQL_TRUSTED_PROXIES=10.0.0.0/8
claim "with a proxy and its address it starts" up
claim "and is ready for a real clinic" soon healthy
unset CLINICQL_PRODUCTION CLINICQL_TRUSTED_PROXIES
export CLINICQL_PUBLIC_URL="$base"
"${compose[@]}" down >/dev/null 2>&1

compose+=(-f docker-compose.scale.yml)
is_healthy() { is "$(about "$1" '{{.State.Health.Status}}')" healthy; }
is_gone() { [ "$(about "$1" '{{.State.Pid}}')" != "$2" ]; }
made_anew() { up --no-deps --force-recreate "$1" && soon is_healthy "$1"; }
claim "two servers are started behind one address" up
for server in app-one app-two balancer; do
	claim "$server is healthy" soon is_healthy "$server"
	claim "its files cannot be written" is "$(about "$server" '{{.HostConfig.ReadonlyRootfs}}')" true
	claim "it has no capabilities" is "$(about "$server" '{{.HostConfig.CapDrop}}')" '[ALL]'
done
claim "the data is there" sign_in
claim "only the balancer is reached from outside" is "$(about app-one '{{.HostConfig.PortBindings}}')$(about app-two '{{.HostConfig.PortBindings}}')" "map[]map[]"
rm -f "$jar"
forwarded='X-Forwarded-For: 203.0.113.7'
claim "who says that they come from elsewhere signs in" holds "$(ask "mutation { signIn(input: {loginName: \\\"desk\\\", password: \\\"$password\\\"}) { viewer { loginName } } }" -H "$forwarded")" '"loginName":"desk"'
seen="$(database "SELECT address FROM sessions ORDER BY id DESC LIMIT 1")"
claim "and is seen where they are, $seen" is "$seen" "$CLINICQL_SUBNET.1"

knock
sleep 3
before="$(about app-one '{{.State.Pid}}')"
kill_host_pid app-one
sleep 3
claim "a server that is killed is started again" soon is_gone app-one "$before"
claim "and is healthy" soon is_healthy app-one
quiet
claim "meanwhile the other answered: $(answered) requests, and $(failed) failed that the first had begun" kept_on 200 4
knock
sleep 2
for _ in 1 2; do
	for server in app-one app-two; do
		before="$(about "$server" '{{.State.Pid}}')"
		claim "$server is made anew" made_anew "$server"
		claim "it is another" is_gone "$server" "$before"
	done
done
sleep 2
quiet
claim "of $(answered) requests meanwhile none failed" kept_on 500 0
echo "$claims passed, 0 failed"
