# make build | test | test-long | test-browser | contract | ci | chaos | bench | run: what each does stands before it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
CONFIGURATION ?= Release
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1

.PHONY: build tools web server test test-long test-browser contract ci chaos bench run clean

# A runnable out/parley with its pages.
build: tools web server

tools:
	@eng/tools

web:
	@eng/web build

server:
	@eng/server out

# Installs what the tests need (Chromium, PostgreSQL, Postfix, Dovecot), builds, runs everything; ends with one line: N passed, N failed, N skipped.
test:
	@eng/test

# The same with long simulations and more kills.
test-long:
	@PARLEY_TESTS_LONG=1 eng/test

# The stories in a real browser alone.
test-browser:
	@PARLEY_TESTS_ONLY=Parley.Browser eng/test

# Generates web/contract (OpenAPI, types, fixtures) from the server.
contract:
	@eng/contract

# What the project's CI does.
ci: test

# The proof of no loss, long: make chaos seed=7 minutes=5 engine=postgres. Writes out/chaos.
chaos:
	@eng/chaos $(if $(seed),seed=$(seed)) $(if $(minutes),minutes=$(minutes)) $(if $(engine),engine=$(engine))

# Measures against a bare relay in the same run.
bench:
	@eng/bench

# Installs, builds, and starts a lively demo; prints addresses and sign-ins.
run: build
	@exec out/parley demo

clean:
	rm -rf out web/dist
	find src tests bench -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
