# Everything that is done to this repository by hand or by CI. It needs Go and Node, and where those are missing Debian for Chromium and Postgres's programs.

# The race detector needs a C compiler; without one the tests run, but do not look for races.
RACE := $(shell command -v $$(go env CC) >/dev/null 2>&1 && echo -race)
GO_FILES = $(shell find . -name node_modules -prune -o -name '*.go' -print)
WEB_SOURCES := $(shell find web/src web/public) $(wildcard web/*.html web/*.ts) web/package.json
NPM_CI := npm ci --ignore-scripts --no-audit --no-fund

# Arguments for `clinicql serve`: make run ARGS=--help
ARGS :=
# What the binary may have, in bytes.
MAX_SIZE := 30000000
LDFLAGS := -s -w
# What makes the binary smaller, for the image and the release too: docs/decisions/0016-a-small-binary.md.
FLAGS := $(shell cat build.flags)
# The running server that `make e2e` looks at, and a folder for its screenshots.
URL := http://localhost:8080
SHOTS :=
PARTS :=
# How long each target of `make fuzz` runs.
FUZZ_TIME := 20s

.PHONY: run build web check-size bench fuzz docker-test ha-test check-alerts check-workflows terraform-test test test-all test-go test-web test-e2e screenshots check-format check-generated vet lint generate policies e2e clean
.DELETE_ON_ERROR:

## run: build and start the server, with a database of its own unless DATABASE_URL names one
run: build
	./bin/clinicql serve --demo $(ARGS)

## build: the web pages, then the one binary that holds them
build: web
	go build $(FLAGS) -ldflags "$(LDFLAGS)" -o bin/clinicql .

## check-size: fail when the binary is above MAX_SIZE, or calls methods by their names, so that none could be left out
check-size: build
	@size="$$(wc -c < bin/clinicql)"; if [ "$$size" -gt $(MAX_SIZE) ]; then \
		echo "bin/clinicql has $$size bytes, more than $(MAX_SIZE): see docs/decisions/0016-a-small-binary.md."; exit 1; \
	fi
	@by_name="$$(go build $(FLAGS) -ldflags "$(LDFLAGS) -dumpdep" -o /dev/null . 2>&1 | grep -a '<ReflectMethod> ->' | cut -d ' ' -f 1 | sort -u)"; \
	if [ -n "$$by_name" ]; then \
		echo "These call methods by their names, so that the linker keeps all methods that are exported:"; echo "$$by_name"; exit 1; \
	fi

## web: install what the lock names and build the pages, each only when something changed
web: web/dist/index.html

# npm writes this file last, so that it is as old as the installation.
web/node_modules/.package-lock.json: web/package-lock.json
	cd web && $(NPM_CI)

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	cd web && npm run build

## test: what has to pass before a commit lands
test: web check-format vet test-go test-web check-size test-e2e

# What the tests ask other tools and clients by.
CONFORMANCE := tools/conformance/node_modules/.package-lock.json

$(CONFORMANCE): tools/conformance/package-lock.json
	cd tools/conformance && $(NPM_CI)

# Vet has its own target. Allocations are counted without the race detector.
test-go: web $(CONFORMANCE)
	POSTGRES="$$(tools/postgres.sh)" && env $$POSTGRES go test $(RACE) -vet=off -timeout=15m ./... && env $$POSTGRES go test -vet=off ./bench

test-web: web
	cd web && npm run check && npm test

## test-e2e: drive the built server and its pages in a real browser; PARTS=app-search for one part, SHOTS=folder for screenshots
test-e2e: build
	CHROMIUM="$$(tools/chromium.sh)" && export CHROMIUM && export CLINICQL_SHOTS="$(abspath $(SHOTS))" && cd web && npm run test:e2e -- $(PARTS)

## screenshots: pictures of the main screens in both languages, light and dark, in three widths, into SHOTS
screenshots: build
	CHROMIUM="$$(tools/chromium.sh)" && export CHROMIUM && cd web && node e2e/screenshots.mjs $(abspath $(or $(SHOTS),screenshots))

## test-all: the same anew, the analysers, whether the generated code is current, the containers, deploy/, each benchmark once, and fuzzing
test-all: web $(CONFORMANCE) lint check-generated test-web test-e2e check-size check-alerts check-workflows docker-test terraform-test
	POSTGRES="$$(tools/postgres.sh)" && env $$POSTGRES go test $(RACE) -count=1 -vet=off -timeout=60m ./...
	tools/programs.sh $(HA_PROGRAMS)
	go test -run='^$$' -bench=. -benchtime=1x -timeout=60m ./...
	$(MAKE) fuzz

## fuzz: look for inputs that break what reads them, FUZZ_TIME for each target; one that is found stays in testdata/fuzz and is tried by every test
fuzz:
	@set -e; for package in db fhir graph; do \
		for target in $$(grep -hoE '^func Fuzz\w+' $$package/*_test.go | cut -d ' ' -f 2); do \
			echo "$$package $$target"; go test ./$$package -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ_TIME) -fuzzminimizetime 100x; \
		done; \
	done

# Of `make bench`: how many patients, and which servers and queries, all when they are not named.
PATIENTS := 20000
PEERS :=
QUERIES :=
BENCH_FLAGS :=
BENCH_NODE := bench/node/node_modules/.package-lock.json

$(BENCH_NODE): bench/node/package-lock.json
	cd bench/node && $(NPM_CI)

## bench: compare with other servers, half an hour; PEERS="raw flask" QUERIES="page nested" for some, PATIENTS=200000, BENCH_FLAGS=-help
bench: build $(if $(PEERS),$(if $(filter postgraphile mercurius apollo,$(PEERS)),$(BENCH_NODE)),$(BENCH_NODE))
	$(if $(PEERS),$(if $(filter flask,$(PEERS)),tools/flask.sh),tools/flask.sh)
	POSTGRES="$$(tools/postgres.sh)" && env $$POSTGRES go run ./bench -patients $(PATIENTS) -peers "$(PEERS)" -queries "$(QUERIES)" $(if $(PEERS)$(QUERIES)$(filter-out 20000 200000,$(PATIENTS)),,-write docs/benchmarks.md) $(BENCH_FLAGS)

## docker-test: build the image and run docker-compose.yml for real; needs docker with compose
docker-test:
	IMAGES="$(wildcard ../shared/tools/offline-images.sh)" tools/docker-test.sh

# What the nodes of deploy/ha run, and the packages of Debian that hold it.
HA_PROGRAMS := patroni=patroni etcd=etcd-server etcdctl=etcd-client haproxy=haproxy

## ha-test: what befalls the three nodes of deploy/ha while clients book
ha-test:
	tools/programs.sh $(HA_PROGRAMS)
	go test -run='^$$' -bench=BenchmarkServe_patroni -benchtime=1x -timeout=20m .

## check-workflows: what GitHub runs
check-workflows:
	go tool -modfile=tools/go.mod actionlint

## check-alerts: the rules of Prometheus, by promtool of Debian's package prometheus
check-alerts:
	tools/programs.sh promtool=prometheus
	promtool check rules deploy/monitoring/alerts.yml
	promtool test rules deploy/monitoring/alerts_test.yml

## terraform-test: validate deploy/terraform and run its tests, without an account of AWS; needs Terraform, and TF_PLUGINS where it cannot download
terraform-test:
	tools/terraform-test.sh

check-format:
	@wrong="$$(gofmt -l $(GO_FILES))"; \
	if [ -n "$$wrong" ]; then echo "These files need gofmt -w:"; echo "$$wrong"; exit 1; fi

vet:
	go vet ./...

## lint: format and vet, the analysers of tools/go.mod, and the types of the web pages
lint: check-format vet
	$(if $(wildcard tools/go.mod),go tool -modfile=tools/go.mod staticcheck ./...)
	cd web && npm run check

## generate: write graph/exec and graph/model anew from the schema, and web/src/gql
generate: web/node_modules/.package-lock.json
	go run ./graph/compile/generate
	gofmt -w graph
	cd web && npm run generate

## policies: write the reviewed tables of who may what anew; review what changes
policies:
	go test ./graph -run 'TestPolicies_areAsReviewed|TestMatrix' -update
	go test ./db -run TestGrants_areAsReviewed -update

## check-generated: fail when the schema and the generated code do not fit each other
check-generated:
	@set -e; before="$$(mktemp -d)"; trap 'rm -rf "$$before"' EXIT; \
	cp -R graph web/src/gql "$$before"; \
	$(MAKE) --no-print-directory generate; \
	if ! diff -r "$$before/graph" graph || ! diff -r "$$before/gql" web/src/gql; then \
		echo "The generated code was not current. It is now: review and commit it."; exit 1; \
	fi

## e2e: drive the pages of the server at URL in a real browser (needs Chromium)
e2e: web/node_modules/.package-lock.json
	cd web && npm run e2e -- $(URL) $(abspath $(SHOTS))

clean:
	rm -rf bin web/node_modules tools/conformance/node_modules bench/node/node_modules
	find web/dist -mindepth 1 -not -name .gitkeep -delete
