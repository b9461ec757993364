"""A thing that is added is added everywhere: the lists of ARCHITECTURE.md, "How to add something", as tests.

Each message names the list, so that whoever forgot a place knows where to read on.
"""

import re

import pytest

from mpr.cli.main import COMMANDS
from mpr.load.config.sections import COLUMNS
from mpr.measure.formatting import describe_measure
from mpr.measure.indicator import MeasureKind
from mpr.measure.period import Frequency
from mpr.render.formats.registry import FORMATS
from mpr.report.sections.columns import COLUMN_KINDS
from mpr.rules.runner import CROSS_INDICATOR_RULES, RULES
from tests.conftest import ROOT
from tests.hostile.test_formats import READERS
from tests.test_cli import LIGHT_COMMANDS, REPORT_COMMANDS

CHANGELOG, ARCHITECTURE = ((ROOT / name).read_text(encoding="utf-8") for name in ("CHANGELOG.md", "ARCHITECTURE.md"))
COMMAND_PAGE, DATA_PAGE, SETTINGS_PAGE, CHECKS_PAGE = (
    (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("commands", "open-data", "indicators", "checks")
)
PLANTED = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "bad").glob("*/problems.txt"))
)
RULE_CODES = sorted({rule.__doc__.split(":")[0] for rule in (*RULES, *CROSS_INDICATOR_RULES) if rule.__doc__})


def _see(thing: str) -> str:
    assert f"**A {thing}**" in ARCHITECTURE, "ARCHITECTURE.md has lost one of its lists"
    return f'see "A {thing}" under "How to add something" in ARCHITECTURE.md'


@pytest.mark.parametrize("key", COLUMN_KINDS)
def test_every_column_is_a_setting_and_documented(key: str) -> None:
    assert key in COLUMNS, f"{key} is not in mpr/load/config/sections.py; {_see('column')}"
    assert f"`{key}`" in SETTINGS_PAGE, f"{key} is not in docs/indicators.md; {_see('column')}"


@pytest.mark.parametrize("code", RULE_CODES)
def test_every_check_is_documented_and_planted(code: str) -> None:
    assert f"### {code}\n" in CHECKS_PAGE, f"{code} is not in docs/checks.md; {_see('check')}"
    assert f" {code} " in PLANTED, f"no folder of tests/bad plants {code}; {_see('check')}"


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_documented_and_tested_with_hostile_texts(name: str) -> None:
    assert f".{name}`" in DATA_PAGE or name in {"html", "pdf"}, f"{name} is not in docs/open-data.md; {_see('format')}"
    assert re.search(rf"`{name}`|--format {name}\b", COMMAND_PAGE), (
        f"{name} is not in docs/commands.md; {_see('format')}"
    )
    assert name.upper() in CHANGELOG.upper(), f"{name} is not in CHANGELOG.md; {_see('format')}"
    assert name in READERS, f"tests/hostile/test_formats.py has no reader of {name}; {_see('format')}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_light_unless_it_builds_reports(name: str) -> None:
    assert f"`mpr {name}" in COMMAND_PAGE, f"{name} is not in docs/commands.md; {_see('command')}"
    assert f"mpr {name}" in CHANGELOG, f"{name} is not in CHANGELOG.md; {_see('command')}"
    assert name in {*LIGHT_COMMANDS, *REPORT_COMMANDS}, (
        f"{name} is not in the lists of tests/test_cli.py; {_see('command')}"
    )
    for folder in ("cli/commands", "workflows"):
        path = ROOT / "mpr" / folder / name
        assert path.exists() or path.with_suffix(".py").exists(), f"{name} is not in mpr/{folder}; {_see('command')}"


@pytest.mark.parametrize("kind", MeasureKind)
def test_every_measure_kind_has_words_and_is_documented(kind: MeasureKind) -> None:
    assert describe_measure(kind, Frequency.MONTHLY), f"{kind} has no words; {_see('measure kind')}"
    assert f"`{kind}`" in SETTINGS_PAGE, f"{kind} is not in docs/indicators.md; {_see('measure kind')}"
    assert re.search(rf"\| [^\n]*`{kind}`[^\n]*\|", SETTINGS_PAGE), (
        f"docs/indicators.md does not say how {kind} adds up; {_see('measure kind')}"
    )
