"""What pages show, read in one go: customers, people, lists, and files with their hash checked."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final, TypeAlias

from erpdesk.domain.links import Link
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.papers.page_pictures import PRINT_PX, SCREEN_PX, PagePicture, page_picture
from erpdesk.services.handing_out import hand_out
from erpdesk.services.noticing import asked_by
from erpdesk.services.ports import Clock
from erpdesk.services.voucher_list import (
    ALL,
    Kept,
    VoucherLine,
    Vouchers,
    VouchersAsked,
    each,
    first,
    listed,
)
from erpdesk.storage import (
    customers,
    decided,
    deliveries,
    document_texts,
    documents,
    evidence,
    inbox,
    ledger,
    papers,
    people,
    settling_rows,
    standing_links,
)
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.decided import DecidedRow
from erpdesk.storage.deliveries import DeliveryRow
from erpdesk.storage.documents import Document, StepRow
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.ledger import ItemRow, TotalRow
from erpdesk.storage.papers import PaperRow
from erpdesk.storage.settling_rows import CashRow
from erpdesk.storage.unit_of_work import Company

Customer: TypeAlias = CustomerRow
DeliveryLine: TypeAlias = DeliveryRow
Text: TypeAlias = Document
Step: TypeAlias = StepRow
Head: TypeAlias = HeadRow
Item: TypeAlias = ItemRow
Paper: TypeAlias = PaperRow
Cash: TypeAlias = CashRow
PageShown: TypeAlias = PagePicture
OwnDecision: TypeAlias = DecidedRow


ISSUED: Final = ("notice", "statement")
"""The kinds of papers that are issued to customers."""


class DamagedFileError(UserError):
    """A kept file has no longer the hash under which it was kept."""


@dataclass(frozen=True, slots=True)
class File:
    """A kept file: what is known of it, its bytes, and whether they still have their hash."""

    hash: str
    name: str
    media_type: str
    size: int
    made_by: str
    made_at: int
    data: bytes
    is_intact: bool


@dataclass(frozen=True, slots=True)
class Unapplied:
    """Cash of which something is not applied yet, the oldest first: some of so many.

    ``totals`` are what is left of all of it, one a currency.
    """

    rows: tuple[Cash, ...]
    in_all: int
    totals: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The newest links that stand on a customer's items: some of so many."""

    rows: tuple[Link, ...] = ()
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A paper in a list: its head, what it comes to, its prints.

    ``sort`` is that of a statement or a confirmation, empty for a settlement notice.
    """

    head: Head
    asked: Money
    papers: tuple[Paper, ...]
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Notices:
    """The newest notices: some of so many."""

    rows: tuple[NoticeLine, ...] = ()
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class Owing:
    """A customer with a balance, in one currency."""

    customer: Customer
    balance: Money


@dataclass(frozen=True, slots=True)
class Owed:
    """Customers who owe something, the highest balance first: some of so many."""

    rows: tuple[Owing, ...] = ()
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class Looking:
    """Reads for the pages of the person who opened the company."""

    company: Company
    clock: Clock
    kept: Kept = field(default_factory=Kept)

    def customers(self, words: str, *, most: int) -> tuple[Customer, ...]:
        """Return customers by code, name, tax number or pinyin; one that has the code is first."""
        with self.company.database.reading() as connection:
            exact = customers.by_code(connection, words.strip())
            found = customers.search(connection, words.strip(), limit=most)
        others = tuple(row for row in found if exact is None or row.id != exact.id)
        return others if exact is None else (exact, *others)

    def whose(self, code: str) -> Customer | None:
        """Return whose code this is, retired ones too; None for nobody's, though one be like it."""
        with self.company.database.reading() as connection:
            return customers.by_code(connection, code)

    def customer(self, customer_id: str) -> Customer:
        """Return a customer by id."""
        with self.company.database.reading() as connection:
            return customers.by_id(connection, customer_id)

    def people(self) -> dict[str, str]:
        """Return how everybody is called, by the name of the login."""
        with self.company.database.reading() as connection:
            return {one.name: one.display for one in people.everybody(connection)}

    def document(self, document_id: str) -> Text:
        """Return a document as it stands."""
        with self.company.database.reading() as connection:
            return documents.look(connection, document_id)

    def numbered(self, reference: str) -> tuple[Text, str]:
        """Return the document with this number or id, and its customer's name where it has one.

        Raises:
            NoSuchDocumentError: there is none.
        """
        with self.company.database.reading() as connection:
            found = documents.look(connection, documents.find(connection, reference))
            whose = found.customer_id and customers.by_id(connection, found.customer_id).name
        return found, whose or ""

    def deliveries(self, ids: tuple[str, ...]) -> tuple[DeliveryLine, ...]:
        """Return deliveries by id."""
        with self.company.database.reading() as connection:
            return deliveries.by_ids(connection, ids)

    def file(self, digest: str) -> File:
        """Return a kept file with its bytes, hashed again.

        Raises:
            NoSuchEvidenceError: it is not kept.
        """
        with self.company.database.reading() as connection:
            known = evidence.described(connection, bytes.fromhex(digest))
            data = evidence.bytes_of(connection, known.hash)
        return File(
            digest,
            known.name,
            known.media_type,
            known.size,
            known.made_by,
            known.made_at,
            data,
            hashlib.sha256(data).digest() == known.hash,
        )

    def hand_out(self, digest: str, path: Path) -> Path:
        """Write a kept file to where somebody wants it, byte for byte, and return where.

        Raises:
            NoSuchEvidenceError, DamagedFileError: it is not kept, or not as it was.
            FileNotWrittenError: a full disk, a folder that may not be written to.
        """
        return hand_out(path, self._intact(digest).data)

    def _intact(self, digest: str) -> File:
        file = self.file(digest)
        if not file.is_intact:
            raise DamagedFileError(name=file.name)
        return file

    def page(self, digest: str, number: int, *, for_print: bool = False) -> PageShown:
        """Return a page of a kept PDF, counted from 1, fine enough for screen or printer.

        Raises:
            NoSuchEvidenceError, DamagedFileError: it is not kept, or not as it was.
            PdfBrokenError, PdfLockedError, PdfTooLargeError, NoSuchPageError: it cannot be shown.
        """
        longest_px = PRINT_PX if for_print else SCREEN_PX
        return page_picture(self._intact(digest).data, number, longest_px=longest_px)

    def vouchers(self, asked: VouchersAsked = ALL, *, most: int | None = None) -> Vouchers:
        """Return the first vouchers that are asked for, with what all of them add up to."""
        with self.company.database.reading() as connection:
            return listed(connection, asked, self.kept, most=most)

    def first_vouchers(self, asked: VouchersAsked, *, most: int) -> tuple[VoucherLine, ...]:
        """Return the first vouchers that are asked for, before all of them are counted."""
        with self.company.database.reading() as connection:
            return first(connection, asked, self.kept, most=most)

    def each_voucher(
        self, asked: VouchersAsked, told: Callable[[int, int], None]
    ) -> Iterator[VoucherLine]:
        """Yield all vouchers that are asked for; ``told`` how many of how many were read."""
        with self.company.database.standing_still() as connection:
            yield from each(connection, asked, self.kept, told)

    def decided(self, *, most: int = 200) -> tuple[OwnDecision, ...]:
        """Return what this person decided, the newest first."""
        with self.company.database.reading() as connection:
            return decided.decided(connection, self.company.person, most=most)

    def unapplied(
        self, *, most: int | None = None, of: Iterable[str] = (), number: str = ""
    ) -> Unapplied:
        """Return the oldest cash that is not applied, and all of some customers or of a number."""
        with self.company.database.reading() as connection:
            sums = settling_rows.unapplied_sums(connection)
            rows = settling_rows.unapplied(connection, most=most, of=of, number=number)
        totals = tuple(Money(minor, currency) for currency, (_, minor) in sums.items())
        return Unapplied(rows, sum(count for count, _ in sums.values()), totals)

    def links(self, item_id: str) -> tuple[Link, ...]:
        """Return the links that stand on an item."""
        with self.company.database.reading() as connection:
            return standing_links.standing_on(connection, items=[item_id])

    def allocations(self, customer_id: str, *, most: int | None = None) -> Linked:
        """Return the newest links that stand on a customer's items, the newest first."""
        with self.company.database.reading() as connection:
            return Linked(*standing_links.of_customer(connection, customer_id, most=most))

    def notices(
        self, *, most: int | None = None, of: Iterable[str] = (), named: str = ""
    ) -> Notices:
        """Return the newest papers with their prints, the newest of some customers with them.

        The one with a number or an id is among them as well.
        """
        with self.company.database.reading() as connection:
            newest = partial(inbox.newest, connection, most=most, of=of, named=named)
            heads = sorted(
                chain.from_iterable(newest(kind=kind) for kind in ISSUED),
                key=lambda head: (-head.made_at, head.id),
            )
            said = document_texts.texts(connection, (head.id for head in heads))
            prints = papers.papers_by(connection, (head.id for head in heads))
            rows = (_notice(head, said[head.id], prints.get(head.id, ())) for head in heads)
            return Notices(tuple(rows), sum(inbox.count(connection, kind) for kind in ISSUED))

    def owing(self, *, most: int | None = None, of: Iterable[str] = ()) -> Owed:
        """Return who owes most, some customers with them where they owe."""
        wanted = frozenset(of)
        with self.company.database.reading() as connection:
            rows = [row for row in ledger.balances(connection) if row.book_minor > 0]
            rows.sort(key=lambda row: -row.book_minor)
            first = len(rows[:most])
            others = (row for row in rows[first:] if row.customer_id in wanted)
            listed = [*rows[:first], *others]
            by_id = customers.by_ids(connection, (row.customer_id for row in listed))
        found = (
            Owing(by_id[row.customer_id], Money(row.book_minor, row.currency)) for row in listed
        )
        return Owed(tuple(found), len(rows))

    def totals(self, period: str | None = None) -> tuple[TotalRow, ...]:
        """Return the trial balance of one month, ``YYYY-MM``, or of all months."""
        with self.company.database.reading() as connection:
            return ledger.totals(connection, period)


def _notice(head: Head, text: dict[str, Any], prints: tuple[Paper, ...]) -> NoticeLine:
    return NoticeLine(head, _asked_by(text), prints, text[head.kind].get("sort", ""))


def _asked_by(text: dict[str, Any]) -> Money:
    """Return what a paper asks for in its first currency; there is no sum over currencies."""
    if (stated := text.get("statement")) is not None:
        first = stated["parts"][0]
        return Money(sum(first["parts"].values()), first["currency"])
    return asked_by(text["notice"])
