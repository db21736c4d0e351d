"""How the sections of a text are written, row by row: what is misshapen is not judged further."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from erpdesk.domain.ids import is_id
from erpdesk.domain.money import DECIMALS
from erpdesk.errors import UserError

FIRST_YEAR, LAST_YEAR = 1900, 2099


class MisshapenError(UserError):
    """A part of the document is not written as it has to be."""


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_amount(value: object) -> bool:
    return _is_whole(value) and value != 0


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and is_id(value)


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _is_decimal(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value, re.ASCII) is not None


def _is_currency(value: object) -> bool:
    return value in DECIMALS


def _is_flag(value: object) -> bool:
    return _is_whole(value) and value in {0, 1}


def _is_side(value: object) -> bool:
    return _is_whole(value) and value in {1, -1}


def _are_parts(value: object) -> bool:
    """Say whether this names texts that go with another: each by its document and its hash."""
    return isinstance(value, list | tuple) and all(
        isinstance(one, Mapping)
        and one.keys() == {"document", "hash"}
        and _is_id(one["document"])
        and _is_hash(one["hash"])
        for one in value
    )


def is_day(value: object) -> bool:
    """Say whether this is a day as a text writes it, of the years 1900 to 2099."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return day is not None and day.isoformat() == value and FIRST_YEAR <= day.year <= LAST_YEAR


SINGLE: Final = frozenset({"entry", "answers", "invoice"})
"""Sections that are one row, not a list of rows."""

Shape = Mapping[str, Callable[[object], bool]]

SHAPES: Final[Mapping[str, Shape]] = MappingProxyType(
    {
        "entry": {
            "id": _is_id, "series": _is_text, "posting_date": is_day, "rule": _is_text,
            "document_date?": is_day, "origin_period?": _is_text, "reverses?": _is_id,
            "identifies?": _is_id, "reverse_on?": is_day, "exchange_rate?": _is_decimal,
        },
        "lines": {
            "n": _is_whole, "account": _is_text, "side": _is_side, "amount": _is_whole,
            "base": _is_whole, "currency": _is_currency, "customer?": _is_id, "item?": _is_id,
            "text?": _is_text,
        },
        "items": {
            "id": _is_id, "customer": _is_id, "account": _is_text, "currency": _is_currency,
            "amount": _is_amount, "due": is_day,
        },
        "allocations": {
            "id": _is_id, "amount": _is_amount, "charge?": _is_id, "charge_version?": _is_whole,
            "credit?": _is_id, "credit_version?": _is_whole, "undoes?": _is_id,
            "charge_base?": _is_whole, "credit_base?": _is_whole,
        },
        "goods": {
            "n": _is_whole, "text": _is_text, "net": _is_whole, "tax": _is_whole,
            "gross": _is_whole, "rate": _is_decimal, "quantity?": _is_decimal,
            "unit?": _is_text, "price?": _is_decimal,
        },
        "deliveries": {"id": _is_id, "amount": _is_amount},
        "evidence": {"hash": _is_hash, "kind": _is_text},
        "invoice": {
            "number": _is_text, "day": is_day, "net": _is_whole, "tax": _is_whole,
            "with?": _are_parts,
        },
        "answers": {"passed": _is_flag, "unconditional": _is_flag, "tax_point": _is_flag},
    }
)  # fmt: skip
"""How each row of the sections is written that are more than words; a ``?`` may be absent."""


def misshapen(content: Mapping[str, Any]) -> Iterator[UserError]:
    """Yield an error a field that is missing, unknown, or not written as its shape asks."""
    for name, shape in SHAPES.items():
        if name in content:
            yield from (
                MisshapenError(section=name, field=field)
                for field in _misfits(content[name], shape, is_list=name not in SINGLE)
            )
    if "customer" in content and not _is_id(content["customer"]):
        yield MisshapenError(section="customer", field="")


def _misfits(value: object, shape: Shape, *, is_list: bool) -> Iterator[str]:
    if not is_list:
        yield from _misfitting(value, shape)
    elif isinstance(value, list | tuple):
        for row in value:
            yield from _misfitting(row, shape)
    else:
        yield ""


def _misfitting(row: object, shape: Shape) -> Iterator[str]:
    if not isinstance(row, Mapping):
        yield ""
        return
    for name, fits in shape.items():
        field = name.rstrip("?")
        if field not in row:
            if field == name:
                yield field
        elif not fits(row[field]):
            yield field
    yield from sorted(row.keys() - {name.rstrip("?") for name in shape})
