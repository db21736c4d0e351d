"""Customers for those who read the books: the list page by page, and all there is about one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from erpdesk.domain.accounts import BASE_CURRENCY, Part
from erpdesk.domain.customers.customer import (
    SETTLING,
    Contact,
    CustomerRecord,
    contact_from,
    missing_fields,
    missing_in,
    record_from,
)
from erpdesk.domain.customers.customer_next import Next, Owed, next_step
from erpdesk.domain.money import Money
from erpdesk.domain.people import READS_BOOKS, Role
from erpdesk.services.answering import answered, uncontested
from erpdesk.services.customer_history import History, Paper, history_of
from erpdesk.services.kept_looks import NAMING, KeptLook
from erpdesk.services.ports import Clock
from erpdesk.standards.numbers import tax_id_problem
from erpdesk.storage import (
    customer_history,
    customer_rows,
    customer_search,
    customer_sums,
    customers,
    documents,
    ledger,
    people,
)
from erpdesk.storage.customer_history import CodeRow
from erpdesk.storage.customer_rows import Keys as CustomerKeys
from erpdesk.storage.customer_rows import ListRow, Wanted
from erpdesk.storage.customer_sums import SumRow
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.ledger import ItemRow
from erpdesk.storage.unit_of_work import Company

Asked: TypeAlias = Wanted
Code: TypeAlias = CodeRow
Item: TypeAlias = ItemRow

Keys: TypeAlias = CustomerKeys

FIRST_ROWS: Final = 24
"""So many of a list, or what is in sight, are read before all its order is known."""
PAGE_ROWS: Final = 128
KINDS: Final = ("all", "owing", "unbilled", "unapplied", "incomplete")
"""The filters of the list, the one that shows everybody first."""

SEES_COUNTS: Final = frozenset({Role.ACCOUNTANT, Role.SUPERVISOR, Role.DIRECTOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Owes:
    """What a customer owes in one currency; the balance is billed + unbilled − unapplied."""

    billed: Money
    unbilled: Money
    unapplied: Money

    @property
    def balance(self) -> Money:
        """Return the balance."""
        return self.billed + self.unbilled - self.unapplied


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """A customer in the list, in one currency; ``key`` is the row among those of ``keys``.

    ``tax_problem`` is None where the number is right or there is none. ``missing`` are the fields
    that settling asks for and the record lacks, of ``asked``. ``late_days`` is None where nothing
    is due; ``last_contact`` is in microseconds since 1970.
    """

    key: int
    id: str
    code: str
    name: str
    tax_id: str | None
    tax_problem: str | None
    missing: tuple[str, ...]
    owes: Owes
    oldest: date | None
    late_days: int | None
    last_contact: int | None
    asked: int = len(SETTLING)


@dataclass(frozen=True, slots=True)
class Totals:
    """What customers add up to in one currency, and how many there are."""

    rows: int
    owes: Owes


@dataclass(frozen=True, slots=True)
class Whole:
    """What a filter adds up to, a row a currency, and how many customers each filter has."""

    totals: tuple[Totals, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Where we stand with a customer.

    ``withheld``: no figure may be shown, and none is there; who reads no books is told name and
    codes alone. ``waiting`` is a change of the record
    that nobody decided yet, ``answered`` a reply that differs, or a promise not kept.
    """

    id: str
    codes: tuple[Code, ...]
    record: CustomerRecord
    contact: Contact
    tax_problem: str | None = None
    missing: tuple[str, ...] = ()
    withheld: bool = False
    owes: tuple[Owes, ...] = ()
    items: tuple[Item, ...] = ()
    oldest: date | None = None
    late_days: int | None = None
    last_contact: int | None = None
    waiting: Paper | None = None
    todo: Next | None = None
    answered: Next | None = None


def kept_records(company: Company) -> KeptLook[dict[str, int]]:
    """Return the look at how many customers there are, and how many of them lack something."""
    return KeptLook(company, customer_sums.counts_of_records, kinds=NAMING)


@dataclass(frozen=True, slots=True)
class Customers:
    """Reads customers for the person who opened the company; ``records`` counts their records."""

    company: Company
    clock: Clock
    records: KeptLook[dict[str, int]]

    def listed(self, asked: Asked, *, most: int = FIRST_ROWS) -> tuple[CustomerLine, ...]:
        """Return the first rows of the list; where there are fewer than ``most``, all of them."""
        with self.company.database.reading() as connection:
            sees = self._sees_counts(connection)
            rows = customer_rows.first_page(connection, asked, most=most, with_counts=sees)
        return tuple(map(self._line, rows))

    def keys(self, asked: Asked) -> Keys:
        """Return all the rows of the list in their order, each as a number of 8 bytes."""
        with self.company.database.reading() as connection:
            return customer_rows.keys(connection, asked)

    def lines(self, keys: Sequence[int]) -> tuple[CustomerLine, ...]:
        """Return rows of the list by their numbers."""
        with self.company.database.reading() as connection:
            sees = self._sees_counts(connection)
            rows = customer_rows.rows_of(connection, keys, with_counts=sees)
        return tuple(map(self._line, rows))

    def whole(self, asked: Asked) -> Whole:
        """Return the totals of a filter, and the count of every filter under the same search."""
        counts = {} if asked.words.strip() else dict(self.records.look())
        with self.company.database.reading() as connection:
            counts |= customer_sums.counts_of_figures(connection, asked.words)
            if "all" not in counts:
                counts |= customer_sums.counts_of_records(connection, asked.words)
            sums = customer_sums.sums(connection, asked, found=counts[asked.kind])
        totals = tuple(map(_totals, sums))
        return Whole(totals, tuple((kind, counts[kind]) for kind in KINDS))

    def owed(self) -> tuple[Totals, ...]:
        """Return what all customers owe, by currency, and how many have something open in it."""
        with self.company.database.reading() as connection:
            return tuple(map(_totals, customer_sums.owed(connection)))

    def make_findable(self) -> bool:
        """Put the next customers that were imported into the index; say whether there were any."""
        with self.company.database.reading() as connection:
            if not customer_search.lags(connection):
                return False
        with self.company.database.writing() as connection:
            customer_search.fill(connection)
        return True

    def every(self, asked: Asked) -> Iterator[CustomerLine]:
        """Yield every row of a filter, for an export; one page is in memory at a time."""
        return self.each(self.keys(asked))

    def each(self, keys: Keys) -> Iterator[CustomerLine]:
        """Yield rows by their numbers; one page is in memory at a time."""
        for start in range(0, len(keys), PAGE_ROWS):
            yield from self.lines(keys[start : start + PAGE_ROWS])

    def _line(self, row: ListRow) -> CustomerLine:
        known = row.customer
        parts = (row.billed_minor, row.unbilled_minor, row.unapplied_minor)
        return CustomerLine(
            row.key,
            known.id,
            known.code,
            known.name,
            known.tax_id,
            tax_id_problem(known.tax_id) if known.tax_id else None,
            missing_in(known.record, known.contact),
            Owes(*(Money(minor, row.currency) for minor in parts)),
            row.oldest,
            self._late(row.oldest),
            row.last_contact,
        )

    def _late(self, oldest: date | None) -> int | None:
        return None if oldest is None else max(0, (self.clock.today() - oldest).days)

    def _sees_counts(self, connection: Connection) -> bool:
        return bool(self._roles(connection) & SEES_COUNTS)

    def _roles(self, connection: Connection) -> frozenset[Role]:
        person = people.person_named(connection, self.company.person)
        return person.roles(at=self.clock.now_us())

    def card(self, customer_id: str, *, withheld: bool = False) -> Card:
        """Return where we stand with a customer; with ``withheld`` no figure is even read.

        Raises:
            NoSuchCustomerError: there is none.
        """
        with self.company.database.reading() as connection:
            roles = self._roles(connection)
            if not roles & READS_BOOKS:
                return _name_card(connection, customer_id)
            plain = _plain_card(connection, customers.by_id(connection, customer_id))
            if withheld:
                return replace(plain, withheld=True)
            return self._whole_card(connection, plain, sees_counts=bool(roles & SEES_COUNTS))

    def _whole_card(self, connection: Connection, plain: Card, *, sees_counts: bool) -> Card:
        name = plain.id
        items = ledger.open_items(connection, name)
        oldest = min((one.due_date for one in items if one.open_minor > 0), default=None)
        waiting = customer_history.waiting_change(connection, name)
        spoken = customer_rows.last_contacts(connection, [name], with_counts=sees_counts)
        said = answered(connection, name, today=self.clock.today())
        todo = next_step(
            map(_owed, uncontested(connection, items, customer_id=name)),
            today=self.clock.today(), missing=plain.missing,
            change_waits=waiting is not None, answered=said,
        )  # fmt: skip
        return replace(
            plain,
            owes=tuple(map(_owes, ledger.balances(connection, name))) or (NOTHING_OWED,),
            items=items,
            oldest=oldest,
            late_days=self._late(oldest),
            last_contact=spoken.get(name),
            waiting=waiting,
            todo=todo,
            answered=said,
        )

    def history(self, customer_id: str) -> History:
        """Return what happened with a customer; counts only for those who may read them."""
        with self.company.database.reading() as connection:
            sees = bool(self._roles(connection) & SEES_COUNTS)
            today = self.clock.today()
            return history_of(connection, customer_id, today=today, with_counts=sees)

    def id_of(self, reference: str) -> str:
        """Return the id of the customer with this code or exact name.

        Raises:
            NoSuchCustomerError, SeveralCustomersError: none, or more than one.
        """
        with self.company.database.reading() as connection:
            return customers.named(connection, reference).id

    def of_document(self, document_id: str) -> str | None:
        """Return whose a document is, or None."""
        with self.company.database.reading() as connection:
            return documents.look(connection, document_id).customer_id


NOTHING_OWED: Final = Owes(*(Money(0, BASE_CURRENCY) for _ in range(3)))


def _name_card(connection: Connection, customer_id: str) -> Card:
    """Return what somebody who reads no books may know: who it is, by which codes."""
    code, name = customer_history.name_of(connection, customer_id)
    codes = customer_history.codes(connection, customer_id)
    return Card(customer_id, codes, CustomerRecord(code, name), Contact(), withheld=True)


def _plain_card(connection: Connection, customer: CustomerRow) -> Card:
    record, contact = record_from(customer.record), contact_from(customer.contact)
    return Card(
        customer.id,
        customer_history.codes(connection, customer.id),
        record,
        contact,
        tax_id_problem(customer.tax_id) if customer.tax_id else None,
        missing_fields(record, contact),
    )


def _owes(row: ledger.BalanceRow) -> Owes:
    parts = (row.billed_minor, row.unbilled_minor, row.unapplied_minor)
    return Owes(*(Money(minor, row.currency) for minor in parts))


def _owed(item: Item) -> Owed:
    money = Money(item.open_minor, item.currency)
    return Owed(money, item.due_date, is_unbilled=item.part == Part.UNBILLED)


def _totals(row: SumRow) -> Totals:
    parts = (row.billed_minor, row.unbilled_minor, row.unapplied_minor)
    return Totals(row.rows, Owes(*(Money(minor, row.currency) for minor in parts)))
