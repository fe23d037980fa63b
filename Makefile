# make brief: the environment, and the sample dossier's brief. make test: the whole check. make help: the rest.
PYTHON ?= python3.11
BIN := .venv/bin
SAMPLES := samples/inf-treaty

.PHONY: brief test lint types imports services unit gate gate-full lock clean help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.venv/ready: requirements/pip.txt requirements/dev.txt pyproject.toml scripts/make_environment.sh
	@sh scripts/make_environment.sh $(PYTHON)
	@touch $@

brief: .venv/ready ## build the environment, then write the brief of the sample dossier
	@mkdir -p out
	@$(BIN)/detente brief $(SAMPLES) --about USA,RUS -o out/inf-treaty.html

test: lint types imports unit gate ## lint, types, import contracts, tests with coverage, evaluation gate

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

imports: .venv/ready
	$(BIN)/lint-imports

services: # Debian packages that the slow tests use, where they can be had
	@sh scripts/install_services.sh

unit: .venv/ready services
	$(BIN)/pytest --cov --cov-report=term:skip-covered

gate: .venv/ready ## the evaluations against their floors
	$(BIN)/python -m evaluation gate

gate-full: .venv/ready ## the evaluations with the slow ones
	$(BIN)/python -m evaluation gate --slow

fuzz: .venv/ready ## 100,000 hostile inputs, then a quarter of an hour led by coverage, then properties
	$(BIN)/python -m tests.faults --inputs 100000
	$(BIN)/python -m tests.faults --guided 900
	DETENTE_FUZZ=2000 $(BIN)/pytest tests/faults tests/read -k "not memory"

soak: .venv/ready ## 24,000 reports coded in a row, memory flat
	DETENTE_SOAK=24000 $(BIN)/pytest tests/faults -k memory

wheel: ## the wheel alone in an empty environment passes the tests
	sh scripts/check_wheel.sh $(PYTHON)

root: ## make brief and make test in an empty Debian root (needs root, debootstrap, git)
	sh scripts/check_empty_root.sh

lock: ## pin the dependencies anew, with hashes (needs uv)
	uv pip compile -q --python-version 3.11 --only-binary :all: --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements/*.in -o requirements/dev.txt

clean: ## remove what was built, not what was recorded
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache
