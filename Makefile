# Everything a newcomer needs: `make demo` and `make test`. Both may be run again and again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.8
SYNC = $(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes
LINK = $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .

# Where nothing compiled may be kept, as many images of containers have it, every process compiles two thousand modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup dev demo test lint eval eval-sample train-parser bench bench-smoke docs lock clean

setup: $(VENV)/.runtime

dev: $(VENV)/.dev

demo: setup
	$(BIN)/plumb demo --serve

# One thread of linear algebra a worker: two workers with two each take turns waiting on two cores.
test: dev browser
	OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist loadgroup

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

eval: dev
	$(BIN)/python -m evals

# One question about records in ten of some sets, everything else whole: what continuous integration has time for.
eval-sample: dev
	$(BIN)/python -m evals --every 10 --sets maven_own demo_own hotel_own risk_own aside

# The weights by which the embedded planner ranks its readings; anew whenever its grammar changed.
train-parser: dev
	$(BIN)/python -m evals.ranking

bench: dev
	$(BIN)/python -m tests.performance

bench-smoke: dev
	$(BIN)/python -m tests.performance --smoke

# The parts of the documentation that follow from the code.
docs: dev
	$(BIN)/python -m tests.docs

# New lock files from pyproject.toml: hashes, no index addresses.
lock: $(VENV)/bin/uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q --python-version 3.11 -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-header -q --python-version 3.11 -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf $(VENV) build .plumbline

$(VENV)/bin/uv:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/uv
	@if [ -f $(VENV)/.dev ]; then true; else $(SYNC) requirements.txt && $(LINK); fi
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/uv
	$(SYNC) requirements-dev.txt
	$(LINK)
	@touch $@ $(VENV)/.runtime

# Tests of pages drive the distribution's Chromium; where it can't be installed they say that they were skipped.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || { [ -n "$$CI" ] && apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; } || true
