"""Nobody answers whether something written is stored: pressed again, it is asked for by its id."""

from collections.abc import Callable
from typing import Any

import pytest

from erpdesk.errors import UnknownOutcomeError
from erpdesk.services.receipts import MoneyIn
from erpdesk.services.writing import StoredAfterAllError
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


def test_that_what_is_stored_after_all_is_not_written_again_unless_asked_once_more(
    office: Office, fates: list[Fate]
) -> None:
    fates.append(answer_lost)
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
    fates.append(not_sent)
    with pytest.raises(UnknownOutcomeError):
        receive(office, "一")

    receive(office, "一")

    assert memos(office) == ["一"]
