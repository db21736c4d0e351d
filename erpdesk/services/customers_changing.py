"""Changes of customers: a contact is noted at once, everything else waits for a second person."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from erpdesk.domain.changes import Outcome
from erpdesk.domain.codes.own_code import is_reserved
from erpdesk.domain.customers.core_name import core_name
from erpdesk.domain.customers.customer import (
    CodeKind,
    Contact,
    CustomerCode,
    CustomerRecord,
    clean_code,
    contact_from,
    contact_section,
    record_from,
    record_section,
    why_not_code,
    why_not_record,
)
from erpdesk.domain.customers.customer_search import digits_of, plain_name, search_text
from erpdesk.domain.customers.duplicates import (
    PHONE_DIGITS_MIN,
    Likeness,
    Party,
    likely_duplicates_of,
    surest_first,
)
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.importing.customer_cells import CustomerRules
from erpdesk.domain.importing.customer_typed import Typed, must_be_readable, typed_over
from erpdesk.errors import UserError
from erpdesk.services.writing import Writing
from erpdesk.standards.numbers import is_tax_id
from erpdesk.standards.pinyin import pinyin_keys
from erpdesk.storage import customer_history, customer_rows, customers
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company

TWINS_MOST: Final = 5
CANDIDATES_MOST: Final = 2000
ALONE: Final = ("submit", "note", "post")


class CodeTakenError(UserError):
    """This code belongs to another customer already."""


class CodeKnownError(UserError):
    """This code finds this customer already."""


class NoSuchCodeError(UserError):
    """The customer has no such code in use."""


class MainCodeError(UserError):
    """The main code of a customer stays."""


class ChangeWaitsError(UserError):
    """A change of this customer waits for a decision already."""


class NothingChangedError(UserError):
    """Nothing differs from what stands in the books."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A customer that may be the one being entered; what both have in common, the surest first."""

    id: str
    code: str
    name: str
    why: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of a form while it is typed: as read, whose code it is, likely twins."""

    typed: Typed
    code_problem: UserError | None = None
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class CustomersChanging:
    """Proposes changes of customers, as the person who opened the company."""

    company: Company

    def check(
        self, said: Mapping[str, str], *, customer_id: str | None = None, code: str = ""
    ) -> Checked:
        """Return what is known of a form as typed; ``code`` is that of a new customer."""
        with self.company.database.reading() as connection:
            record, contact = CustomerRecord(clean_code(code), ""), Contact()
            if customer_id is not None:
                record, contact = _known(connection, customer_id)
            typed = typed_over(record, contact, said, RULES)
            problem = None
            if customer_id is None and clean_code(code):
                problem = why_not_code(clean_code(code)) or _taken(connection, clean_code(code))
            twins = _twins(connection, typed, customer_id or "")
        return Checked(typed, problem, twins)

    def change(
        self, customer_id: str, said: Mapping[str, str], *, memo: str = ""
    ) -> Outcome[Document]:
        """Propose what was typed; only contacts changed: it is noted at once.

        Raises:
            BadCustomerFieldError: a field cannot be read; nothing was stored.
            NothingChangedError, ChangeWaitsError: there is nothing to propose, or one waits.
        """
        with self.company.database.reading() as connection:
            before = _known(connection, customer_id)
        typed = typed_over(*before, said, RULES)
        must_be_readable(typed)
        return self._propose(customer_id, before, (typed.record, typed.contact), memo)

    def add_code(
        self, customer_id: str, code: str, *, kind: CodeKind = CodeKind.BARCODE
    ) -> Outcome[Document]:
        """Propose a further code, under which a scan finds the customer.

        Raises:
            BadCodeError, ReservedCodeError, CodeTakenError, CodeKnownError: it cannot be one.
        """
        wanted = clean_code(code)
        with self.company.database.reading() as connection:
            record, contact = _known(connection, customer_id)
            problem = why_not_code(wanted) or _taken(connection, wanted, whose=customer_id)
        if problem is not None:
            raise problem
        codes = (*record.codes, CustomerCode(wanted, kind))
        after = replace(record, codes=tuple(sorted(codes)))
        return self._propose(customer_id, (record, contact), (after, contact), f"+ {wanted}")

    def retire_code(self, customer_id: str, code: str) -> Outcome[Document]:
        """Propose to take a code out of use; scanned, it still finds the customer.

        Raises:
            MainCodeError, NoSuchCodeError: it is the main one, or none in use.
        """
        wanted = clean_code(code)
        with self.company.database.reading() as connection:
            record, contact = _known(connection, customer_id)
        if wanted == record.code:
            raise MainCodeError(code=wanted)
        codes = tuple(one for one in record.codes if one.code != wanted)
        if codes == record.codes:
            raise NoSuchCodeError(code=wanted)
        after = replace(record, codes=codes)
        return self._propose(customer_id, (record, contact), (after, contact), f"− {wanted}")

    def register(self, code: str, said: Mapping[str, str], *, memo: str = "") -> Outcome[Document]:
        """Propose a new customer.

        Raises:
            BadCustomerFieldError, NameMissingError: a field cannot be read, or there is no name.
            BadCodeError, ReservedCodeError, CodeTakenError: the code cannot be its code.
        """
        typed = typed_over(CustomerRecord(clean_code(code), ""), Contact(), said, RULES)
        must_be_readable(typed)
        with self.company.database.reading() as connection:
            problem = why_not_record(typed.record) or _taken(connection, typed.record.code)
        if problem is not None:
            raise problem
        text = _text(self.company.new_id(), typed.record, typed.contact, memo)
        return Writing(self.company).draft("customer", text, then=("submit",))

    def _propose(
        self,
        customer_id: str,
        before: tuple[CustomerRecord, Contact],
        after: tuple[CustomerRecord, Contact],
        memo: str,
    ) -> Outcome[Document]:
        if before == after:
            raise NothingChangedError
        if problem := why_not_record(after[0]):
            raise problem
        with self.company.database.reading() as connection:
            waiting = customer_history.waiting_change(connection, customer_id)
            stored = customers.by_id(connection, customer_id)
        if waiting is not None:
            raise ChangeWaitsError(number=waiting.number)
        text = _text(customer_id, *after, memo)
        alone = before[0] == after[0]
        if alone:
            text["record"] = stored.record
        return Writing(self.company).draft("customer", text, then=ALONE if alone else ("submit",))


RULES: Final = CustomerRules(tax_id_is_right=is_tax_id, is_reserved=is_reserved)


def _known(connection: Connection, customer_id: str) -> tuple[CustomerRecord, Contact]:
    row = customers.by_id(connection, customer_id)
    return record_from(row.record), contact_from(row.contact)


def _text(customer_id: str, record: CustomerRecord, contact: Contact, memo: str) -> dict[str, Any]:
    found = replace(record, search=search_text(record, pinyin_keys(record.name)))
    text: dict[str, Any] = {
        "customer": customer_id,
        "record": record_section(found),
        "contact": contact_section(contact),
    }
    return text | ({"memo": memo} if memo else {})


def _taken(connection: Connection, code: str, *, whose: str = "") -> UserError | None:
    """Return what stands against a further code: it belongs to somebody, a retired one too."""
    owner = customers.by_code(connection, code)
    if owner is None:
        return None
    if owner.id == whose:
        return CodeKnownError(code=code)
    return CodeTakenError(code=code, name=owner.name)


def _twins(connection: Connection, typed: Typed, customer_id: str) -> tuple[Twin, ...]:
    record, phone = typed.record, digits_of(typed.contact.phone)
    me = Party(
        CustomerId(customer_id), record.name, record.tax_id, typed.contact.phone,
        record.bank_account,
    )  # fmt: skip
    rows = customer_rows.alike(
        connection,
        letters=core_name(record.name) if record.name else "",
        numbers={
            "tax_id": plain_name(record.tax_id or ""),
            "phone": phone if len(phone) >= PHONE_DIGITS_MIN else "",
            "bank_account": digits_of(record.bank_account),
        },
        most=CANDIDATES_MOST,
    )
    by_id = {row.id: row for row in rows}
    found = likely_duplicates_of(me, [_party(row) for row in rows])
    twins = [
        Twin(one.other, by_id[one.other].code, by_id[one.other].name, surest_first(one.why))
        for one in found
    ]
    return tuple(sorted(twins, key=_weight)[:TWINS_MOST])


def _weight(twin: Twin) -> tuple[int, int]:
    return -len(twin.why), list(Likeness).index(twin.why[0])


def _party(row: CustomerRow) -> Party:
    return Party(
        CustomerId(row.id), row.name, row.tax_id, row.contact.get("phone"),
        row.record.get("bank_account"),
    )  # fmt: skip
