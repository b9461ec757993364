# Each target sets up what it needs and nothing else. PYTHON may name another interpreter (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: report test golden docs pictures bench clean

report: .venv/ready libraries
	@test -n "$(MONTH)" || { echo "which month? write: make report MONTH=2018-05"; exit 2; }
	$(BIN)/mpr build $(MONTH)

test: .venv/ready-dev libraries browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

# Renew the golden files; read the difference before you keep it.
golden: .venv/ready-dev libraries
	MPR_GOLDEN=renew $(BIN)/pytest tests

# Make the pages of all settings and all checks, docs/indicators.md and docs/checks.md, anew from the code.
docs: .venv/ready-dev
	$(BIN)/python tools/settings.py
	$(BIN)/python tools/checks.py

# Make the pictures of the README anew from the report.
pictures: .venv/ready-dev libraries browser
	$(BIN)/mpr build 2018-05
	$(BIN)/python tools/pictures.py

# Measure everything, and write docs/performance.md; the machine should do nothing else meanwhile.
bench: .venv/ready-bench libraries browser
	$(BIN)/python -m bench

clean:
	rm -rf .venv .mpr-cache out/20*

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --editable .
	touch $@

.venv/ready-dev: pyproject.toml constraints.txt | .venv/bin/python
	$(INSTALL) --editable '.[dev]'
	touch .venv/ready $@

.venv/ready-bench: .venv/ready-dev
	$(INSTALL) --editable '.[bench]'
	touch $@

.PHONY: libraries browser
libraries:
	@sh tools/system.sh libraries

browser:
	@sh tools/system.sh browser
