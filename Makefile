# `make` lists what there is. Everything is installed into .venv; nothing outside this folder is touched,
# except that on Debian as root the packages of requirements/debian.txt are installed when one is missing.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
HAS_SCREEN := $(or $(DISPLAY),$(WAYLAND_DISPLAY),$(filter Darwin Windows%,$(shell uname -s 2>/dev/null)))

.PHONY: help run test check format bench bench-search shots lock clean

help: ## list what there is
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: .venv/run build/Sample.ibid ## open the window on the sample (without a screen: walk the three journeys and leave pictures)
ifneq ($(HAS_SCREEN),)
	$(BIN)/ibid build/Sample.ibid
else
	$(BIN)/ibid demo build/demo
endif

test: .venv/dev ## run every test
	$(BIN)/python -m pytest

check: .venv/dev ## format, lint, types, floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev ## print the figures, side by side with the peers
	$(BIN)/python -m tests.benchmarks

bench-search: .venv/dev ## the index beside tantivy, Xapian and Whoosh; COUNT=100000 for so many documents
	$(BIN)/python -m tests.benchmarks search $(COUNT)

shots: .venv/dev ## a picture of every view, in every language
	$(BIN)/python -m viewer.demo shots build/shots

lock: ## compile requirements/*.txt anew from pyproject.toml (needs uv)
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra dev --output-file requirements/dev.txt

clean: ## remove what make made
	rm -rf .venv build

build/Sample.ibid: | .venv/run
	mkdir -p build
	$(BIN)/ibid new build/Sample.ibid --sample --title "Ibid"

.venv/made: requirements/debian.txt
	@sh requirements/system.sh
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run: requirements/run.txt requirements/build.txt pyproject.toml .venv/made
	$(PIP) -r requirements/build.txt -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q archive viewer
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	$(PIP) -r requirements/dev.txt
	@touch $@
