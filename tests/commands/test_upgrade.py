"""Older books at the command line: refused with the way on, and upgraded."""

from pathlib import Path

import pytest

from tests.commands.asking import ask
from tests.services.newer_program import newer
from tests.storage.proof import company_at

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give books of 0001, as a program of 0002 finds them."""
    made = company_at(tmp_path / "books.erpdesk")
    newer(tmp_path / "revisions", monkeypatch)
    return made


def test_that_older_books_are_refused_until_they_are_upgraded(path: Path) -> None:
    look = ("--company", path, "balance", "--password-stdin")
    closed = ask(*look, stdin="erpdesk\n")
    done = ask("--company", path, "upgrade", "--json")
    opened = ask(*look, stdin="erpdesk\n")

    assert (closed.code, done.code, opened.code) == (1, 0, 0)
    assert closed.err.count("。") == 3
    assert "（命令行：upgrade）" in closed.err
    assert done.value["revisions"] == ["0002"]
    assert done.value["checks"] > 20
    assert Path(done.value["backup"]).is_file()


def test_that_people_are_told_where_the_backup_lies_and_when_nothing_is_to_do(path: Path) -> None:
    kept = path.with_name("before.erpbackup")
    done = ask("--company", path, "upgrade", "--backup", kept)
    again = ask("--company", path, "upgrade", "--lang", "en")

    assert "已升级到 0002" in done.out
    assert f"升级前的备份：{kept}" in done.out
    assert (again.code, again.out) == (0, "The books are of this version: nothing to do.\n")
