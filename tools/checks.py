"""Make docs/checks.md, what the code of every problem means, from the code: `python tools/checks.py`."""

from pathlib import Path

from mpr.rules.catalogue import CheckDescription, list_checks

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
HEAD = """\
# What `mpr check` finds

Made from the code by `make docs`; `mpr check --explain W508` prints the same of one code. A code that begins with E is
an error and stops the report; one with W is a finding, and the report is made all the same. With `--strict` findings
fail too.

A finding that is right as it is can be accepted in the month's own file, such as `data/2018-05.yaml`, with the reason.
It is copied as it was printed, from its code on, and stays quiet as long as it would be printed in the same words; its
words hold the figures that it was made from. When they change, it is found again.

```yaml
accepted:
  - finding: "W512 CP 3.6 is set to green where the rule says red at 578,468 against 733,333"
    reason: Most visitors come in summer
```
"""


def page() -> str:
    """Return the page: the rules each with its paragraphs, then what is noticed while reading, a line each."""
    found = list_checks()
    rules = [each for each in found if each.code[1] in "45"]
    others = [each for each in found if each not in rules]
    rows = "".join(f"| {each.code} | {each.sentence} |\n" for each in others)
    judged = "\n".join(_section(each) for each in rules)
    reading = f"## Noticed while reading and writing\n\n| Code | Meaning |\n|---|---|\n{rows}"
    return f"{HEAD}\n## Rules\n\n{judged}\n{reading}"


def _section(entry: CheckDescription) -> str:
    more = f"\n{entry.details}\n" if entry.details else ""
    return f"### {entry.code}\n\n{entry.sentence}\n{more}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
