"""The figures of a report as CSV, one row an indicator and period, and the descriptor that says what its columns mean.

The descriptor is CSV on the Web (the W3C's "Metadata Vocabulary for Tabular Data") and stands beside the CSV under the
name by which it is looked for: `mpr-2018-05.csv-metadata.json`. An empty cell means that there is nothing to say; a
column of its own says why a figure is missing.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mpr.load.values import as_csv
from mpr.report.data import Figure, Item, Past
from mpr.report.model import Report

LANGUAGE = "en-GB"


@dataclass(frozen=True)
class Column:
    """A column: its name, title and meaning, its type in the words of XML Schema, and what it holds of a period.

    A `sure` one is never empty.
    """

    name: str
    title: str
    meaning: str
    datatype: str
    cell: Callable[[Item, Past], str]
    sure: bool = False


def _number(figure: Figure, end: int = 0) -> str:
    return f"{figure.numbers[end]:f}" if end < len(figure.numbers) else ""


def _boolean(said: bool) -> str:  # noqa: FBT001 - what is said is all there is
    return "true" if said else "false"


COLUMNS = (
    Column("code", "Code", "The indicator’s code or, where it has none, its short name", "string",
           lambda item, _: item.code, sure=True),
    Column("name", "Name", "What is measured", "string", lambda item, _: item.name, sure=True),
    Column("unit", "Unit", "What the numbers count; of a percentage %, and 83 is 83%", "string",
           lambda item, _: item.unit),
    Column("period", "Period", "The period: a month (2018-05), or a part of a year (2018-19-Q1) or a year (2018-19)",
           "string", lambda _, past: past.period.name, sure=True),
    Column("period_kind", "Kind of period", "month, quarter, term, half-year or year", "string",
           lambda _, past: past.period.kind, sure=True),
    Column("period_end", "Last day of the period", "The last day of the period", "date",
           lambda _, past: past.period.ends, sure=True),
    Column("value", "Value", "Performance to date for the period, with the decimals that the report prints", "decimal",
           lambda _, past: _number(past.value)),
    Column("value_mark", "Mark on the value", "What marks the value (proxy, revised), or why there is none", "string",
           lambda _, past: past.value.note),
    Column("target", "Target", "Target to date for the period; of a target that is a range, its lower end", "decimal",
           lambda _, past: _number(past.target)),
    Column("target_upper", "Upper end of the target", "The upper end of a target that is a range", "decimal",
           lambda _, past: _number(past.target, 1)),
    Column("target_mark", "Mark on the target", "Why there is no target", "string",
           lambda _, past: past.target.spoken),
    Column("outcome", "Outcome of the period", "What the rule, or an officer, said of the period’s value", "string",
           lambda _, past: past.outcome),
    Column("overruled", "Overruled", "Whether an officer set the outcome in place of the rule’s", "boolean",
           lambda _, past: _boolean(past.overruled), sure=True),
    Column("latest", "Latest", "Whether the indicator stands on this period in the report", "boolean",
           lambda _, past: _boolean(past.latest), sure=True),
)  # fmt: skip


def table(report: Report) -> str:
    """Return the figures as CSV; Excel opens it as it is, and takes no text for a formula."""
    rows = ([each.cell(item, past) for each in COLUMNS] for item in report.dataset.items for past in item.history)
    return as_csv([[each.name for each in COLUMNS], *rows])


def descriptor(report: Report, name: str) -> str:
    """Return what describes the CSV of some name."""
    edition = report.edition
    title = ", ".join(filter(None, [edition.title, edition.pack, edition.period]))
    described: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": LANGUAGE}],
        "url": name,
        "dc:title": f"{title}: figures",
        "dc:description": f"Values, targets and outcomes by indicator and period. Version {edition.version}.",
        "dc:publisher": edition.author,
        "dc:issued": {"@value": edition.created, "@type": "xsd:date"},
        "dc:language": LANGUAGE,
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [
                {
                    "name": each.name,
                    "titles": [each.name, each.title],
                    "dc:description": each.meaning,
                    "datatype": each.datatype,
                    "required": each.sure,
                }
                for each in COLUMNS
            ],
            "primaryKey": ["code", "period_kind", "period"],
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"
