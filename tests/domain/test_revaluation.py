from datetime import date
from decimal import Decimal

from erpdesk.domain.accounts import ADVANCE, BILLED, UNBILLED
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.revaluation import off_by_account

DAY = date(2026, 11, 30)


def item(account: str, minor: int, base: int, currency: str = "USD") -> OpenItem:
    amount, booked = Money(minor, currency), Money(base, "CNY")
    return OpenItem(
        ItemId("i"), CustomerId("c"), account, amount, amount, DAY, booked=booked
    )  # fmt: skip


def test_that_foreign_receivables_alone_are_revalued_and_advances_and_base_amounts_stay() -> None:
    items = [
        item(BILLED, 100_00, 710_00),
        item(BILLED, 50_00, 360_00),
        item(UNBILLED, 10_00, 70_00),
        item(ADVANCE, -100_00, -710_00),
        item(BILLED, 100_00, 100_00, "CNY"),
    ]

    off = off_by_account(items, {"USD": Decimal("7.00")})

    assert off == {(BILLED, "USD"): Money(-20_00, "CNY")}
