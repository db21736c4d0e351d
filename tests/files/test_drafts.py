from pathlib import Path

import pytest

from erpdesk.files.drafts import Drafts


def test_that_a_draft_is_kept_until_an_empty_one_takes_it_away(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "wang")
    assert drafts.kept("counting") == {}

    drafts.keep("counting", {"amount": "12 and"})
    assert Drafts(tmp_path / "wang").kept("counting") == {"amount": "12 and"}
    assert drafts.kept("vouchers") == {}

    drafts.keep("counting", {})
    assert drafts.kept("counting") == {}
    drafts.keep("counting", {})


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", '{"form": 2, "draft": {"a": 1}}', '{"form": 1}']
)
def test_that_a_damaged_draft_is_none(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "counting.json").write_text(damaged, "utf-8")

    assert Drafts(tmp_path).kept("counting") == {}


def test_that_only_its_person_may_read_a_draft(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "wang")
    drafts.keep("counting", {"a": 1})

    assert (tmp_path / "wang").stat().st_mode & 0o077 == 0
    assert (tmp_path / "wang" / "counting.json").stat().st_mode & 0o077 == 0
