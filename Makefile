# The two commands of the README, and a few for those who carry it on. Needs Python 3.11 and nothing else.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   ?= data/demo
READY  := $(VENV)/ready
DEV    := $(VENV)/ready-dev
SUPERSET := build/superset/venv

.PHONY: help demo bi test test-all test-engines test-bi test-fast faults mutants coverage lint format score layouts same bench bench-culprit bench-check clean
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE  # what is compiled once is kept, or every command compiles all of it again

help:                     ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /\1\t/' | expand -t 16

demo: $(READY)            ## install, and run two nights: on data/history, the years 2022 and 2023, and on data/sample
	@test -e $(DEMO)/published/current || $(BIN)/luodi run --inbox data/history/inbox --site data/history/site --data $(DEMO) --as-of 2024-01-09
	$(BIN)/luodi run --inbox data/sample/inbox --site data/history/site --data $(DEMO) --as-of 2024-04-15
	@echo "请打开 open: file://$(abspath $(DEMO))/published/current/site/index.html"

bi: $(DEV) $(SUPERSET)/ready  ## what the demonstration published, on a dashboard of Superset: docs/bi; after make demo
	$(BIN)/python -m tests.bi --data $(DEMO)

test: $(DEV)              ## install, and run the tests, but for those that kill and replay nights for minutes, or need another engine or Superset
	$(BIN)/python -m pytest -n 3 -m "not long and not engines and not bi"  # a third, since browsers, servers and children are waited for

test-all: $(DEV) $(SUPERSET)/ready  ## every test: before a release
	$(BIN)/python -m pytest -n 2

test-engines: $(DEV)      ## the small county built in DuckDB and in PostgreSQL, all marts compared: after a change of the warehouse, three minutes
	$(BIN)/python -m pytest tests/engines

test-bi: $(DEV) $(SUPERSET)/ready  ## the dashboard of docs/bi/superset in a real Superset, every figure compared with the marts: eight minutes
	$(BIN)/python -m pytest tests/bi

test-fast: $(DEV)         ## the tests that take no night, in a minute
	$(BIN)/python -m pytest -n 2 -m "not slow"

faults: $(DEV)            ## the fault matrix: its tests and its table, then spoiled files for two minutes; under twenty minutes
	$(BIN)/python -m tests.faults.table
	$(BIN)/python -m tests.faults.fuzz --seed $(or $(SEED),1) --seconds $(or $(BUDGET),120)

mutants: $(DEV)           ## whether tests bite: mistakes made in rules, models and steps, and how many are caught: make mutants N=200 SEED=1
	$(BIN)/python -m tests.mutants --number $(or $(N),200) --seed $(or $(SEED),1)

coverage: $(DEV)          ## the tests without whole nights, and what they do not enter; fails below the floor in pyproject.toml
	$(BIN)/python -m pytest -n 2 -m "not night" --cov --cov-report=term

score: $(DEV)             ## compare a night with the truth of a pack: make score PACK=folder
	$(BIN)/python -m tests.golden.score $(PACK)

layouts: $(DEV)           ## compose workbooks in many dresses and see how they are read: make layouts N=2000
	$(BIN)/python -m tests.layouts $(or $(N),500) --workers 2

same: $(DEV)              ## whether the code publishes what that of a commit does: make same AGAINST=HEAD [PACK=folder]
	$(BIN)/python -m tests.golden.same --against $(or $(AGAINST),HEAD) $(if $(PACK),--pack $(PACK))

bench-culprit: $(DEV)     ## how often the likely culprit is the planted one: make bench-culprit [PACK=folder]
	$(BIN)/python -m benchmarks.culprit $(PACK)

bench-check: $(READY)     ## how long a clerk waits for the check of one workbook: make bench-check LINES=300
	$(BIN)/python -m benchmarks.check --lines $(or $(LINES),300)

bench: $(READY)           ## a year of a county beside the floors, and whether each bar is met: docs/benchmarks.md
	$(BIN)/python -m benchmarks

lint: $(DEV)              ## style, types, and the SQL of the warehouse: two minutes
	$(BIN)/ruff check src flows tests benchmarks
	$(BIN)/ruff format --check src flows benchmarks
	$(BIN)/mypy & types=$$!; $(BIN)/sqlfluff lint --processes 2 dbt_project/models; sql=$$?; wait $$types && exit $$sql

format: $(DEV)            ## lay the code out as everybody's is
	$(BIN)/ruff check --select I --fix src flows tests benchmarks
	$(BIN)/ruff format src flows benchmarks

clean:                    ## forget the demonstration and the environment
	rm -rf $(VENV) $(DEMO) $(dir $(SUPERSET))

# Every package is named with its hashes. pip brings the installer, which asks the same registry as pip does and takes a tenth of its
# time. dbt-core's parser is locked to a release that has a wheel: the later ones build by downloading, so a source must never be tried.
INSTALL_INTO = UV_DEFAULT_INDEX="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config list | sed -n "s/^global.index.url='\(.*\)'/\1/p")}" \
    $(BIN)/uv pip install --quiet --no-config --system-certs --compile-bytecode --python
INSTALL = $(INSTALL_INTO) $(BIN)/python

$(READY): requirements-installer.lock requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-installer.lock
	$(INSTALL) --require-hashes --only-binary dbt-core-experimental-parser -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --editable .
	LUODI_LANDED=. LUODI_BUILD=. $(BIN)/dbt --quiet --no-send-anonymous-usage-stats parse \
	    --project-dir "$(CURDIR)/dbt_project" --profiles-dir dbt_project --target-path "$(CURDIR)/build/dbt/target" --log-path build/dbt/logs
	touch $@

$(DEV): $(READY) requirements-dev.lock
	$(INSTALL) --require-hashes --no-deps -r requirements-dev.lock
	touch $@

# Superset stands beside: nothing of luodi needs it, and its packages are not luodi's.
$(SUPERSET)/ready: docs/bi/superset/superset.lock | $(DEV)
	$(PYTHON) -m venv $(SUPERSET)
	$(INSTALL_INTO) $(SUPERSET)/bin/python --require-hashes --no-deps -r docs/bi/superset/superset.lock
	touch $@
