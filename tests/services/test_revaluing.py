"""Revaluing at a month's end: receivables alone, once, and taken back on the first of the next."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from erpdesk.domain.moments import month_end
from erpdesk.domain.posting import RateMissingError
from erpdesk.domain.revaluation import (
    NoMonthEndError,
    NoRevaluationError,
    NothingToRevalueError,
    TakenBackEarlyError,
    why_not_take_back,
)
from erpdesk.services.receipts import MoneyIn
from erpdesk.storage.documents import Document
from tests.services.builders import Office, yuan
from tests.services.test_exchange_rates import drafted
from tests.services.test_foreign import WHY, booked, is_sound, received, standing


def last_month(office: Office) -> date:
    """Return the last day of the month before this one."""
    return office.today.replace(day=1) - timedelta(days=1)


def claimed(office: Office, amount: str, rate: str, *, before: int = 10) -> Document:
    """Post a claim in dollars some days before the end of last month."""
    day = last_month(office) - timedelta(days=before)
    service = office.desk("maker")
    service.exchange_rates.record("USD", Decimal(rate), day=day)
    draft = replace(drafted(office, amount), posting_date=day)
    return office.approve(service.vouchers.write(draft, submit=True).value)


def revalued(office: Office, rate: str) -> Document:
    day = last_month(office)
    office.desk("maker").exchange_rates.record("USD", Decimal(rate), day=day)
    (made,) = office.desk("maker").revaluing.revalue(day).value
    return office.approve(made)


def test_that_what_is_owed_is_brought_to_its_worth_and_back(both: Office) -> None:
    label = claimed(both, "10,000.00", "7.10").number or ""
    before = standing(both)
    made = revalued(both, "7.05")

    assert booked(both, made) == [
        ("借", "6061", "0.00", "500.00"),
        ("贷", "1122.02", "0.00", "500.00"),
    ]
    assert standing(both) == before
    assert is_sound(both)
    (asked,) = both.desk("maker").revaluing.take_back(last_month(both)).value
    red = both.approve(asked)
    first = last_month(both) + timedelta(days=1)
    assert red.content["entry"]["posting_date"] == first.isoformat()
    assert [line[3] for line in booked(both, red)] == ["-500.00", "-500.00"]
    receipt = received(both, "10,000.00", label, rate="7.00")
    assert booked(both, receipt)[1] == ("借", "6061", "0.00", "1000.00")
    assert standing(both) == {}
    assert is_sound(both)


def test_that_a_rise_is_a_gain_and_money_received_ahead_stays_as_it_is(both: Office) -> None:
    claimed(both, "1,000.00", "7.10")
    day = last_month(both) - timedelta(days=1)
    money = MoneyIn(yuan("300.00", "USD"), both.customer(), day)
    both.approve(both.desk("cashier").receipts.record(money, submit=True).value)

    assert booked(both, revalued(both, "7.20")) == [
        ("借", "1122.02", "0.00", "100.00"),
        ("贷", "6061", "0.00", "100.00"),
    ]
    assert is_sound(both)


def test_that_what_was_paid_since_was_still_owed_on_the_day(office: Office) -> None:
    label = claimed(office, "1,000.00", "7.10").number or ""
    received(office, "400.00", f"{label}=400", rate="7.30")

    assert booked(office, revalued(office, "7.20"))[0][3] == "100.00"


def test_that_a_day_is_revalued_once_until_it_is_taken_back(office: Office) -> None:
    claimed(office, "1,000.00", "7.10")
    made = revalued(office, "7.20")
    service = office.desk("maker").revaluing
    with pytest.raises(NothingToRevalueError):
        service.revalue(last_month(office))

    office.approve(office.desk("maker").reversing.reverse(made, WHY).value)
    with pytest.raises(NoRevaluationError):
        service.take_back(last_month(office))

    assert len(service.revalue(last_month(office)).value) == 1


def test_that_a_day_is_taken_back_when_its_month_is_over() -> None:
    day = date(2026, 11, 30)

    assert isinstance(why_not_take_back(day, today=day), TakenBackEarlyError)
    assert why_not_take_back(day, today=date(2026, 12, 1)) is None


def test_that_only_a_month_that_is_over_is_revalued(office: Office) -> None:
    service = office.desk("maker").revaluing
    ahead = month_end(office.today + timedelta(days=40))
    for day in (last_month(office) - timedelta(days=1), ahead):
        with pytest.raises(NoMonthEndError):
            service.revalue(day)
    with pytest.raises(NothingToRevalueError):
        service.revalue(last_month(office))


def test_that_a_month_without_a_rate_is_not_revalued(office: Office) -> None:
    claimed(office, "1,000.00", "7.10", before=40)
    with pytest.raises(RateMissingError):
        office.desk("maker").revaluing.revalue(last_month(office))
