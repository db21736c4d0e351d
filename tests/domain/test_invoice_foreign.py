"""An invoice in a foreign currency: red and blue are equal in base too, nothing stays behind."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from erpdesk.domain.billing import Billable, Portion, remaining
from erpdesk.domain.entry_bases import booked_by
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.ids import ItemId
from erpdesk.domain.invoice import Bundle, Invoice, bundle
from erpdesk.domain.links import Link, based
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from tests.domain.builders import QINGHE, TODAY, a_charge, a_credit, a_heading, an_id, ids

SIGNS = {"charge": -1, "credit": 1}


def money(minor: int, currency: str) -> Money:
    return Money(minor, currency)


def estimated(net: int, tax: int, worth: int, paid: list[int], currency: str) -> Billable:
    """Return a voucher worth so much in base, of which something was paid in pieces."""
    gross = net + tax
    whole = a_charge(money(gross, currency), 1, version=4, booked=money(worth, "CNY"))
    credits_ = [
        a_credit(money(minor, currency), 10 + n, booked=money(-minor, "CNY"))
        for n, minor in enumerate(paid)
    ]
    links = based(
        Link(an_id(100 + n), -credit.original, whole, credit) for n, credit in enumerate(credits_)
    )
    gone = [replace(x, credit=_spent(x.credit)) for x in links]
    taken = sum(x.charge_base.minor for x in links if x.charge_base)
    left = money(gross - sum(paid), currency)
    item = replace(whole, open=left, booked=money(worth - taken, "CNY"))
    of_tax = money(worth, "CNY").share(tax, gross).minor
    lines = (
        {"account": "1122.02", "side": 1, "amount": gross, "base": worth, "item": item.id}
        | {"customer": QINGHE},
        {"account": "6001", "side": -1, "amount": net, "base": worth - of_tax},
        {"account": "2221.02", "side": -1, "amount": tax, "base": of_tax},
    )
    rows = tuple(
        {"n": n, "currency": currency, **row} for n, row in enumerate(lines, 1) if row["amount"]
    )
    return Billable(an_id(2), "临-2", an_id(3), item, rows, tuple(gone))


def _spent(credit: OpenItem | None) -> OpenItem:
    assert credit is not None
    return replace(credit, open=Money(0, credit.open.currency), booked=Money(0, "CNY"))


def texts_of(found: Bundle) -> list[tuple[str, dict[str, Any]]]:
    return [("invoice", found.head), *(("reverse_on_invoice", part) for part in found.parts)]


def posted(items: dict[str, OpenItem], text: Mapping[str, Any]) -> dict[str, OpenItem]:
    """Return the items as a posted text leaves them, in base too."""
    after = dict(items)
    for row in text.get("items", ()):
        amount = Money(row["amount"], row["currency"])
        after[row["id"]] = OpenItem(
            ItemId(row["id"]), QINGHE, row["account"], amount, amount, TODAY,
            booked=Money(booked_by(text, row["id"], row["account"]), "CNY"),
        )  # fmt: skip
    change: Counter[str] = Counter()
    for row in text.get("allocations", ()):
        for side, sign in SIGNS.items():
            if side in row:
                change[row[side]] += sign * row["amount"]
    for name, minor in change.items():
        one = after[name]
        base = one.base + Money(booked_by(text, name, one.account), "CNY")
        left = one.open + Money(minor, one.open.currency)
        after[name] = replace(one, open=left, version=one.version + 1, booked=base)
    return after


@given(
    net=st.integers(1, 10**6), rate=st.sampled_from([0, 6, 13]), worth=st.integers(1, 10**7),
    cuts=st.lists(st.integers(1, 10**5), max_size=3), bill=st.integers(1, 10**6),
    currency=st.sampled_from(["USD", "KRW"]),
)  # fmt: skip
def test_that_every_text_keeps_the_rules_and_all_portions_are_the_origin(
    net: int, rate: int, worth: int, cuts: list[int], bill: int, currency: str
) -> None:
    tax, paid, left = net * rate // 100, list[int](), net * (100 + rate) // 100
    for cut in cuts:
        if cut < left:
            paid.append(cut)
            left -= cut
    one = estimated(net, tax, worth, paid, currency)
    items: dict[str, OpenItem] = {x.credit.id: x.credit for x in one.links if x.credit}
    items[one.item.id] = one.item
    reds: list[Mapping[str, Any]] = []
    for most in (bill, one.left.minor):
        if not (amount := min(most, one.left.minor)):
            continue
        paper = Invoice("26322000010211", TODAY, money(amount, currency), money(0, currency))
        portion = Portion(one, money(amount, currency))
        found = bundle(paper, [portion], a_heading(batch="b"), make_id=ids(1000 + len(reds)))
        for kind, text in texts_of(found):
            check_content(kind, text, items)
            items = posted(items, text)
        blue = sum(x["base"] for x in found.head["lines"] if x["side"] == 1)
        assert blue == -sum(x["base"] for x in found.red_lines if x["side"] == 1)
        reds += found.red_lines
        stays = remaining(one.lines, found.red_lines)
        assert all(row["amount"] >= 0 and row["base"] >= 0 for row in stays)
        links = (*(link for link in one.links if _stands(link, found)), *_again(one, found))
        now = tuple(
            replace(x, charge=items[one.item.id], credit=items[x.credit.id])
            for x in links
            if x.credit
        )
        one = replace(one, item=items[one.item.id], lines=stays, links=now)

    assert one.lines == ()
    assert (one.item.open.minor, one.item.base.minor) == (0, 0)
    assert all(item.open.minor or not item.base.minor for item in items.values())


def _stands(link: Link, found: Bundle) -> bool:
    undone = {row.get("undoes") for part in found.parts for row in part["allocations"]}
    return link.id not in undone


def _again(one: Billable, found: Bundle) -> tuple[Link, ...]:
    """Return what of a link stays with the voucher when the rest went to the invoice."""
    credits_ = {x.credit.id: x.credit for x in one.links if x.credit}
    return tuple(
        Link(
            row["id"], Money(row["amount"], one.left.currency), one.item, credits_[row["credit"]],
            charge_base=Money(row["charge_base"], "CNY"),
            credit_base=Money(row["credit_base"], "CNY"),
        )
        for part in found.parts
        for row in part["allocations"]
        if row.get("charge") == one.item.id and "credit" in row and "undoes" not in row
    )  # fmt: skip
