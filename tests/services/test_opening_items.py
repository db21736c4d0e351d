"""Opening items: what was open before the books began, balanced, by one person only in set-up."""

from datetime import timedelta

import pytest

from erpdesk.domain.accounts import Part
from erpdesk.domain.approval import OverLimitError
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.opening import NotAnOpeningError, Opening
from erpdesk.domain.posting import RateMissingError
from erpdesk.services.importing.openings import OTHER_AMOUNT
from erpdesk.services.importing.tables import ImportSource
from erpdesk.services.issuing import basis_of
from erpdesk.storage import ledger
from tests.services.builders import Office, yuan


def test_that_opening_items_stand_in_the_balance(both: Office) -> None:
    owner = CustomerId(both.customer().id)
    openings = [
        Opening(owner, Part.BILLED, yuan("100.00"), both.ago(20), "应-1"),
        Opening(owner, Part.UNBILLED, yuan("30.00"), both.ago(10)),
        Opening(owner, Part.UNAPPLIED, yuan("50.00"), both.ago(5), "预-1"),
    ]

    done = both.desk("maker").opening_items.load(openings, posting_date=both.ago(40), memo="期初")

    assert done.value.state == "posted"
    assert both.balance() == ("100.00", "30.00", "50.00")
    assert both.open_items() == {"应-1": "100.00", done.value.number: "30.00", "预-1": "-50.00"}
    assert sum(_signed(both, done.value.id)) == 0


def _signed(office: Office, document_id: str) -> list[int]:
    with office.desk("maker").company.database.reading() as connection:
        entry = ledger.entry_of(connection, document_id)
        assert entry is not None
        return [line.side * line.amount_minor for line in ledger.lines_of(connection, entry.id)]


def test_that_once_the_books_are_open_a_second_person_decides_within_limits(both: Office) -> None:
    both.posted("服务1", "113.00")

    waiting = both.opened("90,000.00", "应-1")

    assert waiting.state == "submitted"
    [row] = both.desk("deputy").approving.inbox()
    assert row.risk_minor == 9_000_000
    assert isinstance(row.why_not_approve, OverLimitError)
    both.approve(waiting)
    assert both.balance() == ("90000.00", "113.00", "0.00")


def test_that_nothing_or_less_is_no_opening_item(office: Office) -> None:
    with pytest.raises(NotAnOpeningError):
        office.opened("0.00", "应-1")


def test_that_a_foreign_opening_item_needs_its_rate(office: Office) -> None:
    owner = CustomerId(office.customer().id)
    foreign = Opening(owner, Part.BILLED, yuan("100.00", "USD"), office.ago(20))

    with pytest.raises(RateMissingError):
        office.desk("maker").opening_items.load([foreign], posting_date=office.ago(40), memo="期初")


def test_that_real_items_of_one_day_text_and_amount_are_all_kept(both: Office) -> None:
    owner = CustomerId(both.customer().id)
    same = Opening(owner, Part.BILLED, yuan("1,000.00"), both.ago(20), "应-1")

    both.desk("maker").opening_items.load([same] * 5, posting_date=both.ago(40), memo="期初")

    assert both.balance() == ("5000.00", "0.00", "0.00")
    items = both.desk("maker").receipts.open_items(both.customer())
    assert [row.label for row in items] == ["应-1"] * 5


HEAD = "单号,客户编码,类别,未收金额,到期日\n"


def test_that_a_file_of_opening_items_comes_in_once_however_often(both: Office) -> None:
    path = both.written("期初.csv", HEAD + "应-1,K1,,100,2026-10-01\n预-1,K1,预收,30,2026-10-01\n")
    more = both.written("期初2.csv", HEAD + "应-1,K1,,90,2026-10-01\n应-2,K1,,5,2026-10-01\n")
    importing = both.desk("maker").importing_openings

    first = importing.load(ImportSource(path))
    again = importing.load(ImportSource(path))
    before = both.balance()
    added = importing.load(ImportSource(more))

    assert (before, both.balance()) == (("100.00", "0.00", "30.00"), ("105.00", "0.00", "30.00"))
    assert (first.report.made, again.report.made, again.document) == (2, 0, None)
    assert first.document is not None
    assert basis_of(first.document.content) == "期初未清项"
    day = first.document.content["entry"]["posting_date"]
    assert day == (both.today.replace(day=1) - timedelta(days=1)).isoformat()
    assert [one.problem.reason for one in added.bad] == [OTHER_AMOUNT]
