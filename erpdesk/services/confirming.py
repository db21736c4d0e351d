"""Balance confirmations: a customer is asked whether the balance in our books is right."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar, Literal

from typing_extensions import override

from erpdesk.domain.accounts import BASE_CURRENCY, Part
from erpdesk.domain.codes.own_code import notice_code, reply_code
from erpdesk.domain.confirmation import Confirmed, Method
from erpdesk.domain.moments import not_after
from erpdesk.domain.money import Money
from erpdesk.domain.notice_gates import Looked
from erpdesk.papers.confirmation_view import ConfirmationView
from erpdesk.services.issuing import (
    Issuing,
    Stamp,
    day_from,
    parties,
    receiver_from,
    sender_from,
)
from erpdesk.storage import movements
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection

REPLY_WITHIN_DAYS = 15


@dataclass(frozen=True, slots=True)
class ConfirmationAsked:
    """What a confirmation is asked to say: how it asks, as of when, until when to answer."""

    method: Method = Method.POSITIVE
    as_of: date | None = None
    reply_by: date | None = None
    language: Literal["zh", "en"] | None = None


@dataclass(frozen=True, slots=True)
class Confirming(Issuing[ConfirmationAsked]):
    """Issues balance confirmations: notices of a sort of their own, which replies answer alike.

    They share the numbers of the notices, because the codes of both and of their slips do.
    """

    kind: ClassVar[str] = "notice"
    mark: ClassVar[str] = "通"
    sorts: ClassVar[frozenset[str]] = frozenset(Method)
    looks_at: ClassVar[frozenset[Looked]] = frozenset(
        {Looked.FIRM, Looked.FRESH, Looked.CONTACT, Looked.REPEATED, Looked.FONT}
    )

    @override
    def frozen(
        self, connection: Connection, customer: CustomerRow, asked: ConfirmationAsked
    ) -> dict[str, Any]:
        as_of = not_after(asked.as_of or self.clock.today(), self.clock.today())
        own = customer.record.get("currency") or BASE_CURRENCY
        booked = movements.ledger_on(connection, customer.id, as_of)
        found = {currency for (currency, _), minor in booked.items() if minor}
        currencies = sorted(found or {own}, key=lambda currency: (currency != own, currency))
        return {
            "sort": asked.method.value,
            "as_of": as_of,
            "reply_by": asked.reply_by or self.clock.today() + timedelta(REPLY_WITHIN_DAYS),
            "language": asked.language or customer.record.get("language") or "zh",
            "currency": currencies[0],
            "balances": [
                {"currency": one, **{part.value: booked.get((one, part.value), 0) for part in Part}}
                for one in currencies
            ],
            **parties(connection, customer, self.company.person),
        }

    @override
    def drawn(self, frozen: dict[str, Any], stamp: Stamp) -> bytes:
        from erpdesk.papers.confirmation import confirmation

        return confirmation(_view(frozen, stamp))


def _view(frozen: dict[str, Any], stamp: Stamp) -> ConfirmationView:
    """Return the view; a blank letter has no figure of ours in it."""
    method = Method(frozen["sort"])
    shown = () if method is Method.BLANK else frozen["balances"]
    return ConfirmationView(
        method=method,
        number=stamp.number,
        code="EDN" if stamp.draft else notice_code(stamp.month, stamp.n),
        reply_code="EDR" if stamp.draft else reply_code(stamp.month, stamp.n),
        as_of=day_from(frozen["as_of"]),
        reply_by=day_from(frozen["reply_by"]),
        currencies=tuple(one["currency"] for one in frozen["balances"]),
        balances=tuple(map(_confirmed, shown)),
        company=sender_from(frozen["firm"]),
        customer=receiver_from(frozen["customer"]),
        made_by=frozen["made_by"],
        content_hash=stamp.content_hash,
        printed_at=stamp.printed_at,
        seal=stamp.seal,
        copy=stamp.copy,
        draft=stamp.draft,
        language=frozen["language"],
    )


def _confirmed(said: dict[str, Any]) -> Confirmed:
    currency = said["currency"]
    return Confirmed(currency, {part: Money(said[part.value], currency) for part in Part})
