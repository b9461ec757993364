"""Where a council's project keeps its things."""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from mpr.measure.period import Period

MANIFEST = "manifest.json"  # of a published edition
Fingerprint = frozenset[tuple[Path, int, int, int]]


@dataclass(frozen=True)
class Project:
    """A folder with `indicators.yaml`, `data/`, and, where the council has its own, `templates/`."""

    root: Path

    @property
    def indicators_path(self) -> Path:
        """What each indicator is."""
        return self.root / "indicators.yaml"

    @property
    def data(self) -> Path:
        """The folder of the periods' values."""
        return self.root / "data"

    def get_values_path(self, period: Period | str) -> Path:
        """The values of one period."""
        return self.data / f"{period}.csv"

    def get_edition_path(self, period: Period | str) -> Path:
        """What is particular to one edition."""
        return self.data / f"{period}.yaml"

    def get_workbook_path(self, period: Period | str) -> Path:
        """The workbook of a period that is sent out to be filled in."""
        return self.root / "workbooks" / f"mpr-{period}.xlsx"

    def get_replaced_values_path(self, period: Period | str, number: int) -> Path:
        """A copy of a period's values as they were before they were replaced, from 1; it is not read as data."""
        return self.data / "replaced" / f"{period}-{number}.csv"

    @property
    def published(self) -> Path:
        """The folder of the editions that were published."""
        return self.root / "out" / "published"

    def get_publication_folder(self, period: Period | str, version: str) -> Path:
        """The folder of a published edition."""
        return self.published / f"{period}-v{version}"

    def get_report_path(self, period: Period | str, ending: str, pack: str = "") -> Path:
        """The report of a period, or a pack of it, as a file with this ending (`html`, `pdf`)."""
        return self.root / "out" / str(period) / format_file_name(f"{period}-{pack}" if pack else period, ending)

    def list_report_files(self, period: Period | str) -> tuple[Path, ...]:
        """The files of a period's whole report that are there, its appendices among them, but for its record."""
        candidates = self.get_report_path(period, "html").parent.glob(format_file_name(period, "*"))
        return tuple(sorted(path for path in candidates if not path.name.endswith(".figures.json")))

    @property
    def cache(self) -> Path:
        """The folder of what is kept to be faster the next time; it may be deleted at any time."""
        return self.root / ".mpr-cache"

    @property
    def templates(self) -> tuple[Path, ...]:
        """Where templates, styles and fonts are looked for: the council's own first, then those of `mpr`.

        An installed `mpr` carries its templates; in a checkout they lie beside the package.
        """
        package = Path(__file__).parent
        shipped = package / "templates"
        return (self.root / "templates", shipped if shipped.is_dir() else package.parent / "templates")

    def get_template_path(self, name: str) -> Path:
        """The file of a template, style or font folder: the council's own where there is one."""
        return next((folder / name for folder in self.templates if (folder / name).exists()), self.templates[-1] / name)

    def display_path(self, path: Path) -> str:
        """A path as an officer knows it: from the project's folder, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def format_file_name(period: Period | str, ending: str) -> str:
    """Return the name of a file of a period's report, by its ending."""
    return f"mpr-{period}.{ending}"


def fingerprint(paths: Iterable[Path]) -> Fingerprint:
    """Say how files stand now: path, number, time (ns) and size of each; of folders, of all in them, hidden ones aside.

    Two stamps are alike where nothing has changed in between.
    """
    roots = tuple(paths)
    nested = (Path(folder, name) for top in roots for folder, _, names in os.walk(top) for name in names)
    entries = set()
    for path in (*roots, *nested):
        with suppress(OSError):  # gone by now, so it is not there
            state = path.stat()
            if S_ISREG(state.st_mode) and path.name[0] not in "~.":
                entries.add((path, state.st_ino, state.st_mtime_ns, state.st_size))
    return frozenset(entries)
