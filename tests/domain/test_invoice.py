"""An invoice arrives: red takes back exactly what was estimated, blue books what was invoiced."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.billing import Billable, Portion, remaining, spread
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.invoice import (
    Bundle,
    DifferenceUnexplainedError,
    Invoice,
    InvoiceAmountError,
    InvoiceNumberError,
    NothingToBillError,
    OtherVoucherError,
    OverBilledError,
    PaidMoreError,
    bundle,
    difference,
    why_not_register,
)
from erpdesk.domain.links import Link
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Heading
from erpdesk.errors import UserError

CUSTOMER = CustomerId(str(UUID(int=1)))
DAY = date(2026, 11, 25)
HEADING = Heading(DAY, CUSTOMER, batch="b")
SIGNS = {"charge": -1, "credit": 1}


def ids(start: int = 1000) -> Callable[[], str]:
    numbers = count(start)
    return lambda: str(UUID(int=next(numbers)))


def yuan(minor: int) -> Money:
    return Money(minor, "CNY")


def voucher(
    n: int, net: int, tax: int, *, paid: tuple[int, ...] = (), account: str = "1122.02"
) -> Billable:
    gross = net + tax
    name = ItemId(str(UUID(int=10 * n)))
    item = OpenItem(name, CUSTOMER, account, yuan(gross), yuan(gross - sum(paid)), DAY, 4)
    lines = (
        {"n": 1, "account": account, "side": 1, "amount": gross, "base": gross, "item": name},
        {"n": 2, "account": "6001", "side": -1, "amount": net, "base": net},
        {"n": 3, "account": "2221.02", "side": -1, "amount": tax, "base": tax},
    )
    rows = tuple(
        {**row, "currency": "CNY", **({"customer": CUSTOMER} if row["n"] == 1 else {})}
        for row in lines
        if row["amount"]
    )
    links = []
    for k, amount in enumerate(paid):
        credit = OpenItem(
            ItemId(str(UUID(int=10 * n + 1 + k))), CUSTOMER, "2203", yuan(-amount), yuan(0), DAY, 2
        )
        links.append(Link(str(UUID(int=500 + 10 * n + k)), yuan(amount), item, credit))
    return Billable(str(UUID(int=n)), f"临-{n}", str(UUID(int=n + 100)), item, rows, tuple(links))


def invoice(net: int, tax: int, number: str = "26322000010211") -> Invoice:
    return Invoice(number, DAY, yuan(net), yuan(tax))


def made(given: Invoice, *portions: Portion, reason: str | None = None) -> Bundle:
    return bundle(given, portions, replace(HEADING, reason=reason), make_id=ids())


def sums(lines: tuple[Mapping[str, Any], ...]) -> Counter[tuple[str, int]]:
    found: Counter[tuple[str, int]] = Counter()
    for line in lines:
        found[line["account"], line["side"]] += line["amount"]
    return found


def test_that_red_is_all_that_was_estimated_and_blue_what_was_invoiced() -> None:
    one = voucher(1, 100_000_00, 13_000_00)

    found = made(invoice(100_000_00, 13_000_00), Portion(one, yuan(113_000_00)))

    assert sums(found.red_lines) == {
        ("1122.02", 1): -113_000_00, ("6001", -1): -100_000_00, ("2221.02", -1): -13_000_00
    }  # fmt: skip
    assert sums(tuple(found.head["lines"])) == {
        ("1122.01", 1): 113_000_00, ("6001", -1): 100_000_00, ("2221.01", -1): 13_000_00
    }  # fmt: skip
    assert found.head["entry"]["document_date"] == "2026-11-25"
    assert [part["entry"]["reverses"] for part in found.parts] == [one.entry]


@given(
    net=st.integers(1, 10**9), rate=st.sampled_from([0, 1, 3, 6, 9, 13]),
    cuts=st.lists(st.integers(1, 10**9), max_size=4),
)  # fmt: skip
def test_that_portions_take_back_exactly_the_origin(net: int, rate: int, cuts: list[int]) -> None:
    whole = voucher(1, net, net * rate // 100)
    left = whole
    reds: list[Mapping[str, Any]] = []
    for cut in [*cuts, left.left.minor]:
        amount = min(cut, left.left.minor)
        if amount:
            found = made(invoice(amount, 0), Portion(left, yuan(amount)))
            reds += found.red_lines
            left = replace(left, lines=remaining(left.lines, found.red_lines))

    assert left.lines == ()
    assert sums(tuple(reds)) == {key: -amount for key, amount in sums(whole.lines).items()}


@given(st.integers(1, 10**7), st.lists(st.integers(1, 10**7), max_size=3), st.integers(1, 10**8))
def test_that_every_text_of_a_bundle_keeps_the_rules_in_its_turn(
    rest: int, paid: list[int], gross: int
) -> None:
    estimated = rest + sum(paid)
    one = voucher(1, estimated, 0, paid=tuple(paid))
    portions = spread(yuan(gross), (one,))
    given = invoice(gross, 0)
    heading = replace(HEADING, reason="数量有出入" if difference(given, portions).minor else None)

    found = bundle(given, portions, heading, make_id=ids())

    items: dict[str, OpenItem] = {
        one.item.id: one.item,
        **{x.credit.id: x.credit for x in one.links if x.credit},
    }
    for kind, text in (("invoice", found.head), *(("reverse_on_invoice", x) for x in found.parts)):
        check_content(kind, text, items)
        items = moved(items, text)
    billed = next(item for item in items.values() if item.account == "1122.01")
    assert billed.open.minor == gross - min(sum(paid), gross)
    assert items[one.item.id].open.minor == estimated - portions[0].amount.minor - max(
        0, sum(paid) - gross
    )
    assert all(x.credit and items[x.credit.id].open.minor == 0 for x in one.links)


def moved(items: dict[str, OpenItem], text: dict[str, Any]) -> dict[str, OpenItem]:
    """Return the items as a posted text leaves them."""
    after = dict(items)
    for row in text.get("items", ()):
        amount = yuan(row["amount"])
        after[row["id"]] = OpenItem(
            ItemId(row["id"]), CUSTOMER, row["account"], amount, amount, DAY, 1
        )
    change: Counter[str] = Counter()
    for row in text.get("allocations", ()):
        for side, sign in SIGNS.items():
            if side in row:
                change[row[side]] += sign * row["amount"]
    touched = {row[side] for row in text.get("allocations", ()) for side in SIGNS if side in row}
    for name in touched:
        item = after[name]
        open_now = item.open + yuan(change[name])
        after[name] = replace(item, open=open_now, version=item.version + 1)
    return after


def test_that_what_was_paid_goes_with_the_invoice_the_oldest_first() -> None:
    one = voucher(1, 1_000_00, 0, paid=(300_00, 400_00))

    found = made(invoice(500_00, 0), Portion(one, yuan(500_00)))

    moving = found.parts[0]
    links = [(row["amount"], "undoes" in row) for row in moving["allocations"]]
    assert links == [
        (-300_00, True),
        (300_00, False),
        (-400_00, True),
        (200_00, False),
        (200_00, False),
    ]
    assert sums(tuple(moving["lines"])) == {("1122.02", 1): 500_00, ("1122.01", -1): 500_00}
    assert "reverses" not in moving["entry"]


def test_that_several_vouchers_stand_on_one_invoice_each_with_a_red_text() -> None:
    one, two = voucher(1, 100_00, 13_00), voucher(2, 200_00, 26_00)

    found = made(invoice(250_00, 32_50), *spread(yuan(282_50), (one, two)))

    assert [part["entry"]["reverses"] for part in found.parts] == [one.entry, two.entry]
    assert sums(found.red_lines)["1122.02", 1] == -282_50
    assert {part["batch"] for part in found.parts} == {found.head["batch"]}


def test_that_an_invoice_that_is_filled_takes_nothing_of_the_vouchers_after_it() -> None:
    one, two, three = voucher(1, 100_00, 13_00), voucher(2, 100_00, 13_00), voucher(3, 10_00, 0)

    portions = spread(yuan(150_00), (one, two, three))

    assert [(portion.voucher, portion.amount) for portion in portions] == [
        (one, yuan(113_00)), (two, yuan(37_00)),
    ]  # fmt: skip


def test_that_a_contract_asset_is_taken_back_where_it_stands() -> None:
    one = voucher(1, 100_00, 13_00, account="1141")

    found = made(invoice(100_00, 13_00), Portion(one, yuan(113_00)))

    assert sums(found.red_lines)["1141", 1] == -113_00


def test_that_a_difference_is_told_and_needs_a_reason() -> None:
    one = voucher(1, 100_00, 13_00)
    portions = (Portion(one, yuan(113_00)),)

    above = difference(invoice(110_00, 14_30), portions)

    assert above == yuan(11_30)
    with pytest.raises(DifferenceUnexplainedError):
        made(invoice(110_00, 14_30), *portions)
    assert made(invoice(110_00, 14_30), *portions, reason="运费补开").head["reason"] == "运费补开"


ONE = voucher(1, 100_00, 13_00, paid=(80_00,))


@pytest.mark.parametrize(
    ("given", "portions", "error"),
    [
        (invoice(100_00, 13_00, "12345"), (Portion(ONE, yuan(113_00)),), InvoiceNumberError),
        (invoice(100_00, 13_00, "2632 000"), (Portion(ONE, yuan(113_00)),), InvoiceNumberError),
        (invoice(100_00, 13_00, "发票0000001"), (Portion(ONE, yuan(113_00)),), InvoiceNumberError),
        (invoice(0, 113_00), (Portion(ONE, yuan(113_00)),), InvoiceAmountError),
        (invoice(114_00, -1_00), (Portion(ONE, yuan(113_00)),), InvoiceAmountError),
        (invoice(100_00, 13_00), (), NothingToBillError),
        (invoice(100_00, 13_00), (Portion(ONE, yuan(113_01)),), OverBilledError),
        (invoice(100_00, 13_00), (Portion(ONE, yuan(0)),), OverBilledError),
        (invoice(50_00, 0), (Portion(ONE, yuan(113_00)),), PaidMoreError),
    ],
)
def test_that_what_cannot_be_registered_is_refused(
    given: Invoice, portions: tuple[Portion, ...], error: type[UserError]
) -> None:
    assert isinstance(why_not_register(given, portions, HEADING), error)


def test_that_a_voucher_of_another_customer_is_refused() -> None:
    other = replace(HEADING, customer=CustomerId(str(UUID(int=2))))
    portions = (Portion(ONE, yuan(113_00)),)

    assert isinstance(why_not_register(invoice(100_00, 13_00), portions, other), OtherVoucherError)
