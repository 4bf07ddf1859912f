# The commands a developer needs. `make` alone lists them.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: help setup demo test test-browser test-mail test-slow run lint types bench bench-peers docs
help:
	@grep -E '^[a-z-]+:.*#' Makefile | sed 's/:.*#/  /'

# pip is renewed first: the one a fresh Python 3.11 brings cannot resolve our extractors together.
$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "donghyang needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=26' 
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev -e .
	@touch $(STAMP)

setup: $(STAMP)  # make the environment in .venv

demo: $(STAMP)  # eight invented weeks through the real pipeline; says where to look
	$(BIN)/python -m donghyang.demo

test: $(STAMP)  # lint, types and the fast suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 -m 'not browser and not slow and not mail'

test-browser: $(STAMP)  # pages and letters in real Chromium; those of the demo's weeks too, after `make demo`
	$(BIN)/python -m pytest -m browser

test-mail: $(STAMP)  # the letter in mail programs, validators and a mail server; what is not installed is skipped
	$(BIN)/python -m pytest -m mail

test-slow: $(STAMP)  # kill, fault and wheel suites, and the longest of whole runs
	$(BIN)/python -m pytest -n 2 --dist loadfile -m slow

run: $(STAMP)  # the steps that are due, with ./config.toml
	$(BIN)/donghyang run

lint: $(STAMP)  # mend what can be mended, name the rest
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types: $(STAMP)  # mypy --strict
	$(BIN)/mypy

docs: $(STAMP)  # the pages made from the code: docs/config.md, docs/commands.md
	$(BIN)/python -m docs.generate

bench: $(STAMP)  # quality and speed on the data in $$DONGHYANG_DATA (default ../shared/data)
	$(BIN)/python -m benchmarks

# BERTopic would bring torch; the parts it needs when vectors are given are these. Kept out of our own environment.
bench-peers: $(STAMP)  # BERTopic, without torch, and lemon24/reader in .venv-peers: benchmarks then run them beside us
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check hdbscan umap-learn pandas plotly scikit-learn tqdm pyyaml
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps 'bertopic>=0.17,<0.18'
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check reader sgmllib3k
	.venv-peers/bin/python -c 'import bertopic; print("BERTopic", bertopic.__version__)'
