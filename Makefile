# Everything a newcomer needs: make demo, make test. Only make and Python 3.11+ must be there.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo run test check goldens bench lock clean

PY := .venv/bin/python
STAMP := .venv/.made-from-lock
WANTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))
# PYTHON=/path/to/python make setup chooses one; otherwise the first that is new enough.
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)

help:
	@echo 'make demo    try Weaver in your browser, with made-up people and no tokens'
	@echo 'make test    run every test'
	@echo 'make run     start it for real (see README.md for the settings)'
	@echo 'make check   style, types and import rules'
	@echo 'make goldens draw anew how each platform shows each message; look at the difference'
	@echo 'make bench   measure beside the limit: inbound, fanout, sweep or digest (BENCH="fanout sqlite --rounds 3")'
	@echo 'make setup   only make the environment in .venv'
	@echo 'make lock    choose new versions for requirements.lock'

setup: $(STAMP)
	@:

$(STAMP): pyproject.toml requirements.lock
	@found=; for p in $(CANDIDATES); do \
	  if $$p -c '$(WANTED)' >/dev/null 2>&1; then found=$$p; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo 'Weaver needs Python 3.11 to 3.14. Install one, or say where it is: make $(or $(MAKECMDGOALS),setup) PYTHON=/path/to/python' >&2; exit 2; fi; \
	echo 'Making .venv (once, about a minute) ...'; \
	rm -f $(STAMP); \
	$(PY) -c '$(WANTED)' >/dev/null 2>&1 || { rm -rf .venv; $$found -m venv .venv || exit 2; }; \
	$(PY) -m pip install -qq --disable-pip-version-check --no-deps -r requirements.lock && \
	$(PY) -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e . && \
	touch $(STAMP)

demo: setup
	@exec $(PY) -m bot demo

run: setup
	@exec $(PY) -m bot run

test: setup
	@$(PY) -m pytest -q -n 2 --dist worksteal

check: setup
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

goldens: setup
	@WEAVER_GOLDENS=draw $(PY) -m pytest -q tests/rendering/test_goldens.py
	@git diff --stat tests/golden

bench: setup
	@PYTHONPATH=.:tests $(PY) -m benchmarks.$(or $(firstword $(BENCH)),inbound) $(wordlist 2,99,$(BENCH))

# Needs uv, and changes only requirements.lock.
lock:
	@uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --quiet \
	  --no-config --no-emit-index-url --no-annotate --no-header -o requirements.lock

clean:
	@rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
