"""Reversals: every effect shown first, then a red entry for a second person to decide."""

from dataclasses import dataclass
from datetime import date

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Outcome
from erpdesk.domain.effects import Effects, effects
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.posting import Heading
from erpdesk.domain.reversal import Origin, corrected_copy, reverse, why_not_reverse
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.services.writing import Writing
from erpdesk.storage import ledger, standing_links, unidentified
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Company


class NotPostedError(UserError):
    """It is not posted, so there is nothing to reverse."""


@dataclass(frozen=True, slots=True)
class Reversing:
    """Reverses posted documents; what is posted is never edited."""

    company: Company
    clock: Clock

    def effects(self, document: Document) -> tuple[Effects, UserError | None]:
        """Return what a reversal makes, what follows, what stays, and what stands against it."""
        with self.company.database.reading() as connection:
            origin = _origin(connection, document)
        return effects(origin, number=document.number or ""), why_not_reverse(origin)

    def reverse(self, document: Document, reason: str) -> Outcome[Document]:
        """Submit the full red entry of a posted document (P6).

        Raises:
            ReasonTooShortError: nobody could tell later why.
            NotPostedError: nothing was posted.
            UserError: what :func:`why_not_reverse` names.
        """
        if refusal := why_not_reason(reason):
            raise refusal
        with self.company.database.reading() as connection:
            origin = _origin(connection, document)
        customer = CustomerId(document.customer_id) if document.customer_id else None
        heading = Heading(_day(document, self.clock.today()), customer, reason=reason)
        text = reverse(origin, heading, make_id=self.company.new_id)
        return Writing(self.company).draft("reversal", dict(text), then=("submit",))

    def corrected_copy(self, document: Document) -> Outcome[Document]:
        """Draft a document that begins with everything of the old one but its ledger part."""
        text = corrected_copy(document.content)
        return Writing(self.company).draft(document.kind, dict(text))


def _day(document: Document, today: date) -> date:
    """Return the day on which it is taken back: what is due for it by its text, on that day."""
    due = document.content.get("entry", {}).get("reverse_on")
    return min(date.fromisoformat(due), today) if due else today


def _origin(connection: Connection, document: Document) -> Origin:
    entry = ledger.entry_of(connection, document.id)
    if entry is None:
        raise NotPostedError(number=document.number)
    items = ledger.items_of(connection, entry.id)
    links = standing_links.standing_on(
        connection, items=[row.id for row in items], step_of=document.id
    )
    reversed_by = ledger.reversals_of(connection, entry.id)
    return Origin(
        document.content,
        tuple(row.item for row in items),
        links,
        reversed_by[0].document_number if reversed_by else None,
        unidentified.claimed_by(connection, entry.id),
    )
