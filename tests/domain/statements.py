"""Statements to add up and to draw: only what matters stands in the call."""

from datetime import date, timedelta
from typing import Any

from erpdesk.domain.accounts import Part
from erpdesk.domain.money import Money
from erpdesk.domain.statement import Movement, OpenLine, Stated, in_order, moves_in_order, sum_of

DAY = date(2026, 11, 25)


def a_line(minor: int = 100_000, part: Part = Part.BILLED, **facts: Any) -> OpenLine:
    money = Money(minor, facts.pop("currency", "CNY"))
    known = {
        "day": date(2026, 6, 1), "document": "应-202606-0001", "basis": "发票 26322000010211",
        "due": date(2026, 7, 1), "original": money, "left": money,
    }  # fmt: skip
    return OpenLine(part=part, **{**known, **facts})


def a_move(minor: int = 100_000, **facts: Any) -> Movement:
    known = {
        "day": date(2026, 11, 2), "document": "临-202611-0001", "kind": "voucher",
        "basis": "SH-1 签收单", "change": Money(minor, facts.pop("currency", "CNY")),
    }  # fmt: skip
    return Movement(**{**known, **facts})


def of_open(*lines: OpenLine, **facts: Any) -> Stated:
    """Return what these lines add up to, in the currency of the first."""
    currency = lines[0].left.currency
    parts = {part: sum_of((x.left for x in lines if x.part is part), currency) for part in Part}
    known = {"parts": parts, "opening": Money(0, currency), "lines": in_order(lines)}
    return Stated(**{**known, **facts})


def of_moves(*moves: Movement, opening: int = 0, currency: str = "CNY", **facts: Any) -> Stated:
    """Return what these moves make of an opening balance, in minor units."""
    begin = Money(opening, currency)
    end = begin + sum_of((one.change for one in moves), currency)
    nothing = Money(0, currency)
    parts = {Part.BILLED: end, Part.UNBILLED: nothing, Part.UNAPPLIED: nothing}
    return Stated(**{"parts": parts, "opening": begin, "moves": moves_in_order(moves), **facts})


def some_open(count: int, currency: str = "CNY") -> Stated:
    """Return so many lines of all parts, each with a document of its own."""
    kinds = (Part.BILLED, Part.BILLED, Part.UNBILLED, Part.UNAPPLIED)
    lines = []
    for n in range(count):
        part, minor = kinds[n % 4], 240_000 + n * 7919 % 2_560_000
        minor = -minor // 3 if part is Part.UNAPPLIED else minor
        left = Money(minor - (minor // 3 if n % 5 == 0 else 0), currency)
        due = date(2026, 2, 1) + timedelta(n % 400)
        document = f"据-202606-{n + 1:04d}"
        lines.append(a_line(minor, part, currency=currency, due=due, left=left, document=document))
    return of_open(*lines)


def some_moves(count: int, currency: str = "CNY") -> Stated:
    """Return so many moves up and down from an opening balance."""
    kinds = ("voucher", "receipt", "invoice", "reversal", "import")
    moves = (
        a_move(
            (240_000 + n * 7919 % 2_560_000) * (-2 if n % 5 == 1 else 1),
            kind=kinds[n % 5], day=date(2026, 11, 1) + timedelta(n % 25), currency=currency,
            document=f"据-202611-{n + 1:04d}",
        )
        for n in range(count)
    )  # fmt: skip
    return of_moves(*moves, opening=1_234_567, currency=currency)
