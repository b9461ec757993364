# Each target installs what it needs and nothing else. PYTHON may name another interpreter (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# uv installs the same versions in a tenth of the time; where it cannot (a mirror that only pip knows), pip does it.
UV := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt
# These rooms need no browser and make no PDF.
FAST_TESTS := tests/measure tests/load tests/rules tests/report
SLOW_FILES := $(addprefix --ignore=tests/,load/test_deformed.py load/test_loaders_properties.py \
	report/test_fidelity.py report/test_golden.py report/test_revisions.py)

.PHONY: report test test-fast coverage verify-pdf golden docs pictures bench renew fuzz clean

report: .venv/ready libraries
	@test -n "$(MONTH)" || { echo "which month? write: make report MONTH=2018-05"; exit 2; }
	$(BIN)/mpr build $(MONTH)

test: .venv/ready-dev libraries browser checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

# The tests that need no browser and make no PDF, for the minutes between two edits.
test-fast: .venv/ready-dev
	$(BIN)/pytest $(FAST_TESTS) $(SLOW_FILES)

# All tests with branch coverage, in one line at the end. Python 3.11 cannot count branches cheaply: the tests take twice
# as long, so `make test` does without. What only subprocesses reach does not count.
coverage: .venv/ready-dev libraries browser checker
	$(BIN)/pytest --cov --cov-branch --cov-report= --quiet
	@echo "Branch coverage: $$($(BIN)/coverage report --format=total) % of mpr"

# Read every PDF of May 2018 as a screen reader does and compare it with its page; prints a line for each.
verify-pdf: .venv/ready-dev libraries
	@said=$$($(BIN)/mpr build 2018-05 2>&1 && $(BIN)/mpr build 2018-05 --all-committees 2>&1) || { echo "$$said"; exit 1; }
	@$(BIN)/python tools/verify_pdf.py

# Renew the golden files; read the difference before you keep it.
golden: .venv/ready-dev libraries
	MPR_GOLDEN=renew $(BIN)/pytest tests

# Write docs/indicators.md, docs/checks.md and docs/security.md again from the code.
docs: .venv/ready-dev
	$(BIN)/python tools/settings.py
	$(BIN)/python tools/checks.py
	$(BIN)/python tools/security.py

# Make the pictures of the README again from the report.
pictures: .venv/ready-dev libraries browser
	$(BIN)/mpr build 2018-05
	$(BIN)/python tools/pictures.py

# Measure everything and write docs/performance.md; the machine should do nothing else meanwhile.
bench: .venv/ready-bench libraries browser
	$(BIN)/python -m bench

# Install the newest versions beside the pinned ones, build May 2018 with both and say what changed on the pages.
renew: .venv/ready-dev libraries
	$(BIN)/python tools/renew.py

# Feed damaged files to everything that reads files, for SECONDS (60).
fuzz: .venv/ready-dev
	$(BIN)/python tools/fuzz.py $(SECONDS)

clean:
	rm -rf .venv .mpr-cache out/20*

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/ready: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) --editable .
	touch $@

.venv/ready-dev: pyproject.toml constraints.txt | .venv/bin/python
	$(PIP) uv
	$(UV) --editable '.[dev]' || $(PIP) --editable '.[dev]'
	touch .venv/ready $@

.venv/ready-bench: .venv/ready-dev
	$(PIP) --editable '.[bench]'
	touch $@

.PHONY: libraries browser checker
libraries:
	@sh tools/system.sh libraries

browser:
	@sh tools/system.sh browser

checker:
	@sh tools/system.sh checker
