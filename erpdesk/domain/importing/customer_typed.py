"""What somebody types about a customer, field by field: read, noted, or told what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.customers.customer import Contact, CustomerRecord
from erpdesk.domain.importing.cells import NO_HABITS
from erpdesk.domain.importing.checked_cells import Check, Flag, token
from erpdesk.domain.importing.columns import Columns
from erpdesk.domain.importing.customer_cells import CustomerRules, customer_checks
from erpdesk.domain.importing.rows import Reason
from erpdesk.domain.money import AmountTooLargeError, Money
from erpdesk.domain.tax import percent_text
from erpdesk.errors import UserError

CONTACT: Final = tuple(one.name for one in fields(Contact))
"""The fields that anybody who works with the customer may note."""

RECORD: Final = (
    "name", "tax_id", "id_number", "address", "bank_name", "bank_account", "terms_days",
    "tax_rate", "currency", "credit_limit", "language",
)  # fmt: skip
"""The fields that a second person approves, in the order in which they are entered."""

TYPED: Final = (*RECORD, *CONTACT)

UNKNOWN: Final = Reason("没有这一项", "there is no such field")
NEEDED: Final = Reason("必填", "it is needed")
NOT_DAYS: Final = Reason("不是天数，如 30", "no number of days, such as 30")
NOT_LANGUAGE: Final = Reason("写 zh 或 en", "write zh or en")
TOO_LARGE: Final = Reason("金额过大", "the amount is too large")

_AS_CELL: Final = {"person": "contact_person"}
_NOTHING_READ: Final = {"terms_days": NOT_DAYS, "language": NOT_LANGUAGE}


class BadCustomerFieldError(UserError):
    """What was typed into a field of a customer cannot be kept."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A customer as typed; ``wrong`` cannot be kept, ``notes`` can but should be looked at."""

    record: CustomerRecord
    contact: Contact
    wrong: Mapping[str, Reason] = field(default_factory=dict)
    notes: Mapping[str, Reason] = field(default_factory=dict)


def typed_over(
    record: CustomerRecord,
    contact: Contact,
    said: Mapping[str, str],
    rules: CustomerRules | None = None,
) -> Typed:
    """Return a customer with fields typed over; an empty text takes what stood there away."""
    checks = _checks(rules or CustomerRules())
    values: dict[str, Any] = {}
    wrong: dict[str, Reason] = {}
    notes: dict[str, Reason] = {}
    for name, text in said.items():
        if name not in checks:
            wrong[name] = UNKNOWN
        elif text.strip():
            _read(name, checks[name](text.strip()), values, wrong, notes)
        elif name == "name":
            wrong[name] = NEEDED
        else:
            values[name] = None
    _take_limit(record, values, wrong)
    kept = {name: value for name, value in values.items() if name not in wrong}
    return Typed(
        replace(record, **{name: value for name, value in kept.items() if name in RECORD}),
        replace(contact, **{name: value for name, value in kept.items() if name in CONTACT}),
        wrong,
        notes,
    )


def must_be_readable(typed: Typed) -> None:
    """Go on only when everything typed can be kept.

    Raises:
        BadCustomerFieldError: the first field that cannot.
    """
    for name, why in typed.wrong.items():
        raise BadCustomerFieldError(field=name, why=why.zh, why_en=why.en)


def _checks(rules: CustomerRules) -> dict[str, Check]:
    cells = customer_checks(rules, NO_HABITS, Columns((), {}))
    known = {name: cells[_AS_CELL.get(name, name)] for name in TYPED if name != "id_number"}
    return known | {"id_number": token(40)}


def _read(
    name: str,
    found: Any,
    values: dict[str, Any],
    wrong: dict[str, Reason],
    notes: dict[str, Reason],
) -> None:
    if type(found) is not Flag:
        values[name] = found
    elif found.wrong or found.value in {None, ""}:
        wrong[name] = _NOTHING_READ.get(name, found.reason)
    else:
        values[name], notes[name] = found.value, found.reason


def _take_limit(record: CustomerRecord, values: dict[str, Any], wrong: dict[str, Reason]) -> None:
    """Make a typed credit limit whole minor units of the customer's currency."""
    limit = values.get("credit_limit")
    if limit is None:
        return
    currency = values.get("currency") or record.currency or BASE_CURRENCY
    try:
        values["credit_limit"] = Money.of(limit, currency).minor
    except AmountTooLargeError:
        wrong["credit_limit"] = TOO_LARGE


def said_of(record: CustomerRecord, contact: Contact) -> dict[str, str]:
    """Return every field as it would be typed; what is unknown is empty."""
    plain = {name: getattr(record, name) for name in RECORD}
    plain |= {name: getattr(contact, name) for name in CONTACT}
    if record.credit_limit is not None:
        plain["credit_limit"] = Money(record.credit_limit, record.currency or BASE_CURRENCY).plain()
    if record.tax_rate is not None:
        plain["tax_rate"] = percent_text(record.tax_rate)
    return {name: "" if value is None else str(value) for name, value in plain.items()}
