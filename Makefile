# The two commands are `make audit` and `make test`; both install what this machine lacks (see tools/install-engines).
# ARGS is handed on: make audit ARGS='--leak vllm-request-log', make test ARGS='--filter Scan'.
SWIFT ?= swift
ARGS ?=

.PHONY: audit test build lint generate clean toolchain

audit: toolchain
	@tools/install-engines audit
	$(SWIFT) build -c release --product sigilo
	.build/release/sigilo audit $(ARGS)

# Only Swift Testing is used; without the other runner its summary is the last line. Tests that look at a clock (they wait for
# programs or play faults in time) come by themselves, after those that keep both cores busy: a test that is starved of its core
# must not read as a server that doesn't answer. Those that talk to servers in this very process go one at a time.
WIRED = TransportTests\.|LokiSinkTests|RemoteSinkTests|EnginesTests\.
LIVE = LiveRunTests|SyntheticPlatformTests
test: toolchain
	@tools/install-engines test
ifeq ($(ARGS),)
	$(SWIFT) test --disable-xctest --skip '$(WIRED)|$(LIVE)|EndToEndTests'
	$(SWIFT) test --disable-xctest --skip-build --no-parallel --filter '$(WIRED)'
	$(SWIFT) test --disable-xctest --skip-build --filter '$(LIVE)'
	$(SWIFT) test --disable-xctest --skip-build --filter EndToEndTests
else
	$(SWIFT) test --disable-xctest $(ARGS)
endif

build: toolchain
	$(SWIFT) build -c release --product sigilo

lint: toolchain
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests
	@! command -v shellcheck >/dev/null || shellcheck tools/* Benchmarks/* .ci/run

# Writes the embedded copies of policies/ and of what else the binary carries; a test fails where they drift.
generate:
	tools/embed Sources/Fleet/FleetFiles+Generated.swift FleetFiles Corpora/fleets
	tools/embed Sources/Platform/Corpora+Generated.swift EmbeddedCorpora Corpora conversations platform
	tools/embed Sources/Policy/EmbeddedPolicy+Generated.swift EmbeddedPolicy policies

clean:
	rm -rf .build

toolchain:
	@command -v $(SWIFT) >/dev/null || { \
	  echo 'sigilo: there is no Swift toolchain; get Swift 6.2 or later from https://www.swift.org/install and put it on PATH' >&2; \
	  exit 2; }
