# The few commands there are. A fresh machine needs Python 3.11 or newer and make; the rest installs
# itself into .venv, pinned by the two requirement locks.
#
#   make run     the dashboard on http://127.0.0.1:8501, with the demo company if there is no data yet
#   make test    the whole test suite, in a real browser too
#   make check   lint, types, import contracts and the tests that need no browser
#   make shots   every page as a picture, light and dark, wide and narrow, in shots/
#   make bench   the benchmarks
#   make lock    the locks anew, from what pyproject.toml allows

PYTHON ?= $(shell for one in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$one >/dev/null 2>&1 && $$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$one; break; }; done)
BIN := .venv/bin
STORE ?= data/pipeline.duckdb
HOST ?= 127.0.0.1
PORT ?= 8501
# Two browsers at once are as many as a small machine feeds; WORKERS=0 runs in one process.
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run test check lint types contracts fast-tests format shots bench lock clean

help:
	@sed -n 's/^#   //p' Makefile

# --- what must be there ------------------------------------------------------------------------
# A stamp says what was installed; it is older than its lock when the lock has changed.

.venv/stamps/made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Name one: make run PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv .venv
	@mkdir -p .venv/stamps && touch $@

.venv/stamps/run: .venv/stamps/made requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/stamps/dev: .venv/stamps/run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.lock
	@touch $@

.venv/stamps/browser: .venv/stamps/dev scripts/install_browser.py
	$(BIN)/python scripts/install_browser.py
	@touch $@

# --- using it ----------------------------------------------------------------------------------

run: .venv/stamps/run
	$(BIN)/pipeline --store $(STORE) dashboard --host $(HOST) --port $(PORT)

# --- changing it -------------------------------------------------------------------------------

test: .venv/stamps/browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

check: lint types contracts fast-tests

lint: .venv/stamps/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/stamps/dev
	$(BIN)/mypy

contracts: .venv/stamps/dev
	$(BIN)/lint-imports --no-cache

fast-tests: .venv/stamps/dev
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadfile -m "not browser and not slow"

format: .venv/stamps/dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

shots: .venv/stamps/browser
	$(BIN)/python -m scripts.shots

bench: .venv/stamps/browser
	$(BIN)/python -m benchmarks.run

lock:
	$(PYTHON) scripts/lock.py

clean:
	rm -rf .venv build dist shots .pytest_cache .mypy_cache .ruff_cache .hypothesis
