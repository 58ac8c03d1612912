# The two commands of the README are `make run` and `make test`; nothing else is needed before either.
# Everything is installed into .venv from the hashed locks, through pip and whatever package index pip is set up for.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

IN ?= corpus/samples
OUT ?= outputs
JOBS ?=
ENGINE ?=
# Of the Pythons on the path that will do, the quickest: one built without profile-guided optimisation (as version managers
# often build theirs) takes half as long again for all that casebook does. Three rounds: one may meet a busy moment.
# PYTHON=/path/to/python chooses another.
PROBE := import ensurepip, sys, time, timeit; assert (3, 10) <= sys.version_info[:2] < (3, 13); \
	spent = timeit.repeat("sum(len(str(n)) for n in range(20000))", timer=time.process_time, number=1, repeat=20); \
	print(min(spent), sys.executable)
PYTHON ?= $(eval PYTHON := $(shell for p in $$(type -ap python3 python3.12 python3.11 python3.10 python){,,}; do \
	$$p -c '$(PROBE)' 2>/dev/null; done | LC_ALL=C sort -g | { read -r seconds path; echo "$$path"; }))$(PYTHON)

VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run-installed
DEV_STAMP := $(VENV)/.dev-installed
PEERS := $(VENV)/peers
PEERS_STAMP := $(PEERS)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
SOURCE_FOLDERS := pipeline corpus models tests benchmarks

.PHONY: help
help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(RUN_STAMP) ## mine IN (corpus/samples) into OUT (outputs) with JOBS workers of ENGINE
	$(BIN)/casebook run $(IN) -o $(OUT) $(if $(JOBS),-j $(JOBS)) $(if $(ENGINE),--engine $(ENGINE))

.PHONY: review
review: $(RUN_STAMP) ## the curator's desk over OUT, in a browser
	$(BIN)/casebook review $(OUT)

.PHONY: test
test: $(DEV_STAMP) ## all tests, on all cores
	$(BIN)/python -m pytest -n auto --dist loadfile

.PHONY: fuzz
fuzz: $(DEV_STAMP) ## a run over N (5000) spoilt PDFs, XML files and texts, and what must hold of it
	$(BIN)/python -m tests.fuzz $(or $(N),5000)

.PHONY: check
check: lint types ## everything but the tests that CI looks at: format, lint, types, floors, sizes
	$(BIN)/python -m pytest tests/house

.PHONY: lint
lint: $(DEV_STAMP) ## formatting, lint rules and the floors of the house
	$(BIN)/ruff format --check $(SOURCE_FOLDERS)
	$(BIN)/ruff check $(SOURCE_FOLDERS)
	$(BIN)/lint-imports

.PHONY: types
types: $(DEV_STAMP) ## mypy --strict
	$(BIN)/mypy

.PHONY: format
format: $(DEV_STAMP) ## format and repair what ruff can repair
	$(BIN)/ruff format $(SOURCE_FOLDERS)
	$(BIN)/ruff check --fix $(SOURCE_FOLDERS)

.PHONY: samples
samples: $(DEV_STAMP) ## write corpus/samples anew from corpus/sources
	$(BIN)/python corpus/make_samples.py

.PHONY: golden
golden: $(DEV_STAMP) ## write the expected rows of tests/golden anew; read the difference before you keep it
	$(BIN)/python -m tests.golden.expected

.PHONY: lexicons
lexicons: $(DEV_STAMP) ## compile pipeline/lexicons from SOURCES=folder
	@test -d "$(SOURCES)" || { echo "make lexicons needs SOURCES=<folder with the open terminologies>; see pipeline/lexicons/README.md"; exit 2; }
	$(BIN)/python -m pipeline.lexicon.compile $(SOURCES)

.PHONY: models
models: $(DEV_STAMP) ## train what models/training has recipes for, from CORPORA=folder
	@test -d "$(CORPORA)" || { echo "make models needs CORPORA=<folder with the annotated corpora>; each recipe says which"; exit 2; }
	for recipe in train agreement relations relation_confidence; do $(BIN)/python models/training/$$recipe.py $(CORPORA) || exit 1; done

.PHONY: confidence
confidence: $(DEV_STAMP) ## fit how far rows can be trusted, from a fresh RUN=folder and its GOLD=folder (and NEW="run gold" of first sight)
	@test -d "$(RUN)" -a -d "$(GOLD)" || { echo "make confidence needs RUN=<run directory> GOLD=<folder with its gold>; see docs/accuracy.md"; exit 2; }
	$(BIN)/python models/training/confidence.py $(RUN) $(GOLD) $(if $(NEW),--first-sight $(NEW))

.PHONY: bench
bench: $(DEV_STAMP) ## IN and TEXTS (JSON lines) beside the peers, into REPORT, or BENCH=script
ifdef BENCH
	$(BENCH)
else
	@$(MAKE) -s $(PEERS_STAMP) || echo "the peers could not be installed and are left out"
	$(BIN)/python -m benchmarks $(IN) $(if $(TEXTS),--texts $(TEXTS)) $(if $(REPORT),-o $(REPORT)) --peers $(PEERS)/bin/python
endif

.PHONY: build
build: $(DEV_STAMP) ## the wheel, into dist/
	rm -rf dist
	$(BIN)/python -m hatchling build -t wheel

.PHONY: lock
lock: ## pin all dependencies anew (needs uv); then make test
	uv pip compile -q --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --all-extras --group build --group dev -o requirements-dev.lock
	uv pip compile -q --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-header \
		-c requirements-dev.lock pyproject.toml --all-extras --group build -o requirements.lock

.PHONY: clean
clean: ## remove outputs, builds and caches (.venv stays)
	rm -rf outputs dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(SOURCE_FOLDERS) -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python without ensurepip (some distributions part the two) lends its own pip to the environment.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "casebook needs Python 3.10, 3.11 or 3.12; say which with PYTHON=/path/to/python"; exit 2; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV) && $(PYTHON) -m venv --without-pip $(VENV) \
		&& $(PYTHON) -m pip --python $(VENV)/bin/python install -q pip; }

$(RUN_STAMP): requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing casebook into $(VENV) with $$($(BIN)/python --version) (a few minutes, once)"
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@# Also where Python is told to keep no compiled modules, it reads those that are there.
	$(BIN)/python -m compileall -q pipeline
	@touch $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The peers ask for older packages than casebook, so they have an environment of their own, which only `make bench` makes.
$(PEERS_STAMP): benchmarks/peers/requirements.lock | $(BIN)/python
	$(BIN)/python -m venv $(PEERS) || $(BIN)/python -m venv --without-pip $(PEERS)
	$(BIN)/python -m pip --disable-pip-version-check -q --python $(PEERS)/bin/python install --require-hashes -r $<
	@touch $@
