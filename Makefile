# Everything a newcomer types. Needs make and python3 (3.11 or later); the rest is fetched into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.PHONY: help run test check fix talk words flows learn migrate lock clean

help: ## what can be typed here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | awk -F'\t' '{printf "  make %-9s %s\n", $$1, $$2}'

run: $(VENV)/ready ## start everything: http://127.0.0.1:8080/
	@$(BIN)/python -m bot run

talk: $(VENV)/ready ## talk to the assistant in this terminal
	@$(BIN)/python -m bot talk

migrate: $(VENV)/ready ## bring the database up to date (run does it too)
	@$(BIN)/python -m bot migrate

words: $(VENV)/ready ## sentences without English, and English nobody says
	@$(BIN)/python -m bot words

flows: $(VENV)/ready ## draw the flows again: docs/flows.md
	@$(BIN)/python -m bot flows

learn: $(VENV)/ready-dev ## learn again how people ask: content/*/policy/learned.npz
	@$(BIN)/python -m scripts.learn

test: $(VENV)/ready-dev ## the tests
	@$(BIN)/python -m pytest -q $(ARGS)

check: $(VENV)/ready-dev ## format, lint, types, settings, content, words and the tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m bot words
	@$(BIN)/python -m bot check
	@$(MAKE) --no-print-directory test

fix: $(VENV)/ready-dev ## format and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(VENV)/ready-dev ## pin the dependencies of pyproject.toml again (needs uv)
	@uv pip compile pyproject.toml -o requirements.lock $(LOCK)
	@uv pip compile pyproject.toml --group dev -o requirements-dev.lock $(LOCK)

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --upgrade --quiet \
	--no-emit-find-links --custom-compile-command "make lock"

clean: ## remove what was made, but not the data in var/
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache

# The stamps say that .venv holds what the lock says: a second run has nothing to do.
$(VENV)/ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=python3.12 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the assistant needs into $(VENV) (once, about a minute) ..." >&2
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/ready-dev: requirements-dev.lock $(VENV)/ready
	@echo "Installing the tools for testing ..." >&2
	@$(PIP) -r requirements-dev.lock
	@touch $@
