"""The folders and files of a council's project."""

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
    """A project folder: `indicators.yaml`, `data/` and, if the council has its own, `templates/`."""

    root: Path

    @property
    def indicators_path(self) -> Path:
        """The file that defines the indicators."""
        return self.root / "indicators.yaml"

    @property
    def data(self) -> Path:
        """The folder of the data files."""
        return self.root / "data"

    def get_values_path(self, period: Period | str) -> Path:
        """Return the path of a period's values (CSV)."""
        return self.data / f"{period}.csv"

    def get_edition_path(self, period: Period | str) -> Path:
        """Return the path of the settings of a period's edition (YAML)."""
        return self.data / f"{period}.yaml"

    def get_workbook_path(self, period: Period | str) -> Path:
        """Return the path of the workbook that is sent out for a period's figures."""
        return self.root / "workbooks" / f"mpr-{period}.xlsx"

    def get_replaced_values_path(self, period: Period | str, number: int) -> Path:
        """Return the path of a copy of a period's earlier values, numbered from 1; copies are not read as data."""
        return self.data / "replaced" / f"{period}-{number}.csv"

    @property
    def published(self) -> Path:
        """The folder of published editions."""
        return self.root / "out" / "published"

    def get_publication_folder(self, period: Period | str, version: str) -> Path:
        """Return the folder of a published edition."""
        return self.published / f"{period}-v{version}"

    def get_report_path(self, period: Period | str, ending: str, pack: str = "") -> Path:
        """Return the path of a period's report, or of one pack of it, by its ending (`html`, `pdf`)."""
        return self.root / "out" / str(period) / format_file_name(f"{period}-{pack}" if pack else period, ending)

    def list_report_files(self, period: Period | str) -> tuple[Path, ...]:
        """Return the existing files of a period's full report, with its appendices and without its record, sorted."""
        candidates = self.get_report_path(period, "html").parent.glob(format_file_name(period, "*"))
        return tuple(sorted(path for path in candidates if not path.name.endswith(".figures.json")))

    @property
    def cache(self) -> Path:
        """The folder of the cache; it may be deleted at any time."""
        return self.root / ".mpr-cache"

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders searched for templates, styles and fonts: the council's own first, then those of `mpr`.

        An installed `mpr` has its templates inside the package; in a checkout they are beside it.
        """
        package = Path(__file__).parent
        shipped = package / "templates"
        return (self.root / "templates", shipped if shipped.is_dir() else package.parent / "templates")

    def get_template_path(self, name: str) -> Path:
        """Return the path of a template, style or font folder: the council's own if there is one."""
        return next((folder / name for folder in self.templates if (folder / name).exists()), self.templates[-1] / name)

    def display_path(self, path: Path) -> str:
        """Return a path as an officer knows it: relative to the project's folder, with forward slashes."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)


def format_file_name(period: Period | str, ending: str) -> str:
    """Return the file name of a period's report: `mpr-2018-05.html`."""
    return f"mpr-{period}.{ending}"


def fingerprint(paths: Iterable[Path]) -> Fingerprint:
    """Return the path, inode, modification time (ns) and size of each file, and of each file inside a folder.

    Hidden and temporary files (`.…`, `~…`) are left out. Fingerprints are equal if nothing has changed in between.
    """
    roots = tuple(paths)
    nested = (Path(folder, name) for top in roots for folder, _, names in os.walk(top) for name in names)
    entries = set()
    for path in (*roots, *nested):
        with suppress(OSError):  # a file deleted meanwhile does not count
            state = path.stat()
            if S_ISREG(state.st_mode) and path.name[0] not in "~.":
                entries.add((path, state.st_ino, state.st_mtime_ns, state.st_size))
    return frozenset(entries)
