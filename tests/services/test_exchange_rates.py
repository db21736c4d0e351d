"""Exchange rates: written down once, found where something foreign is booked."""

from datetime import timedelta
from decimal import Decimal

import pytest

from erpdesk.domain.exchange import NoForeignCurrencyError
from erpdesk.domain.moments import TooLateDayError
from erpdesk.domain.voucher import Lack
from erpdesk.errors import RefusedError
from erpdesk.services.voucher_lacks import VoucherIncompleteError
from erpdesk.services.vouchers import Draft, Entered
from tests.services.builders import PASSED, Office, yuan


def rated(office: Office, value: str, *, ago: int = 0, currency: str = "USD") -> None:
    service = office.desk("maker").exchange_rates
    service.record(currency, Decimal(value), day=office.ago(ago), memo="中间价")


def drafted(office: Office, amount: str = "1,000.00") -> Draft:
    """Return a complete voucher in dollars, free of tax."""
    evidence = (office.proof("contract"), office.proof("acceptance"))
    entered = (Entered("出口设备", yuan(amount, "USD")),)
    return Draft(office.customer(), PASSED, (), entered, evidence, office.today, rate=Decimal(0))


def test_that_rates_are_kept_with_who_wrote_them_and_what_counts_comes_first(both: Office) -> None:
    rated(both, "7.05", ago=3)
    rated(both, "7.08")
    rated(both, "7.10")

    rows = both.desk("cashier").exchange_rates.recorded()

    assert [str(row.rate.value) for row in rows] == ["7.1", "7.08", "7.05"]
    assert {(row.made_by, row.memo, row.number[:1]) for row in rows} == {("maker", "中间价", "汇")}


def test_that_the_rate_of_a_day_is_its_own_or_the_last_before_it(both: Office) -> None:
    rated(both, "7.05", ago=31)
    rated(both, "7.10", ago=2)
    rated(both, "0.0479", currency="JPY")
    service = both.desk("maker").exchange_rates
    found = [service.on("USD", both.ago(days)) for days in (0, 2, 3, 31, 32)]

    assert [one and str(one.value) for one in found] == ["7.1", "7.1", "7.05", "7.05", None]
    assert service.on("EUR") is None


def test_that_a_rate_of_a_day_to_come_or_of_the_base_currency_is_refused(office: Office) -> None:
    service = office.desk("maker").exchange_rates

    with pytest.raises(TooLateDayError):
        service.record("USD", Decimal(7), day=office.today + timedelta(days=1))
    with pytest.raises(NoForeignCurrencyError):
        service.record("CNY", Decimal(1))
    with pytest.raises(RefusedError):
        office.desk("cashier").exchange_rates.record("USD", Decimal(7))
    assert service.recorded() == ()


def test_that_a_voucher_takes_the_rate_of_its_posting_day(both: Office) -> None:
    rated(both, "7.10", ago=1)
    posted = both.approve(both.desk("maker").vouchers.write(drafted(both), submit=True).value)

    assert posted.content["entry"]["exchange_rate"] == "7.1"
    assert [line["base"] for line in posted.content["lines"]] == [7_100_00, 7_100_00]
    assert both.open_items() == {posted.number: "1000.00"}


def test_that_a_voucher_without_a_rate_waits_until_one_is_written_down(office: Office) -> None:
    service, draft = office.desk("maker").vouchers, drafted(office)
    with pytest.raises(VoucherIncompleteError) as refused:
        service.write(draft, submit=True)
    kept = service.write(draft).value
    before = [lack.what for lack in service.lacks(kept)]
    rated(office, "7.10")

    assert [lack.what for lack in refused.value.lacks] == before == [Lack.EXCHANGE_RATE]
    assert service.lacks(kept) == ()
