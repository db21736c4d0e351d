"""A customer: the record others decide about, the contact anybody may note, its codes."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import islice
from typing import Any, Final

from erpdesk.domain.codes.own_code import is_reserved
from erpdesk.domain.content import NotCanonicalError, canonical_rows
from erpdesk.errors import UserError

CODE_LETTERS_MAX: Final = 64
TERMS_DAYS_MAX: Final = 3650


class NameMissingError(UserError):
    """A customer needs a name."""


class BadCodeError(UserError):
    """This cannot be a customer's code."""


class ReservedCodeError(UserError):
    """Codes of this form are printed by the program itself."""


class CodeTwiceError(UserError):
    """The same code stands twice with this customer."""


class BadTermsError(UserError):
    """Payment days, credit limit or tax rate are out of range."""


class CodeKind(StrEnum):
    """What a code of a customer is: the main one, a label, one of former times, or another's."""

    MAIN = "main"
    BARCODE = "barcode"
    OLD = "old"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class CustomerCode:
    """One further code under which a customer is found."""

    code: str
    kind: CodeKind = CodeKind.BARCODE


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """What is approved about a customer.

    ``credit_limit`` is in minor units of ``currency``; None is no limit, 0 is no credit.
    ``tax_rate`` is a fraction (0.13). ``codes`` are the codes besides the main one. ``search`` is
    what finds the customer by letters (``customer_search``).
    """

    code: str
    name: str
    tax_id: str | None = None
    id_number: str | None = None
    bank_name: str | None = None
    bank_account: str | None = None
    address: str | None = None
    terms_days: int | None = None
    credit_limit: int | None = None
    currency: str | None = None
    tax_rate: Decimal | None = None
    language: str | None = None
    codes: tuple[CustomerCode, ...] = ()
    search: str | None = None

    @property
    def all_codes(self) -> tuple[CustomerCode, ...]:
        """Return every code that finds this customer, the main one first."""
        return (CustomerCode(self.code, CodeKind.MAIN), *sorted(self.codes))


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call or write to; anybody who works with the customer may note it."""

    person: str | None = None
    phone: str | None = None
    email: str | None = None


_KIND: Final = {kind: kind.value for kind in CodeKind}
_NUMBERS: Final = frozenset({"terms_days", "credit_limit"})
_RECORD: Final = frozenset(field.name for field in fields(CustomerRecord))
_PLAIN: Final = _RECORD - {"codes", "tax_rate"}
CONTACT_FIELDS: Final = frozenset(field.name for field in fields(Contact))
"""What stands in the contact; every other field of a customer stands in the record."""

SETTLING: Final = ("name", "tax_id/id_number", "address", "phone/email")
"""What a customer needs before anything is settled, by default; ``/`` parts what may stand in."""


def record_section(record: CustomerRecord) -> dict[str, object]:
    """Return the section ``record`` of a customer's document; what is unknown is absent."""
    plain = {name: getattr(record, name) for name in _PLAIN}
    section: dict[str, object] = {key: value for key, value in plain.items() if value is not None}
    if record.tax_rate is not None:
        section["tax_rate"] = _rate_text(record.tax_rate)
    section["codes"] = [{"code": c.code, "kind": c.kind.value} for c in record.all_codes]
    return section


def record_texts(
    columns: Mapping[str, Sequence[Any]], codes: Sequence[Sequence[CustomerCode]]
) -> list[str]:
    """Return the canonical texts of the sections ``record`` of many customers.

    ``columns`` hold the fields of a record customer by customer, None where one is unknown;
    ``codes`` all codes of each (``all_codes``).
    """
    flat = [code for all_of_one in codes for code in all_of_one]
    kinds = [_KIND[code.kind] for code in flat]
    each = iter(canonical_rows({"code": [code.code for code in flat], "kind": kinds}))
    lists = [f"[{','.join(islice(each, len(all_of_one)))}]" for all_of_one in codes]
    plain = {name: columns[name] for name in _PLAIN & columns.keys()}
    rates = {rate: _rate_text(rate) for rate in set(columns["tax_rate"]) - {None}}
    plain["tax_rate"] = [rates.get(rate) for rate in columns["tax_rate"]]
    return canonical_rows(plain, {"codes": lists})


def _rate_text(rate: Decimal) -> str:
    return f"{rate.normalize():f}"


def contact_section(contact: Contact) -> dict[str, object]:
    """Return the section ``contact`` of a customer's document; what is unknown is absent."""
    plain = {name: getattr(contact, name) for name in CONTACT_FIELDS}
    return {key: value for key, value in plain.items() if value is not None}


def record_from(section: Mapping[str, Any]) -> CustomerRecord:
    """Read a section ``record``.

    Raises:
        NotCanonicalError: an unknown key, a value of another sort, no main code.
    """
    values = _checked(section, _RECORD)
    values["codes"] = tuple(map(_code_from, values.get("codes", ())))
    main = CustomerCode(str(values.get("code")), CodeKind.MAIN)
    if "name" not in values or main not in values["codes"]:
        raise NotCanonicalError(why="record")
    values["codes"] = tuple(sorted(code for code in values["codes"] if code != main))
    if "tax_rate" in values:
        values["tax_rate"] = _rate(values["tax_rate"])
    return CustomerRecord(**values)


def contact_from(section: Mapping[str, Any]) -> Contact:
    """Read a section ``contact``.

    Raises:
        NotCanonicalError: an unknown key or a value that is no text.
    """
    return Contact(**_checked(section, CONTACT_FIELDS))


def _checked(section: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    for key, value in section.items():
        wanted = list if key == "codes" else int if key in _NUMBERS else str
        if key not in known or not isinstance(value, wanted):
            raise NotCanonicalError(why=key)
    return dict(section)


def _code_from(entry: object) -> CustomerCode:
    match entry:
        case {"code": str(code), "kind": str(kind), **rest} if kind in set(CodeKind) and not rest:
            return CustomerCode(code, CodeKind(kind))
        case _:
            raise NotCanonicalError(why="codes")


def _rate(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise NotCanonicalError(why="tax_rate") from None


def clean_code(text: str) -> str:
    """Return a code as it is kept: one spelling of its characters, no space around it."""
    return unicodedata.normalize("NFC", text).strip()


_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_WIDE_GAP: Final = re.compile(r"\s\s|[^\S ]")


def why_not_code(text: str) -> UserError | None:
    """Return what stands against a text as a code of a customer.

    A code is printable, at most 64 characters, with single plain spaces inside at most, and not of
    the form of the codes the program prints.
    """
    if not text or len(text) > CODE_LETTERS_MAX or text != clean_code(text):
        return BadCodeError(code=text, most=CODE_LETTERS_MAX)
    if _WIDE_GAP.search(text) or any(unicodedata.category(c) in _UNPRINTABLE for c in text):
        return BadCodeError(code=text, most=CODE_LETTERS_MAX)
    return ReservedCodeError(code=text) if is_reserved(text) else None


def why_not_record(record: CustomerRecord) -> UserError | None:
    """Return what stands against a record, whoever approves it."""
    if not record.name.strip():
        return NameMissingError()
    codes = [entry.code for entry in record.all_codes]
    for code in codes:
        if why_not := why_not_code(code):
            return why_not
    twice = next((code for code in codes if codes.count(code) > 1), None)
    return CodeTwiceError(code=twice) if twice else _why_not_terms(record)


def _why_not_terms(record: CustomerRecord) -> UserError | None:
    if not 0 <= (record.terms_days or 0) <= TERMS_DAYS_MAX:
        return BadTermsError(terms_days=record.terms_days)
    if (record.credit_limit or 0) < 0:
        return BadTermsError(credit_limit=record.credit_limit)
    if record.tax_rate is not None and not 0 <= record.tax_rate < 1:
        return BadTermsError(tax_rate=record.tax_rate)
    return None


def missing_fields(
    record: CustomerRecord, contact: Contact, policy: tuple[str, ...] = SETTLING
) -> tuple[str, ...]:
    """Return what a policy asks for and the customer lacks, each as the policy writes it."""
    return _missing(lambda name: _field(record, contact, name), policy)


def missing_in(
    record: Mapping[str, Any], contact: Mapping[str, Any], policy: tuple[str, ...] = SETTLING
) -> tuple[str, ...]:
    """Return the same of the sections of a customer's document."""
    return _missing(lambda name: (contact if name in CONTACT_FIELDS else record).get(name), policy)


def _missing(field: Callable[[str], object], policy: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        asked for asked in policy if not any(_is_said(field(name)) for name in asked.split("/"))
    )


def _field(record: CustomerRecord, contact: Contact, name: str) -> object:
    return getattr(contact if name in CONTACT_FIELDS else record, name)


def _is_said(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
