"""Settlement notices: what is open of a customer, and what is to be looked at before they go."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, ClassVar, Literal

from typing_extensions import override

from erpdesk.domain.accounts import Part
from erpdesk.domain.codes.own_code import notice_code, reply_code
from erpdesk.domain.moments import not_after
from erpdesk.domain.money import Money
from erpdesk.errors import UserError
from erpdesk.papers.notice_view import Category, NoticeRow, NoticeView
from erpdesk.services.issuing import (
    Issuing,
    Stamp,
    basis_of,
    day_from,
    parties,
    receiver_from,
    sender_from,
)
from erpdesk.storage import documents, ledger
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.ledger import ItemRow

PAY_WITHIN_DAYS = 15


class NothingOpenError(UserError):
    """This customer has nothing open to be settled."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a notice is asked to say: as of when, until when, in which language."""

    as_of: date | None = None
    pay_by: date | None = None
    language: Literal["zh", "en"] | None = None


@dataclass(frozen=True, slots=True)
class Noticing(Issuing[Asked]):
    """Issues settlement notices."""

    kind: ClassVar[str] = "notice"
    mark: ClassVar[str] = "通"

    @override
    def frozen(self, connection: Connection, customer: CustomerRow, asked: Asked) -> dict[str, Any]:
        today = not_after(asked.as_of or self.clock.today(), self.clock.today())
        items = ledger.open_items_on(connection, customer.id, today)
        if not items:
            raise NothingOpenError(customer=customer.code)
        texts = documents.looks(connection, {item.document_id for item in items})
        said = {text.id: text.content for text in texts}
        return {
            "as_of": today,
            "pay_by": asked.pay_by or today + timedelta(days=PAY_WITHIN_DAYS),
            "language": asked.language or customer.record.get("language") or "zh",
            "currency": customer.record.get("currency") or items[0].currency,
            "rows": [_frozen_row(said[item.document_id], item) for item in items],
            **parties(connection, customer, self.company.person),
        }

    @override
    def drawn(self, frozen: dict[str, Any], stamp: Stamp) -> bytes:
        return _pdf(_view(frozen, stamp))


@lru_cache(maxsize=1)
def _pdf(view: NoticeView) -> bytes:
    """Return the paper; who turns its pages has it drawn once."""
    from erpdesk.papers.notice import notice

    return notice(view)


def _view(frozen: dict[str, Any], stamp: Stamp) -> NoticeView:
    """Return the view of a notice; of a draft, to find what cannot be drawn as well."""
    as_of = day_from(frozen["as_of"])
    return NoticeView(
        number=stamp.number,
        code="EDN" if stamp.draft else notice_code(stamp.month, stamp.n),
        reply_code="EDR" if stamp.draft else reply_code(stamp.month, stamp.n),
        as_of=as_of,
        pay_by=day_from(frozen["pay_by"]),
        issued_on=as_of,
        currency=frozen["currency"],
        rows=tuple(_row(row) for row in frozen["rows"]),
        company=sender_from(frozen["firm"]),
        customer=receiver_from(frozen["customer"]),
        made_by=frozen["made_by"],
        approved_by="",
        content_hash=stamp.content_hash,
        printed_at=stamp.printed_at,
        seal=stamp.seal,
        copy=stamp.copy,
        draft=stamp.draft,
        language=frozen["language"],
    )


def asked_by(frozen: dict[str, Any]) -> Money:
    """Return what a notice asks for, or the balance it asks about, in its own currency.

    There is no sum over currencies.
    """
    currency = frozen["currency"]
    if "balances" in frozen:
        mine = next(one for one in frozen["balances"] if one["currency"] == currency)
        return Money(sum(mine[part.value] for part in Part), currency)
    settled = (row["settle"] for row in frozen["rows"] if row["currency"] == currency)
    return Money(sum(settled), currency)


def _frozen_row(text: dict[str, Any], item: ItemRow) -> dict[str, Any]:
    return {
        "document": item.label,
        "category": item.part or Category.UNBILLED.value,
        "basis": basis_of(text),
        "due": item.due_date if item.original_minor > 0 else None,
        "original": item.original_minor,
        "settle": item.open_minor,
        "currency": item.currency,
    }


def _row(row: dict[str, Any]) -> NoticeRow:
    return NoticeRow(
        document=row["document"],
        category=Category(row["category"]),
        basis=row["basis"],
        due=day_from(row["due"]) if row.get("due") else None,
        original=Money(row["original"], row["currency"]),
        settle=Money(row["settle"], row["currency"]),
    )
