# Two commands on a fresh machine: `make start` opens the course, `make test` runs everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: start test lint install lock exercises bench clean
.DEFAULT_GOAL := start

start: install
	$(BIN)/territ start $(ARGS)

test: install lint
	@$(BIN)/python tests/browser/chromium.py
	$(BIN)/pytest -n 2 --dist loadgroup $(ARGS)

lint: install
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 ou plus récent est nécessaire ; essayez : make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

lock: install
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -o requirements.lock
	$(BIN)/uv pip compile --group bench -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade -o requirements-bench.lock

exercises: install
	$(BIN)/python -m territ_kit.exercises.generate
	$(BIN)/python -m territ_kit.course.sheets

bench: install
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	$(BIN)/python benchmarks/measures.py
	$(BIN)/python benchmarks/decisions.py
	$(BIN)/python benchmarks/pages.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
