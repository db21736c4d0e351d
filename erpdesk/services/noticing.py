"""Settlement notices: figures frozen in a numbered document, drawn once, archived, copied."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.codes.own_code import notice_code, reply_code
from erpdesk.domain.evidence import KIND_OF
from erpdesk.domain.moments import at_desk, not_after
from erpdesk.domain.money import Money
from erpdesk.domain.notice_gates import Gate, NoticeFacts, gates
from erpdesk.errors import UserError
from erpdesk.papers.notice_view import (
    BankAccount,
    Category,
    NoticeRow,
    NoticeView,
)
from erpdesk.papers.notice_view import Company as Sender
from erpdesk.papers.notice_view import Customer as Receiver
from erpdesk.papers.page_pictures import PagePicture, page_picture
from erpdesk.services.following_up import disputes_of
from erpdesk.services.ports import Clock
from erpdesk.services.writing import Writing
from erpdesk.storage import documents, evidence, firm, inbox, ledger, notice_facts, papers, people
from erpdesk.storage.audit import record_audit
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.ledger import ItemRow
from erpdesk.storage.unit_of_work import Company, Unit

PAY_WITHIN_DAYS = 15


class NothingOpenError(UserError):
    """This customer has nothing open to be settled."""


class FirmUnknownError(UserError):
    """The firm's name and bank account are not known; a notice says where to pay."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a notice is asked to say: as of when, until when, in which language."""

    as_of: date | None = None
    pay_by: date | None = None
    language: Literal["zh", "en"] | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A notice as issued: its document, the bytes of this print, and which copy it is."""

    document: Document
    pdf: bytes
    copy: int


@dataclass(frozen=True, slots=True)
class Noticing:
    """Issues settlement notices; the same figures again are a copy of the same notice."""

    company: Company
    clock: Clock

    def issue(self, customer: CustomerRow, asked: Asked, *, fresh: bool = False) -> Printed:
        """Issue a notice, or print a copy when nothing changed since the last one.

        Raises:
            NothingOpenError, FirmUnknownError: there is nothing to say, or nowhere to pay to.
            MissingCharacterError: the font lacks a character; no notice was made.
        """
        with self.company.database.reading() as connection:
            frozen = self._frozen(connection, customer, asked)
            before = None if fresh else _same_before(connection, customer, frozen)
        if before is not None:
            return self.copy(before, "同一内容再次打印")
        _drawn(self._view(None, frozen, copy=0))
        document = (
            Writing(self.company)
            .draft("notice", {"customer": customer.id, "notice": frozen}, then=("ready",))
            .value
        )
        return self._print(document, copy=0, reason=None)

    def copy(self, document: Document, reason: str) -> Printed:
        """Print a further copy that says it is one, and why it was printed."""
        with self.company.database.reading() as connection:
            done = papers.papers_of(connection, document.id)
        return self._print(document, copy=len(done), reason=reason if done else None)

    def note_print(self, document: Document, *, copy: int) -> None:
        """Record that a print of a notice went to a printer."""
        detail = f"{document.number} {copy}"
        self.company.run(lambda unit: record_audit(unit, "print", detail))

    def draft_page(self, customer: CustomerRow, asked: Asked, number: int) -> PagePicture:
        """Return a page of what would be issued now; it says that it is a draft.

        Raises:
            NothingOpenError, FirmUnknownError, MissingCharacterError: as in issuing.
            NoSuchPageError: it has not so many pages.
        """
        with self.company.database.reading() as connection:
            frozen = self._frozen(connection, customer, asked)
        return page_picture(_drawn(self._view(None, frozen, copy=0)), number)

    def gates(self, customer: CustomerRow, asked: Asked) -> tuple[Gate, ...]:
        """Return what is to be looked at before this customer is sent a notice."""
        today = asked.as_of or self.clock.today()
        with self.company.database.reading() as connection:
            items = ledger.open_items_on(connection, customer.id, today)
            first = items[0].currency if items else BASE_CURRENCY
            currency = customer.record.get("currency") or first
            mine = [item for item in items if item.currency == currency]
            last = notice_facts.last_notice(connection, customer.id)
            sender = firm.firm_of(connection)
            facts = NoticeFacts(
                today,
                currency,
                tuple(one.open_minor for one in mine if one.open_minor > 0),
                -sum(one.open_minor for one in mine if one.open_minor < 0),
                firm_known=bool(sender.get("name") and sender.get("bank_account")),
                last_money_on=notice_facts.last_money_on(connection),
                contact=customer.contact.get("person", ""),
                contact_on=notice_facts.contact_checked_on(connection, customer.id),
                last_number=last[0] if last else None,
                last_on=last[1] if last else None,
                missing=_missing(customer, items),
                disputed=_disputed(connection, customer, mine),
            )
        return gates(facts)

    def _print(self, document: Document, *, copy: int, reason: str | None) -> Printed:
        pdf = _drawn(self._view(document, document.content["notice"], copy=copy))

        def work(unit: Unit) -> None:
            name = f"{document.number}{f'-{copy}' if copy else ''}.pdf"
            digest = evidence.keep(unit, pdf, name=name, media_type="application/pdf")
            papers.add_paper(unit, document.id, copy=copy, digest=digest, reason=reason)

        self.company.run(work)
        return Printed(document, pdf, copy)

    def _frozen(
        self, connection: Connection, customer: CustomerRow, asked: Asked
    ) -> dict[str, Any]:
        """Return the figures of the notice: what is drawn follows from them alone."""
        today = not_after(asked.as_of or self.clock.today(), self.clock.today())
        items = ledger.open_items_on(connection, customer.id, today)
        if not items:
            raise NothingOpenError(customer=customer.code)
        sender = firm.firm_of(connection)
        if not sender.get("name") or not sender.get("bank_account"):
            raise FirmUnknownError
        texts = documents.looks(connection, {item.document_id for item in items})
        said = {text.id: text.content for text in texts}
        return {
            "as_of": today,
            "pay_by": asked.pay_by or today + timedelta(days=PAY_WITHIN_DAYS),
            "language": asked.language or customer.record.get("language") or "zh",
            "currency": customer.record.get("currency") or items[0].currency,
            "rows": [_frozen_row(said[item.document_id], item) for item in items],
            "firm": sender,
            "customer": {
                "name": customer.name,
                "tax_id": customer.tax_id or "",
                "addressee": customer.contact.get("person", ""),
                "address": customer.record.get("address", ""),
            },
            "made_by": people.person_named(connection, self.company.person).display,
        }

    def _view(self, document: Document | None, frozen: dict[str, Any], *, copy: int) -> NoticeView:
        """Return the view of a notice; without a document, a trial to find what cannot be drawn."""
        with self.company.database.reading() as connection:
            seal = papers.last_seal(connection)
        sender, number = frozen["firm"], (document.number if document else None) or "通-000000-0000"
        month, digits = number.split("-")[1:]
        now = at_desk(self.clock.now_us())
        as_of = _day(frozen["as_of"])
        return NoticeView(
            number=number,
            code=notice_code(month, int(digits)) if document else "EDN",
            reply_code=reply_code(month, int(digits)) if document else "EDR",
            as_of=as_of,
            pay_by=_day(frozen["pay_by"]),
            issued_on=as_of,
            currency=frozen["currency"],
            rows=tuple(_row(row) for row in frozen["rows"]),
            company=_sender(sender),
            customer=Receiver(**frozen["customer"]),
            made_by=frozen["made_by"],
            approved_by="",
            content_hash=document.content_hash.hex() if document else "0" * 64,
            printed_at=f"{now:%Y-%m-%d %H:%M}",
            seal=seal.hex()[:16] if seal else None,
            copy=copy,
            draft=document is None,
            language=frozen["language"],
        )


def _drawn(view: NoticeView) -> bytes:
    """Return the PDF; the drawing library is loaded when the first paper is drawn."""
    from erpdesk.papers.notice import notice

    return notice(view)


def _missing(customer: CustomerRow, items: tuple[ItemRow, ...]) -> tuple[str, ...]:
    """Return the characters of a customer, and of what is open, that cannot be printed."""
    from erpdesk.papers.fonts import missing_characters

    said = (customer.name, customer.contact.get("person"), customer.record.get("address"))
    return missing_characters("".join(filter(None, (*said, *(one.label for one in items)))))


def _disputed(
    connection: Connection, customer: CustomerRow, items: list[ItemRow]
) -> tuple[str, ...]:
    """Return the numbers of the items that the customer contests."""
    known = {one.item for one in disputes_of(connection, customer.id) if not one.ended}
    return tuple(item.label for item in items if item.id in known)


def _sender(said: dict[str, str]) -> Sender:
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


def _frozen_row(text: dict[str, Any], item: ItemRow) -> dict[str, Any]:
    return {
        "document": item.label,
        "category": item.part or Category.UNBILLED.value,
        "basis": _basis(text),
        "due": item.due_date if item.original_minor > 0 else None,
        "original": item.original_minor,
        "settle": item.open_minor,
        "currency": item.currency,
    }


def _basis(text: dict[str, Any]) -> str:
    """Return on what an item rests, as its text refers to it: deliveries, evidence, memo."""
    if "goods" in text:
        goods = "、".join(row["text"].partition("  ")[0] for row in text["goods"][:2])
        more = f" 等 {len(text['goods'])} 笔" if len(text["goods"]) > 2 else ""
        kinds = [
            KIND_OF[e["kind"]].name_zh for e in text.get("evidence", ()) if e["kind"] in KIND_OF
        ]
        return f"{goods}{more} {' '.join(dict.fromkeys(kinds))}".strip()
    return str(text.get("memo", ""))


def _row(row: dict[str, Any]) -> NoticeRow:
    return NoticeRow(
        document=row["document"],
        category=Category(row["category"]),
        basis=row["basis"],
        due=_day(row["due"]) if row.get("due") else None,
        original=Money(row["original"], row["currency"]),
        settle=Money(row["settle"], row["currency"]),
    )


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _same_before(
    connection: Connection, customer: CustomerRow, frozen: dict[str, Any]
) -> Document | None:
    """Return the customer's last notice when it says exactly the same."""
    mine = inbox.documents(
        connection, kind="notice", states=("ready", "approved"), customer_id=customer.id
    )
    if not mine:
        return None
    last = documents.look(connection, mine[-1].id)
    same = documents.same_text(last.content["notice"], frozen)
    return last if same else None
