# Each target sets up what it needs and nothing else. PYTHON may name another interpreter (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: report test verify-pdf golden docs pictures bench fuzz clean

report: .venv/ready libraries
	@test -n "$(MONTH)" || { echo "which month? write: make report MONTH=2018-05"; exit 2; }
	$(BIN)/mpr build $(MONTH)

test: .venv/ready-dev libraries browser checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

# Read every PDF of May 2018 as a screen reader does and hold it to its page; prints a line for each.
verify-pdf: .venv/ready-dev libraries
	@said=$$($(BIN)/mpr build 2018-05 2>&1 && $(BIN)/mpr build 2018-05 --all-committees 2>&1) || { echo "$$said"; exit 1; }
	@$(BIN)/python tools/verify_pdf.py

# Renew the golden files; read the difference before you keep it.
golden: .venv/ready-dev libraries
	MPR_GOLDEN=renew $(BIN)/pytest tests

# Make the pages of all settings and all checks, docs/indicators.md, docs/checks.md and docs/security.md, anew from the code.
docs: .venv/ready-dev
	$(BIN)/python tools/settings.py
	$(BIN)/python tools/checks.py
	$(BIN)/python tools/security.py

# Make the pictures of the README anew from the report.
pictures: .venv/ready-dev libraries browser
	$(BIN)/mpr build 2018-05
	$(BIN)/python tools/pictures.py

# Measure everything, and write docs/performance.md; the machine should do nothing else meanwhile.
bench: .venv/ready-bench libraries browser
	$(BIN)/python -m bench

# Throw texts that no officer would write at what reads the files, for SECONDS (60).
fuzz: .venv/ready-dev
	$(BIN)/python tools/fuzz.py $(SECONDS)

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

.PHONY: libraries browser checker
libraries:
	@sh tools/system.sh libraries

browser:
	@sh tools/system.sh browser

checker:
	@sh tools/system.sh checker
