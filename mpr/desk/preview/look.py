"""What the preview shows of the files as they stand: the report, or what keeps it from being made.

It is the flow of a build, without writing anything but the pictures that are kept for the next one.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

from mpr.desk.check import check
from mpr.desk.preview.change import Parts, parts
from mpr.kept import ANEW, Anew
from mpr.load.excerpt import contents, excerpt, where
from mpr.measure.words import plural
from mpr.problem import EnvironmentFault, InputError, Problem, Severity
from mpr.project import Project
from mpr.render import html, pictures, preview
from mpr.render.pictures import NONE, Pictures
from mpr.report.appendices import Appendix
from mpr.report.assemble import pages

ATTACHED = Mapping[Appendix, bytes]
NOTHING: ATTACHED = MappingProxyType({})
BACK = "Mend and save: the report comes back by itself."


@dataclass(frozen=True)
class Shown:
    """A page with its version; `printed` is the page for the PDF and `drawn` holds the charts, where there is a report.

    `attached` are the PDFs of its appendices.

    Two pages of one version are alike, and so are their PDFs.
    """

    page: str
    version: str
    printed: str = ""
    drawn: Pictures = field(default_factory=dict)
    attached: ATTACHED = field(default_factory=dict)

    @cached_property
    def parts(self) -> Parts:
        """The page in parts, to be held against the one before and the next."""
        return parts(self.page)


def look(project: Project, period: str, drawn: Pictures, kept: Anew = ANEW) -> Shown:
    """Show the report of a period, or else its problems; what was drawn and kept before is not made again."""
    try:
        checked = check(project, period, kept)
        report = pages(checked.scorecard)
        charts = pictures.of(report.charts, project, drawn)
        screen, printed = html.render(report, charts, project, kept=kept)
    except InputError as error:
        return versioned(problems(project, error.problems, BACK), drawn=drawn)
    warnings = _troubles(project, checked.warnings)
    title = plural(len(warnings), "warning") if warnings else ""
    page = preview.with_bar(screen, pdf(period), title, warnings)
    pictured = {each: charts[each.anchor] for each in report.charts}
    attached = dict(zip(report.appendices, (each.data for each in checked.scorecard.appendices), strict=True))
    return versioned(page, printed, html.around_print(report, project), pictured, attached)


def pdf(period: str) -> str:
    """Return the name of a period's PDF."""
    return f"mpr-{period}.pdf"


def problems(project: Project, found: Iterable[Problem], text: str) -> str:
    """Return the page of some problems, errors first; `text` says what comes of mending them."""
    found = sorted(found, key=lambda each: each.severity is Severity.WARNING)
    title = f"{plural(sum(each.severity is Severity.ERROR for each in found), 'thing')} to mend"
    return preview.in_its_place(title, text, _troubles(project, found))


def fault(error: BaseException, what: str = "report") -> str:
    """Return the page that says why something could not be made, where that is no fault of the input."""
    if isinstance(error, EnvironmentFault):
        return preview.in_its_place(f"The {what} could not be made", f"{error}.", ())
    text = (
        "mpr met a fault of its own, not of your data. What is known of it is told where mpr preview was started. The"
        " preview goes on, and tries again when the next file is saved."
    )
    return preview.in_its_place(f"The {what} could not be made", text, ())


def versioned(
    page: str,
    printed: str = "",
    around: str = "",
    drawn: Pictures = NONE,
    attached: ATTACHED = NOTHING,
) -> Shown:
    """Give a page its version, made of the page, what stands around the same body in print, and the appendices."""
    hashed = hashlib.sha256(page.encode())
    hashed.update(f"\0{around}\0".encode())
    for data in attached.values():
        hashed.update(data)
    version = hashed.hexdigest()[:16]
    return Shown(preview.of_version(page, version), version, printed, drawn, attached)


def _troubles(project: Project, found: Iterable[Problem]) -> list[preview.Trouble]:
    """Return problems with what stands around them in their files, each of which is read once."""
    text = cache(lambda file: contents(_path(project, file)))
    return [
        preview.Trouble(
            each.severity, where(each), each.code, each.message, each.hint, excerpt(text(each.place.file), each)
        )
        for each in found
    ]


def _path(project: Project, file: str) -> Path:
    """Return the path of a file as officers know it; a template may be one of those that `mpr` ships."""
    own, _, name = file.partition("templates/")
    return project.template(name) if name and not own else project.root / file
