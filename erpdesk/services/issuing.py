"""Papers for a customer: figures frozen in a numbered document, drawn once, archived, copied."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Generic, TypeVar

from erpdesk.domain.evidence import KIND_OF
from erpdesk.domain.moments import at_desk
from erpdesk.domain.notice_gates import Gate, Looked
from erpdesk.domain.opening import memo_said
from erpdesk.errors import UserError
from erpdesk.papers.notice_view import BankAccount
from erpdesk.papers.notice_view import Company as Sender
from erpdesk.papers.notice_view import Customer as Receiver
from erpdesk.papers.page_pictures import PagePicture, page_picture
from erpdesk.services.paper_gates import gates_of
from erpdesk.services.ports import Clock
from erpdesk.services.writing import Writing
from erpdesk.storage import documents, evidence, firm, inbox, papers, people
from erpdesk.storage.audit import record_audit
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company, Unit

AskedT = TypeVar("AskedT")
SAME_AGAIN = "同一内容再次打印"


class FirmUnknownError(UserError):
    """The firm's name and bank account are not known; a paper says who sends it."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper as issued: its document, the bytes of this print, and which copy it is."""

    document: Document
    pdf: bytes
    copy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a print says of itself: number, hash of the text, last seal (hex), when, which copy.

    ``number`` is of the form mark-month-number; without a document it is a draft.
    """

    number: str
    month: str
    n: int
    content_hash: str
    printed_at: str
    seal: str | None
    copy: int
    draft: bool


@dataclass(frozen=True, slots=True)
class Issuing(ABC, Generic[AskedT]):
    """Issues papers of a kind; the same figures again are a copy of the same document.

    ``kind`` is the kind of the document and of the section of its text that holds the figures;
    ``sorts`` are those of that section, an empty one where it says none.
    """

    company: Company
    clock: Clock
    kind: ClassVar[str]
    mark: ClassVar[str]
    sorts: ClassVar[frozenset[str]] = frozenset({""})
    looks_at: ClassVar[frozenset[Looked]] = frozenset(Looked)

    @abstractmethod
    def frozen(
        self, connection: Connection, customer: CustomerRow, asked: AskedT
    ) -> dict[str, Any]:
        """Return the figures of the paper: what is drawn follows from them alone."""

    @abstractmethod
    def drawn(self, frozen: dict[str, Any], stamp: Stamp) -> bytes:
        """Return the PDF; the drawing library is loaded when the first paper is drawn."""

    def issue(self, customer: CustomerRow, asked: AskedT, *, fresh: bool = False) -> Printed:
        """Issue a paper, or print a copy when nothing changed since the last one.

        Raises:
            NothingOpenError, FirmUnknownError: there is nothing to say, or nobody to say it.
            StatementDisagreesError, TimeTurnedError: as in freezing a statement.
            MissingCharacterError: the font lacks a character; no paper was made.
        """
        with self.company.database.reading() as connection:
            frozen = self.frozen(connection, customer, asked)
            before = None if fresh else self._same_before(connection, customer, frozen)
        if before is not None:
            return self.copy(before, SAME_AGAIN)
        self.drawn(frozen, self._stamp(None, copy=0))
        text = {"customer": customer.id, self.kind: frozen}
        document = Writing(self.company).draft(self.kind, text, then=("ready",)).value
        return self._print(document, copy=0, reason=None)

    def gates(self, customer: CustomerRow, as_of: date | None = None) -> tuple[Gate, ...]:
        """Return what is to be looked at before this customer is sent the paper."""
        with self.company.database.reading() as connection:
            day = as_of or self.clock.today()
            found = gates_of(connection, customer, self.kind, self.sorts, day)
        return tuple(gate for gate in found if gate.what in self.looks_at)

    def copy(self, document: Document, reason: str) -> Printed:
        """Print a further copy that says it is one, and why it was printed."""
        with self.company.database.reading() as connection:
            done = papers.papers_of(connection, document.id)
        return self._print(document, copy=len(done), reason=reason if done else None)

    def note_print(self, document: Document, *, copy: int) -> None:
        """Record that a print of a paper went to a printer."""
        detail = f"{document.number} {copy}"
        self.company.run(lambda unit: record_audit(unit, "print", detail))

    def draft_page(self, customer: CustomerRow, asked: AskedT, number: int) -> PagePicture:
        """Return a page of what would be issued now; it says that it is a draft.

        Raises:
            NothingOpenError, FirmUnknownError, MissingCharacterError: as in issuing.
            NoSuchPageError: it has not so many pages.
        """
        with self.company.database.reading() as connection:
            frozen = self.frozen(connection, customer, asked)
        return page_picture(self.drawn(frozen, self._stamp(None, copy=0)), number)

    def _print(self, document: Document, *, copy: int, reason: str | None) -> Printed:
        pdf = self.drawn(document.content[self.kind], self._stamp(document, copy=copy))

        def work(unit: Unit) -> None:
            name = f"{document.number}{f'-{copy}' if copy else ''}.pdf"
            digest = evidence.keep(unit, pdf, name=name, media_type="application/pdf")
            papers.add_paper(unit, document.id, copy=copy, digest=digest, reason=reason)

        self.company.run(work)
        return Printed(document, pdf, copy)

    def _stamp(self, document: Document | None, *, copy: int) -> Stamp:
        with self.company.database.reading() as connection:
            seal = papers.last_seal(connection)
        number = (document.number if document else None) or f"{self.mark}-000000-0000"
        _, month, digits = number.split("-")
        return Stamp(
            number=number,
            month=month,
            n=int(digits),
            content_hash=document.content_hash.hex() if document else "0" * 64,
            printed_at=f"{at_desk(self.clock.now_us()):%Y-%m-%d %H:%M}",
            seal=seal.hex()[:16] if seal else None,
            copy=copy,
            draft=document is None,
        )

    def _same_before(
        self, connection: Connection, customer: CustomerRow, frozen: dict[str, Any]
    ) -> Document | None:
        """Return the customer's last paper of the sort when it says exactly the same."""
        states = ("ready", "approved")
        mine = inbox.documents(connection, kind=self.kind, states=states, customer_id=customer.id)
        looks = (documents.look(connection, one.id) for one in reversed(mine))
        sort = frozen.get("sort")
        last = next((x for x in looks if x.content[self.kind].get("sort") == sort), None)
        same = last is not None and documents.same_text(last.content[self.kind], frozen)
        return last if same else None


def parties(connection: Connection, customer: CustomerRow, person: str) -> dict[str, Any]:
    """Return who sends a paper, who gets it and who made it, as they are frozen.

    Raises:
        FirmUnknownError: the firm's name or bank account is not known.
    """
    sender = firm.firm_of(connection)
    if not sender.get("name") or not sender.get("bank_account"):
        raise FirmUnknownError
    return {
        "firm": sender,
        "customer": {
            "name": customer.name,
            "tax_id": customer.tax_id or "",
            "addressee": customer.contact.get("person", ""),
            "address": customer.record.get("address", ""),
        },
        "made_by": people.person_named(connection, person).display,
    }


def sender_from(said: dict[str, str]) -> Sender:
    """Return who sends a paper, as it was frozen."""
    account = BankAccount(
        holder=said.get("bank_holder") or said["name"],
        bank=said.get("bank_name", ""),
        number=said["bank_account"],
    )
    return Sender(
        name=said["name"],
        address=said.get("address", ""),
        phone=said.get("phone", ""),
        tax_id=said.get("tax_id", ""),
        account=account,
        email=said.get("email", ""),
        english_name=said.get("english_name", ""),
    )


def receiver_from(said: dict[str, str]) -> Receiver:
    """Return who gets a paper, as it was frozen."""
    return Receiver(**said)


def basis_of(text: dict[str, Any]) -> str:
    """Return on what an item rests, as its text refers to it: deliveries, evidence, memo."""
    if "goods" in text:
        goods = "、".join(row["text"].partition("  ")[0] for row in text["goods"][:2])
        more = f" 等 {len(text['goods'])} 笔" if len(text["goods"]) > 2 else ""
        kinds = [
            KIND_OF[e["kind"]].name_zh for e in text.get("evidence", ()) if e["kind"] in KIND_OF
        ]
        return f"{goods}{more} {' '.join(dict.fromkeys(kinds))}".strip()
    return memo_said(text)


def day_from(value: str | date) -> date:
    """Return a day of a frozen text, which is one already while it is being frozen."""
    return value if isinstance(value, date) else date.fromisoformat(value)
