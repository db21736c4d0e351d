import json
from pathlib import Path

import pytest

from erpdesk.words.findings import CHECKS
from tests.commands.asking import Said, ask
from tests.storage.proof import company_at, tampering


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


def said(path: Path, *asked: object) -> Said:
    return ask("--company", path, *asked, "--password-stdin", stdin="erpdesk\n")


@pytest.mark.slow
def test_that_clean_books_end_with_zero_and_name_every_check(path: Path) -> None:
    done = said(path, "verify")

    assert done.code == 0
    assert all(words.zh in done.out for words in CHECKS.values())
    assert "校验通过：24 项，没有问题。" in done.out


def test_that_findings_are_said_in_words_and_end_with_one(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")
    done = said(path, "verify", "--speed", "rules", "--lang", "en")

    assert done.code == 1
    assert "✗    1  V7 numbers have no gap" in done.out
    assert "the counter of 收" in done.out
    assert "The verification found 1 faults." in done.out


def test_that_an_approval_is_refused_once_the_books_were_seen_not_to_balance(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE journal_line SET amount_minor = amount_minor + 1 WHERE rowid = 1")
    said(path, "--as", "shenjia", "receipt", "10.00", "--submit")
    said(path, "verify", "--speed", "rules")
    one = json.loads(said(path, "--as", "lintao", "inbox", "--json").out)[0]

    done = said(path, "--as", "lintao", "approve", one["number"], "--seen", one["seen"])

    assert done.code == 1
    assert "账套校验 V1 没有通过，停止过账。什么都没改。" in done.err


def test_that_machines_are_told_the_same(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")
    done = said(path, "verify", "--speed", "rules", "--json")
    value = json.loads(done.out)

    assert done.code == 1
    assert (value["clean"], value["count"], value["speed"]) == (False, 1, "rules")
    assert value["findings"][0]["what"] == "series_differs"
    assert {check["code"] for check in value["checks"]} >= {"V1", "V7"}


def test_that_more_than_is_kept_is_counted_and_notes_are_shown(path: Path) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE step SET risk = risk + 1")
        hand.do("INSERT INTO owner_mode VALUES ('lintao', 0, 9000000000000000)")
        hand.do("UPDATE step SET self_review = 1 WHERE verb = 'approve' AND made_by = 'lintao'")
    done = said(path, "verify", "--speed", "chain")

    assert "…… 还有" in done.out
    assert "提示：自我复核：" in done.out


def test_that_a_seal_from_outside_is_looked_for(path: Path) -> None:
    done = said(path, "verify", "--speed", "rules", "--seal", "0" * 16)
    refused = said(path, "verify", "--seal", "seal")

    assert (done.code, refused.code) == (1, 1)
    assert "账套里没有封签 0000000000000000" in done.out
    assert "不是封签" in refused.err
