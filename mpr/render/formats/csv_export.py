"""The figures of a report as CSV, one row per indicator and period, with a descriptor of its columns.

The descriptor follows CSV on the Web (the W3C's "Metadata Vocabulary for Tabular Data"). It is saved beside the CSV
under the name that the standard looks for: `mpr-2018-05.csv-metadata.json`. An empty cell means that there is nothing
to say; a separate column says why a figure is missing.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mpr.load.values import format_csv
from mpr.render.formats.interface import RenderedFormat, RenderRequest
from mpr.report.model.open_data import HistoryEntry, IndicatorData, PrintedFigure
from mpr.report.model.report import Report

LANGUAGE = "en-GB"
DESCRIPTOR_ENDING = "csv-metadata.json"  # set by CSV on the Web


@dataclass(frozen=True)
class CsvColumn:
    """A column: its name, title and meaning, its XML Schema type, and the function that formats its cell for a period.

    A `required` column is never empty.
    """

    name: str
    title: str
    meaning: str
    datatype: str
    format_cell: Callable[[IndicatorData, HistoryEntry], str]
    required: bool = False


def _format_number(figure: PrintedFigure, end: int = 0) -> str:
    return f"{figure.numbers[end]:f}" if end < len(figure.numbers) else ""


def _format_boolean(flag: bool) -> str:  # noqa: FBT001 - the flag is the value itself
    return "true" if flag else "false"


COLUMNS = (
    CsvColumn("code", "Code", "The indicator’s code or, where it has none, its short name", "string",
           lambda item, _: item.code, required=True),
    CsvColumn("name", "Name", "What is measured", "string", lambda item, _: item.name, required=True),
    CsvColumn("unit", "Unit", "What the numbers count; of a percentage %, and 83 is 83%", "string",
           lambda item, _: item.unit),
    CsvColumn("period", "Period", "The period: a month (2018-05), or a part of a year (2018-19-Q1) or a year (2018-19)",
           "string", lambda _, entry: entry.period.name, required=True),
    CsvColumn("period_kind", "Kind of period", "month, quarter, term, half-year or year", "string",
           lambda _, entry: entry.period.kind, required=True),
    CsvColumn("period_end", "Last day of the period", "The last day of the period", "date",
           lambda _, entry: entry.period.ends, required=True),
    CsvColumn("value", "Value", "Performance to date for the period, with the decimals that the report prints",
           "decimal", lambda _, entry: _format_number(entry.value)),
    CsvColumn("value_mark", "Mark on the value", "What marks the value (proxy, revised), or why there is none",
           "string", lambda _, entry: entry.value.note),
    CsvColumn("target", "Target", "Target to date for the period; of a target that is a range, its lower end",
           "decimal", lambda _, entry: _format_number(entry.target)),
    CsvColumn("target_upper", "Upper end of the target", "The upper end of a target that is a range", "decimal",
           lambda _, entry: _format_number(entry.target, 1)),
    CsvColumn("target_mark", "Mark on the target", "Why there is no target", "string",
           lambda _, entry: entry.target.spoken),
    CsvColumn("outcome", "Outcome of the period", "What the rule, or an officer, said of the period’s value",
           "string", lambda _, entry: entry.outcome),
    CsvColumn("overruled", "Overruled", "Whether an officer set the outcome in place of the rule’s", "boolean",
           lambda _, entry: _format_boolean(entry.overruled), required=True),
    CsvColumn("latest", "Latest", "Whether the indicator stands on this period in the report", "boolean",
           lambda _, entry: _format_boolean(entry.latest), required=True),
)  # fmt: skip


def render(request: RenderRequest) -> RenderedFormat:
    """Return the CSV and its descriptor."""
    csv_name = request.get_file_name("csv")
    descriptor = export_csv_metadata(request.report, csv_name)
    files = {request.get_file_name(DESCRIPTOR_ENDING): descriptor, csv_name: export_csv(request.report)}
    return RenderedFormat({name: text.encode() for name, text in files.items()})


def export_csv(report: Report) -> str:
    """Return the figures as CSV that Excel opens directly and in which it mistakes no text for a formula."""
    rows = (
        [column.format_cell(item, entry) for column in COLUMNS]
        for item in report.dataset.items
        for entry in item.history
    )
    return format_csv([[column.name for column in COLUMNS], *rows])


def export_csv_metadata(report: Report, name: str) -> str:
    """Return the descriptor of the CSV file with this name, as JSON."""
    edition = report.edition
    title = ", ".join(filter(None, [edition.title, edition.pack, edition.period]))
    metadata: dict[str, Any] = {
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
                    "name": column.name,
                    "titles": [column.name, column.title],
                    "dc:description": column.meaning,
                    "datatype": column.datatype,
                    "required": column.required,
                }
                for column in COLUMNS
            ],
            "primaryKey": ["code", "period_kind", "period"],
        },
    }
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"
