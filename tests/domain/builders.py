"""What a test about money needs, with only what matters in the call."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from erpdesk.domain.accounts import ADVANCE, UNBILLED
from erpdesk.domain.delivery import Delivery, Use
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.goods import goods_of
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.posting import Heading
from erpdesk.domain.receipt import Receipt
from erpdesk.domain.voucher import Answers, Voucher

TODAY = date(2026, 11, 25)
DUE = date(2026, 12, 25)
RATE = Decimal("0.13")
UNCONDITIONAL = Answers(passed=True, unconditional=True, tax_point=False)


def an_id(n: int) -> str:
    return f"00000000-0000-7000-8000-{n:012d}"


QINGHE = CustomerId(an_id(1001))
HAIHE = CustomerId(an_id(1002))


def ids(first: int = 1) -> Callable[[], str]:
    """Return a maker of ids that count up."""
    last = first - 1

    def make_id() -> str:
        nonlocal last
        last += 1
        return an_id(last)

    return make_id


Written = str | int | Money


def yuan(text: Written, currency: str = "CNY") -> Money:
    return text if isinstance(text, Money) else Money.of(Decimal(text), currency)


def a_heading(**facts: Any) -> Heading:
    return Heading(**{"posting_date": TODAY, "customer": QINGHE, **facts})


def a_charge(amount: Written = 113_000, n: int = 501, **facts: Any) -> OpenItem:
    money = yuan(amount)
    known = {"customer": QINGHE, "account": UNBILLED, "due": DUE, "version": 3, **facts}
    return OpenItem(**{"id": ItemId(an_id(n)), "original": money, "open": money, **known})


def a_credit(amount: Written = 113_000, n: int = 601, **facts: Any) -> OpenItem:
    return a_charge(-yuan(amount), n, **{"account": ADVANCE, "due": TODAY, "version": 1, **facts})


def a_voucher(gross: Written = 113_000, **facts: Any) -> Voucher:
    goods = (goods_of("纸箱", yuan(gross), RATE),)
    known = {"goods": goods, "answers": UNCONDITIONAL, "due": DUE, **facts}
    return Voucher(**{"heading": a_heading(), **known})


def a_receipt(amount: Written = 113_000, **heading: Any) -> Receipt:
    return Receipt(a_heading(**heading), yuan(amount))


def a_delivery(amount: Written = 113_000, *uses: Use, **facts: Any) -> Delivery:
    known = {"number": "SH-1", "customer": QINGHE, "day": TODAY, "amount": yuan(amount)}
    return Delivery(**{"id": an_id(701), "uses": uses, **known, **facts})


def an_evidence(kind: str, n: int = 0) -> Evidence:
    return Evidence(f"{n:064x}", kind)


def journal(content: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return the lines of a text as an accountant writes them: side, account, amount."""
    return shown(content["lines"])


def shown(lines: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    sides = {1: "Dr", -1: "Cr"}
    return [
        (sides[x["side"]], x["account"], Money(x["amount"], x["currency"]).plain()) for x in lines
    ]


def known(*items: OpenItem) -> dict[str, OpenItem]:
    return {item.id: item for item in items}
