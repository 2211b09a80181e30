# The two commands are `make audit` and `make test`; both install what this machine lacks (see tools/install-engines).
# ARGS is handed on: make audit ARGS='--leak vllm-request-log', make test ARGS='--filter Scan'.
SWIFT ?= swift
ARGS ?=

.PHONY: audit test build bench lint generate fuzz clean toolchain

audit: toolchain
	@tools/install-engines audit
	$(SWIFT) build -c release --static-swift-stdlib --product sigilo
	.build/release/sigilo audit $(ARGS)

# Only Swift Testing is used; without the other runner its summary is the last line. Tests that look at a clock (they wait for
# programs or play faults in time) come by themselves, after those that keep both cores busy: a test that is starved of its core
# must not read as a server that doesn't answer. Those that talk to servers in this very process go one at a time.
WIRED = TransportTests\.|LokiSinkTests|RemoteSinkTests|EnginesTests\.|LabelOracleEngineTests
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
	$(SWIFT) build -c release --static-swift-stdlib --product sigilo

# libFuzzer on the judge, its decoders and the canary search (Fuzzing/): what must hold of any input is in Subject.swift. An
# input that breaks it, crashes or takes longer than five seconds is left in .build/fuzz/.
FUZZ_SECONDS ?= 600
fuzz: toolchain
	@tools/install-engines test
	SIGILO_FUZZ=1 $(SWIFT) build --scratch-path .build/fuzz --product fuzz
	mkdir -p .build/fuzz/corpus
	SWIFT_BACKTRACE=enable=no .build/fuzz/debug/fuzz .build/fuzz/corpus -max_total_time=$(FUZZ_SECONDS) -timeout=5 \
	  -rss_limit_mb=512 -max_len=4096 -verbosity=0 -print_final_stats=1 -artifact_prefix=.build/fuzz/ $(ARGS)

# LOG=FILE measures on that log in place of a made-up one.
bench: build
	Benchmarks/scan $(LOG)
	Benchmarks/contract

lint: toolchain
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests Fuzzing
	@! command -v shellcheck >/dev/null || shellcheck tools/* Benchmarks/scan Benchmarks/contract .ci/run

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
