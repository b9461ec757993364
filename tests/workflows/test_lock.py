"""The lock of a project, which one process at a time holds while it writes."""

from pathlib import Path

import pytest

from mpr.problem import InputError
from mpr.project import Project
from mpr.workflows.transaction import write_transaction


def test_the_lock_file_stays_empty_and_in_place(tmp_path: Path) -> None:
    for _ in range(2):
        with write_transaction(Project(tmp_path)) as write:
            write({tmp_path / "a.txt": b"one"})
    assert (tmp_path / ".mpr-lock").read_bytes() == b""


def test_a_second_writer_in_the_same_process_is_refused(tmp_path: Path) -> None:
    project = Project(tmp_path)
    with write_transaction(project), pytest.raises(InputError, match="E609"), write_transaction(project, patience=0):
        pass


def test_a_link_in_place_of_the_lock_file_leaves_its_target_unchanged(tmp_path: Path) -> None:
    project, victim = Project(tmp_path / "project"), tmp_path / "victim"
    project.root.mkdir()
    victim.write_text("mine", encoding="utf-8")
    (project.root / ".mpr-lock").symlink_to(victim)
    with write_transaction(project) as write:
        write({project.root / "a.txt": b"one"})
    assert victim.read_text(encoding="utf-8") == "mine"


def test_no_project_folder_is_created_to_lock_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E602"), write_transaction(Project(tmp_path / "nowhere")):
        pass
    assert not (tmp_path / "nowhere").exists()
