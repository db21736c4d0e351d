"""A voucher read back from its text, to be looked at again or written on."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.delivery import DeliveryUse
from erpdesk.domain.evidence import evidence_of
from erpdesk.domain.goods import Goods
from erpdesk.domain.money import Money
from erpdesk.domain.posting import Heading
from erpdesk.domain.voucher import Answers, Voucher

Text = Mapping[str, Any]


def voucher_from(text: Text, *, posting_date: date) -> Voucher:
    """Return the voucher that a text says, entry or not; ``posting_date`` where it says none."""
    currency = _currency(text)
    answers = text.get("answers")
    items = text.get("items")
    return Voucher(
        heading_from(text, posting_date=posting_date),
        tuple(_goods(row, currency) for row in text.get("goods", ())),
        currency,
        tuple(
            DeliveryUse(use["id"], Money(use["amount"], currency))
            for use in text.get("deliveries", ())
        ),
        evidence_of(text),
        answers and Answers(**{name: bool(said) for name, said in answers.items()}),
        date.fromisoformat(items[0]["due"]) if items else None,
        _rate(text),
    )


def heading_from(text: Text, *, posting_date: date) -> Heading:
    """Return what stands over the entry of a text."""
    entry = text.get("entry", {})
    names = ("customer", "batch", "contract", "memo", "reason")
    return Heading(
        _day(entry, "posting_date") or posting_date,
        document_date=_day(entry, "document_date"),
        origin_period=entry.get("origin_period"),
        reverse_on=_day(entry, "reverse_on"),
        **{name: text.get(name) for name in names},
    )


def _day(entry: Text, name: str) -> date | None:
    return date.fromisoformat(entry[name]) if name in entry else None


def _currency(text: Text) -> str:
    rows = (*text.get("lines", ()), *text.get("items", ()))
    return str(rows[0]["currency"]) if rows else BASE_CURRENCY


def _rate(text: Text) -> Decimal | None:
    """Return the exchange rate at which the claim is booked; in the base currency there is none."""
    said = text.get("entry", {}).get("exchange_rate")
    return None if said is None else Decimal(said)


def _goods(row: Text, currency: str) -> Goods:
    net, tax, gross = (Money(row[name], currency) for name in ("net", "tax", "gross"))
    quantity, price = (Decimal(row[n]) if n in row else None for n in ("quantity", "price"))
    return Goods(
        row["text"], net, tax, gross, Decimal(row["rate"]), quantity, row.get("unit"), price
    )
