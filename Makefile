# Headroom. Plain `make` lists the targets; `make run` and `make test` need nothing but Go, Node, a C compiler and make.
.DEFAULT_GOAL := help
.PHONY: help deps generate assets build run test generated vet gotest e2e check golden bench fuzz clean

# A bare environment may have no HOME, and the tools keep their caches below it.
export HOME ?= $(CURDIR)/.cache

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

deps: node_modules/.package-lock.json ## install the npm packages of package-lock.json, without their scripts

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

generate: ## regenerate the Go code of the templ files
	go tool templ generate

assets: deps ## bundle, minify and hash CSS and JavaScript for embedding
	node views/assets/build.mjs

build: assets ## build ./headroom
	go build -o headroom .

run: build ## build, then serve on :8080 with an SQLite file
	./headroom serve

test: generated vet gotest e2e ## everything that must pass: Go tests on both databases, browser tests

generated: ## fail when generated Go code is not up to date
	@before=$$(cat $$(find views -name '*_templ.go' | sort) | cksum) && go tool templ generate >/dev/null && \
	after=$$(cat $$(find views -name '*_templ.go' | sort) | cksum) && [ "$$before" = "$$after" ] || \
	{ echo 'generated files were stale; commit the regenerated ones' >&2; exit 1; }

vet: assets
	go vet ./...

# What starts goroutines, in its code or in its tests, runs again under the race detector, which takes ten times as long;
# -short leaves out what only asks one question after another. A test of ./app opens the pages of all packages at once.
# Of ./pricing, mostly arithmetic, two tests draw on several cores. `make vet` has vetted before.
RACED := ./app ./app/accounts ./app/api ./app/cli ./app/web ./app/workspace ./db ./pricing/catalog ./pricing/lockin ./pricing/ways

gotest: assets ## Go tests on SQLite and PostgreSQL, and with the race detector where goroutines meet
	node e2e/postgres.mjs -- sh -c 'go test -vet=off ./... && go test -vet=off -race -short $(RACED)'
	go test -vet=off -race -short -run 'Cores|Progress' ./pricing

e2e: build ## the browser tests
	node --test --test-concurrency=2 e2e/*.spec.mjs

check: generated vet ## formatting, generated files, vet, staticcheck, the import rule
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')) && [ -z "$$unformatted" ] || { echo "gofmt: $$unformatted" >&2; exit 1; }
	go tool -modfile=tools/go.mod staticcheck ./...
	go test .

golden: assets ## record the answer to every request of the golden record anew, when answers are meant to change
	go test ./app -run TestGolden -update

bench: assets ## benchmarks
	go test -run '^$$' -bench . -benchmem ./...

FUZZTIME ?= 30s
fuzz: assets ## the model's properties on 10,000 plans, and every fuzz target for 30 seconds (FUZZTIME=5m for longer)
	go test ./pricing ./pricing/growth ./pricing/commitment ./pricing/simulate -rapid.checks=10000 -timeout 30m
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
		done; \
	done

clean: ## remove what was built
	@[ ! -d .cache ] || chmod -R u+w .cache
	rm -rf headroom node_modules e2e/out .cache
	find views/assets/dist -mindepth 1 ! -name .keep -delete
