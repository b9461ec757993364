"""Write docs/checks.md, the meaning of every problem's code, from the code: `python tools/checks.py`."""

from pathlib import Path

from mpr.rules.catalogue import CheckDescription, list_checks

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
RULE_GROUPS = "45"  # first digits of the codes that rules report
HEAD = """\
# What `mpr check` finds

This page is made from the code by `make docs`; `mpr check --explain W508` prints the same about one code. A code that
begins with E is an error: it stops the report. A code that begins with W is a finding: the report is made all the same.
With `--strict`, findings fail too.

## Accept a finding

You can accept a finding that is correct, and say why, in the month's own file, such as `data/2018-05.yaml`:

```yaml
accepted:
  - check: W512
    about: CP 3.6
    basis: green; red; 578,468; 733,333
    reason: Most visitors come in summer
```

`mpr check 2018-05 --accept` prints this entry for every finding that is still open. Paste it into the file and write
the reason. `about` is the indicator, and `basis` holds the figures, periods or words that the finding was made from. An
accepted finding stays quiet until one of them changes; then `mpr check` reports it again, and W518 names the entry.

Older files quote the finding's sentence instead (`- finding: "W512 CP 3.6 is set to green where …"`). They are still
read, and `mpr check 2018-05 --rewrite-accepted` rewrites them. It changes nothing else in the file.
"""


def page() -> str:
    """Return the page: a section for each rule, then a table of the problems found while reading and writing."""
    checks = list_checks()
    rules = [check for check in checks if check.code[1] in RULE_GROUPS]
    rows = "".join(f"| {check.code} | {check.sentence} |\n" for check in checks if check not in rules)
    sections = "\n".join(map(format_section, rules))
    table = f"## Found while reading and writing\n\n| Code | Meaning |\n|---|---|\n{rows}"
    return f"{HEAD}\n## Rules\n\n{sections}\n{table}"


def format_section(check: CheckDescription) -> str:
    """Return the section about a rule: its sentence, then its further paragraphs."""
    details = f"\n{check.details}\n" if check.details else ""
    return f"### {check.code}\n\n{check.sentence}\n{details}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
