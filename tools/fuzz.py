"""Feed damaged files to everything that reads files: `python tools/fuzz.py [SECONDS]`, or `make fuzz`.

Each file must give a scorecard or problems. Anything else ends the run and leaves the file as `fuzz-FILE`. atheris
chooses texts by the code that they reach. It runs only with some Pythons on Linux and is not part of the project's
set-up (pip install atheris); without it the tool damages the files of tests/hostile/base at random.
"""

import importlib.util
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
BASE = ROOT / "tests" / "hostile" / "base"
JUNE = "2025-06"
FILES = ("indicators.yaml", f"data/{JUNE}.yaml", f"data/{JUNE}.csv", "back.xlsx")
SECONDS = 60
LONGEST = 4096
SIGNS = [bytes([code]) for code in b"\x00\x1b\xff\n\r\t\"',;:-#&*!|>%@`{}[]=+ 09aZ"]
SIGNS += [b"\xed\xa0\x80", b"\xe2\x80\xae", b"&a ", b"*a"]


def _has_atheris() -> bool:
    return importlib.util.find_spec("atheris") is not None


if _has_atheris():
    import atheris  # type: ignore[import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["mpr"]):
        from mpr.load import scorecard
        from mpr.load.workbooks import reader
else:
    from mpr.load import scorecard
    from mpr.load.workbooks import reader

from mpr.load.workbooks.returned import ExpectedSheet  # noqa: E402 - after the modules that atheris watches
from mpr.problem import Problem  # noqa: E402
from mpr.project import Project  # noqa: E402


class Target:
    """A copy of the base project, in which one file after another is replaced by damaged data."""

    def __init__(self, folder: str) -> None:
        """Copy the base project into a folder."""
        self.root = Path(folder) / "project"
        shutil.copytree(BASE, self.root)

    def read_damaged(self, data: bytes) -> None:
        """Read one piece of data; its first byte says as which file. Raises any error that is not a problem."""
        file = FILES[data[0] % len(FILES)] if data else FILES[0]
        try:
            self._load(file, data[1:])
        except BaseException:
            copy = Path(f"fuzz-{Path(file).name}")
            copy.write_bytes(data[1:])
            print(f"{file} caused a fault; a copy is in {copy}")
            raise

    def _load(self, file: str, data: bytes) -> None:
        path = self.root / file
        sound = path.read_bytes() if path.exists() else b""
        path.write_bytes(data)
        problems: list[Problem] = []
        if file == "back.xlsx":
            reader.read_workbook(path, file, ExpectedSheet(JUNE, "Council name", ("value", "comment")), problems)
        else:
            loaded, problems = scorecard.load_scorecard(Project(self.root), JUNE)
            assert loaded or problems  # noqa: S101 - the tool checks this
        for problem in problems:
            str(problem)
        path.write_bytes(sound)


def _damage_file(chance: random.Random) -> bytes:
    """Return a file of the base project, damaged in a few places."""
    which = chance.randrange(len(FILES) - 1)
    data = bytearray((BASE / FILES[which]).read_bytes())
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.choice((0, 0, 1, 8))] = chance.choice(SIGNS) * chance.choice((1, 1, 1, 2, 40))
    return bytes([which, *data])


def main(seconds: int) -> None:
    """Read damaged files for so many seconds, then print how many."""
    with tempfile.TemporaryDirectory() as folder:
        target = Target(folder)
        if _has_atheris():
            seeds = Path(folder) / "seeds"
            seeds.mkdir()
            for number, name in enumerate(FILES[:-1]):
                (seeds / str(number)).write_bytes(bytes([number]) + (BASE / name).read_bytes())
            options = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20"]
            atheris.Setup([sys.argv[0], *options, str(seeds)], target.read_damaged)
            atheris.Fuzz()
            return
        print("atheris is not installed (pip install atheris); damaging the files at random instead")
        chance, end, done = random.Random(1), time.monotonic() + seconds, 0  # noqa: S311 - the same each time
        while time.monotonic() < end:
            target.read_damaged(_damage_file(chance))
            done += 1
        print(f"{done:,} files read in {seconds} seconds, each a scorecard or problems")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
