"""The line to a server is lost while something is written: asked again by its id, written once."""

from collections.abc import Callable
from typing import Any

import pytest

from erpdesk.errors import StaleError, StorageError, UnknownOutcomeError
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.writing import StoredAfterAllError, Writing
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company
from erpdesk.words import explain
from tests.services.builders import Office, yuan

Fate = Callable[[Callable[[], Any]], Any]


def answer_lost(act: Callable[[], Any]) -> Any:
    act()
    raise UnknownOutcomeError


def not_sent(act: Callable[[], Any]) -> Any:
    raise UnknownOutcomeError


def no_server(act: Callable[[], Any]) -> Any:
    raise StorageError


def being_stored(act: Callable[[], Any]) -> Any:
    raise StaleError


@pytest.fixture
def fates(monkeypatch: pytest.MonkeyPatch) -> list[Fate]:
    """What becomes of the next transactions, in turn; those after them end well."""
    to_come, run = list[Fate](), Company.run

    def fated(company: Company, work: Any) -> Any:
        if to_come:
            return to_come.pop(0)(lambda: run(company, work))
        return run(company, work)

    monkeypatch.setattr(Company, "run", fated)
    return to_come


def receive(office: Office, memo: str) -> Document:
    money = MoneyIn(yuan("10.00"), office.customer(), memo=memo)
    return office.desk("cashier").receipts.record(money, submit=True).value


def memos(office: Office) -> list[str]:
    waiting = office.desk("chief").approving.inbox()
    return sorted(office.desk("chief").document(one.head.id).content["memo"] for one in waiting)


@pytest.mark.parametrize("lost", [[answer_lost], [not_sent], [answer_lost, being_stored]])
def test_that_what_was_lost_once_is_asked_for_and_written_once(
    office: Office, fates: list[Fate], lost: list[Fate]
) -> None:
    fates += lost

    made = receive(office, "一")

    assert made.state == "submitted"
    assert memos(office) == ["一"]


def test_that_a_text_written_anew_and_handed_in_is_so_once_when_its_answer_was_lost(
    office: Office, fates: list[Fate]
) -> None:
    money, desk = MoneyIn(yuan("10.00"), office.customer(), memo="一"), office.desk("cashier")
    draft = desk.receipts.record(money).value
    fates.append(answer_lost)

    made = Writing(desk.company).edit(draft, {**draft.content, "memo": "二"}, submit=True).value

    assert (made.state, made.seq) == ("submitted", 3)
    assert memos(office) == ["二"]


@pytest.mark.parametrize("again", [answer_lost, not_sent, no_server])
def test_that_what_is_stored_after_all_is_not_written_again_unless_asked_once_more(
    office: Office, fates: list[Fate], again: Fate
) -> None:
    fates += [answer_lost, again]
    with pytest.raises(UnknownOutcomeError):
        receive(office, "一")

    with pytest.raises(StoredAfterAllError) as told:
        receive(office, "一")
    before = memos(office)
    receive(office, "二")

    assert "收-" in explain(told.value)
    assert before == ["一"]
    assert memos(office) == ["一", "二"]


def test_that_what_was_never_stored_is_written_when_asked_once_more(
    office: Office, fates: list[Fate]
) -> None:
    fates += [not_sent, no_server]
    with pytest.raises(UnknownOutcomeError):
        receive(office, "一")

    receive(office, "一")

    assert memos(office) == ["一"]
