# Every task, one word each. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Peers that are measured stay out of the development environment, and signalwire-sdk, which owns
# our import name, out of theirs.
BENCH_VENV := .venv-bench
NODE_READY := $(VENV)/node/.ready
export PATH := $(abspath $(BIN)):$(PATH)
# Nothing that a test or a tool writes is to lie about in the checkout.
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: help install demo serve test fuzz soak lint generate check-generated requirements build clean
.PHONY: bench bench-check
.PHONY: contract-tools lint-contract check-contract-change check-api-change contract-ci test-contract-changes
.PHONY: schemathesis prism incumbent check-mock
.PHONY: contract-page test-contract-page bundle
.PHONY: consumers consumers-python consumers-typescript consumers-go consumers-java consumers-rust
.PHONY: consumers-fault consumers-edits consumers-prism

help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 26

install: $(READY) ## Set up .venv with everything, pinned and with hashes

# What tests need of the network is fetched here, so that they need none: pyright, and the wheels
# that an empty environment is filled with.
$(READY): requirements/development.txt requirements/runtime.txt pyproject.toml mock/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/development.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . --editable mock
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/runtime.txt -d $(VENV)/wheels
	$(BIN)/pyright --version > /dev/null
	touch $@

demo: $(READY) ## Run the documented example against a local mock server
	@$(BIN)/python -m signalwire_rest_mock demo

serve: $(READY) ## Start the mock server; stop it with Ctrl-C
	@$(BIN)/python -m signalwire_rest_mock serve

# Many tests wait for a server that is slow on purpose, hence more workers than cores.
test: $(READY) ## Run the tests
	@$(BIN)/python -m pytest -n 4 --dist worksteal

FUZZ_SECONDS ?= 600
fuzz: $(READY) ## Let a server do its worst, for FUZZ_SECONDS (600)
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m pytest tests/wire/test_fuzz.py -s -o timeout=0

SOAK_CALLS ?= 200000
soak: $(READY) ## Make SOAK_CALLS (200000) calls, every fifth answer faulty, and see what grows
	@$(BIN)/python -W ignore tests/soak.py --calls $(SOAK_CALLS)

lint: $(READY) ## Run ruff, mypy --strict, pyright strict and the import rule
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports --no-cache --no-logo

generate: $(READY) ## Regenerate generated/ from the contract, and the sync code from the async code
	@$(BIN)/python -m tools.generate

check-generated: $(READY) ## Check that generated/ and the sync code are up to date
	@$(BIN)/python -m tools.generate --check

contract-tools: $(NODE_READY) ## Set up the contract's tools that come from npm, pinned

$(NODE_READY): $(READY) tools/node/package.json tools/node/package-lock.json
	@$(BIN)/python -m tools.contract.nodejs
	@touch $@

lint-contract: $(NODE_READY) ## Check the contract, its examples and its vectors
	@$(BIN)/python -m tools.contract lint

check-contract-change: $(NODE_READY) ## Grade what changed in the contract; BASE=revision compares with that
	@$(BIN)/python -m tools.contract change --base "$(BASE)"

check-api-change: $(READY) ## Grade what changed in the API of the client; BASE=revision compares with that
	@$(BIN)/python -m tools.python_api --base "$(BASE)"

contract-ci: $(NODE_READY) ## Lint, graded change, generated code and vectors; build/contract-ci.json has the grade
	@$(BIN)/python -m tools.contract ci --base "$(BASE)"

test-contract-changes: $(NODE_READY) ## Test the grades on seeded edits, and contract-ci on whole checkouts
	@$(BIN)/python -m pytest -m apart -n 2 tests/tools/contract/test_ci.py tests/tools/contract/linting tests/tools/contract/grading

# Two environments of their own: what these packages need does not go with the rest.
$(VENV)-%/.ready: requirements/%.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

schemathesis: $(READY) $(VENV)-schemathesis/.ready ## Run schemathesis against the mock server, and against faulty ones
	@$(BIN)/python -m pytest -m apart tests/mock/test_schemathesis.py

prism: $(NODE_READY) ## Run the vectors of the contract's examples against Prism and the mock server
	@$(BIN)/python -m pytest -m apart tests/mock/test_prism.py

incumbent: $(READY) $(VENV)-incumbent/.ready ## Run the vendor's own package against the mock server, and beside the client
	@$(BIN)/python -m pytest -m apart tests/mock/test_incumbent.py tests/distribution/test_vendor_package.py

check-mock: schemathesis prism incumbent ## Check the mock server: schemathesis, Prism and the vendor's package

contract-page: $(READY) ## Write the contract as one page to read: dist/contract.html
	@$(BIN)/python -m tools.contract.publishing page

test-contract-page: $(READY) ## Test the page in a browser without network access; needs Chromium
	@$(BIN)/python -m pytest -m apart -rs tests/tools/contract/publishing/test_page_in_browser.py

docs/contract-page.png: contract-page
	@$(BIN)/python -m tools.contract.publishing.browser dist/contract.html $@

bundle: $(READY) ## Write the release of the contract into dist/, with its SHA-256
	@$(BIN)/python -m tools.contract.publishing bundle

CONSUMERS := @$(BIN)/python -m tools.consumers

consumers: $(READY) $(VENV)-consumers/.ready ## Let clients of five languages pass the vectors; consumers-go for one
	$(CONSUMERS)

consumers-python consumers-typescript consumers-go consumers-java consumers-rust: consumers-%: $(READY) $(VENV)-consumers/.ready
	$(CONSUMERS) $*

consumers-fault: $(READY) $(VENV)-consumers/.ready ## Make the mock server send one wrong field: each of them must fail
	$(CONSUMERS) --fault

consumers-prism: $(NODE_READY) $(VENV)-consumers/.ready ## Let Prism serve the document alone, and the TypeScript client pass its examples
	$(CONSUMERS) --prism

consumers-edits: $(READY) $(VENV)-consumers/.ready ## Edit the contract: they stay green, or fail where a required field is gone
	$(CONSUMERS) --edit add
	$(CONSUMERS) --edit remove

build: $(READY) ## Build the wheels and sdists of the client and of the mock server into dist/
	@$(BIN)/python -m build --no-isolation
	@$(BIN)/python -m build --no-isolation --outdir dist mock

bench: $(BENCH_VENV)/.ready $(VENV)-incumbent/.ready ## Measure against plain httpx and the peers: table, results, plots
	@$(BENCH_VENV)/bin/python -m benchmarks

bench-check: $(BENCH_VENV)/.ready ## Measure the main ratios anew, and compare them with the recorded ones
	@$(BENCH_VENV)/bin/python -m benchmarks --check

$(BENCH_VENV)/.ready: requirements/benchmarks.txt pyproject.toml mock/pyproject.toml
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/benchmarks.txt
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . --editable mock
	touch $@

requirements: $(READY) ## Pin what pyproject.toml asks for, anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group dev -o requirements/development.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group pyproject.toml:schemathesis -o requirements/schemathesis.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group pyproject.toml:incumbent -o requirements/incumbent.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group pyproject.toml:consumers -o requirements/consumers.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-package signalwire-rest -o requirements/runtime.txt mock/pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-package signalwire-rest --group pyproject.toml:bench -o requirements/benchmarks.txt mock/pyproject.toml

clean: ## Remove what was built and set up
	rm -rf $(VENV) $(VENV)-* dist build
