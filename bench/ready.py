"""What others need for the same content: the printed page with its style in it, a Typst document with its pictures.

`python -m bench.ready PROJECT FOLDER` writes `page.html`, `report.typ` and the pictures into the folder. It is a
process of its own, so that what measures stays small.
"""

import sys
from pathlib import Path

from bench.peers import DOCUMENT, PAGE
from bench.project import MONTH
from bench.typst import document
from mpr.project import Project
from mpr.render.charts import cached_charts
from mpr.render.html import page
from mpr.render.html.chunking import RUNNING_ELEMENT
from mpr.report.assemble import assemble_report
from mpr.workflows.check import check_period

# What `mpr` does apart from the layout is done here with it: page numbers, and what stands in the margins.
MARGINS = """
@page body { @top-left { content: string(title) } @top-right { content: string(section) }
@bottom-right { content: "Page " counter(page) " of " counter(pages) } }
h1 { string-set: title content() } h2 .title { string-set: section content() }
a[data-page]::after { content: target-counter(attr(href), page) }
"""


def write(project: Project, folder: Path) -> None:
    """Write the month's page and document into a folder."""
    report = assemble_report(check_period(project, MONTH).scorecard)
    charts = cached_charts.load_or_draw(report.charts, project)
    _, printed = page.render_report(report, charts, project)
    base = project.get_template_path("fonts").parent.as_uri()
    head = f'<base href="{base}/"><style>{page.read_print_style(project)}{MARGINS}</style></head>'
    printed = RUNNING_ELEMENT.sub("", printed)
    (folder / PAGE).write_text(printed.replace("</head>", head, 1), encoding="utf-8")
    names = {anchor: f"{anchor}.svg" for anchor in charts}
    for anchor, name in names.items():
        svg = charts[anchor].replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        (folder / name).write_text(svg, encoding="utf-8")
    (folder / DOCUMENT).write_text(document(report, names), encoding="utf-8")


if __name__ == "__main__":
    write(Project(Path(sys.argv[1]).resolve()), Path(sys.argv[2]))
