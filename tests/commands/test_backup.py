import json
from pathlib import Path

import pytest

from tests.commands.asking import Said, ask
from tests.storage.proof import company_at, found, tampering

pytestmark = pytest.mark.slow


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


def said(path: Path, *asked: object) -> Said:
    return ask("--company", path, *asked, "--password-stdin", stdin="erpdesk\n")


def test_that_a_company_is_kept_and_restored(path: Path) -> None:
    kept, again = path.with_suffix(".erpbackup"), path.with_name("again.erpdesk")
    made = said(path, "backup", str(kept), "--json")
    back = said(again, "restore", str(kept), "--json")

    assert (made.code, back.code) == (0, 0)
    seal = json.loads(made.out)["seal"]
    assert json.loads(back.out) == {"company": str(again), "seal": seal, "findings": 0}
    assert found(again) == set()


def test_that_people_are_told_the_seal_to_compare(path: Path) -> None:
    kept = path.with_suffix(".erpbackup")
    made = said(path, "backup", str(kept), "--lang", "en")
    back = said(path.with_name("again.erpdesk"), "restore", str(kept))

    assert "Backup written and verified" in made.out
    assert "请核对封签" in back.out


def test_that_restoring_over_a_company_is_refused_in_words(path: Path) -> None:
    kept = path.with_suffix(".erpbackup")
    said(path, "backup", str(kept))
    done = said(path, "restore", str(kept))

    assert done.code == 1
    assert "没有动它" in done.err


def test_that_books_with_faults_are_kept_only_when_that_is_said(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")
    kept = path.with_suffix(".erpbackup")
    refused = said(path, "backup", str(kept))
    made = said(path, "backup", str(kept), "--anyway")

    assert (refused.code, made.code) == (1, 0)
    assert "--anyway" in refused.err
    assert "校验发现 1 处问题" in made.out
