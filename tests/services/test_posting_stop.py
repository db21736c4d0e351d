from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from erpdesk.bootstrap import Desk, open_desk
from erpdesk.domain.approval import Decision, Verb
from erpdesk.domain.ids import DocumentId
from erpdesk.domain.money import Money
from erpdesk.domain.posting_stop import STOPPING, PostingStoppedError
from erpdesk.services.approving import Shown
from erpdesk.services.keeping.verifying import Speed
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.sampling import PASSWORD
from tests.fakes import FakeClock
from tests.storage.proof import company_at, tampering

BREAKING = {
    "V1": "UPDATE journal_line SET amount_minor = amount_minor + 1 WHERE rowid = 1",
    "V8": "UPDATE journal_entry SET posting_date = '1996-01-01' WHERE rowid = 1",
    "V11": "UPDATE step SET reason = 'another' WHERE rowid = 1",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return books in which a receipt waits for the supervisor."""
    place = company_at(tmp_path / "books.erpdesk")
    money = MoneyIn(Money(10_00, "CNY"))
    clock = FakeClock()
    with closing(open_desk(str(place), person="shenjia", password=given, clock=clock)) as desk:
        desk.receipts.record(money, submit=True)
    return place


@pytest.fixture
def chief(path: Path) -> Iterator[Desk]:
    with closing(open_desk(str(path), person="lintao", password=given, clock=FakeClock())) as desk:
        yield desk


def given(_: str) -> str:
    return PASSWORD


def waiting(desk: Desk) -> Shown:
    [one] = desk.approving.inbox()
    return desk.approving.show(one.head.id)


def approve(desk: Desk, shown: Shown) -> str:
    document = shown.document
    decision = Decision(DocumentId(document.id), document.seen, Verb.APPROVE)
    return desk.approving.decide(decision).value.state


@pytest.mark.parametrize("code", sorted(BREAKING))
def test_that_nothing_is_posted_once_a_check_that_it_rests_on_failed(
    path: Path, chief: Desk, code: str
) -> None:
    shown = waiting(chief)
    with tampering(path) as hand:
        hand.do(BREAKING[code])
    _, watched = chief.watching.verify(Speed.CHAIN)

    again = chief.approving.show(shown.document.id)

    assert code in watched.codes_failing
    assert isinstance(again.why_not_approve, PostingStoppedError)
    assert again.why_not_reject is None
    with pytest.raises(PostingStoppedError):
        approve(chief, shown)
    assert chief.document(shown.document.id).state == "submitted"


def test_that_posting_goes_on_when_the_check_passes_again(path: Path, chief: Desk) -> None:
    shown = waiting(chief)
    with tampering(path) as hand:
        hand.do(BREAKING["V1"])
    chief.watching.verify(Speed.RULES)
    with tampering(path) as hand:
        hand.do(BREAKING["V1"].replace("+ 1", "- 1"))
    chief.watching.verify(Speed.RULES)

    assert approve(chief, shown) == "posted"


def test_that_posting_goes_on_while_another_check_fails(path: Path, chief: Desk) -> None:
    shown = waiting(chief)
    with tampering(path) as hand:
        hand.do("UPDATE open_item SET open_minor = open_minor - 1 WHERE open_minor > 1")
    _, watched = chief.watching.verify(Speed.RULES)

    assert watched.codes_failing
    assert not watched.codes_failing & STOPPING
    assert approve(chief, shown) == "posted"


def test_that_matching_alone_is_posting_too(path: Path) -> None:
    with tampering(path) as hand:
        hand.do(BREAKING["V1"])
    clock = FakeClock()
    with closing(open_desk(str(path), person="chenjing", password=given, clock=clock)) as desk:
        desk.watching.verify(Speed.RULES)

        assert isinstance(desk.receipts.why_not_match(), PostingStoppedError)
