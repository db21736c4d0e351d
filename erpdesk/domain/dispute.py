"""A dispute (争议): the customer contests an item, which is set apart until that is ended.

Only that item: what else is open goes on as before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from erpdesk.domain import evidence as evidence_of
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.posting import Row
from erpdesk.errors import UserError

DISPUTE: Final = "dispute"
RAISED: Final = "raised"
NOTE_LEAST: Final = 5


class Ground(StrEnum):
    """Why an item is contested."""

    QUALITY = "quality"
    QUANTITY = "quantity"
    PRICE = "price"
    NOT_RECEIVED = "not_received"
    PAID = "paid"
    OTHER = "other"


class DisputeNoteError(UserError):
    """A dispute says what is contested."""


class NothingDisputedError(UserError):
    """Only what is open of a charge can be contested."""


class DisputedAlreadyError(UserError):
    """This item is contested already."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """An item that is contested, on which ground; ``note`` says what the customer says."""

    customer: str
    item: str
    label: str
    open_minor: int
    currency: str
    ground: Ground
    note: str
    evidence: tuple[Evidence, ...] = ()


def why_not_dispute(dispute: Dispute, *, is_disputed: bool) -> UserError | None:
    """Return the first thing that stands against writing a dispute down, or None."""
    return next(_broken(dispute, is_disputed=is_disputed), None)


def _broken(dispute: Dispute, *, is_disputed: bool) -> Iterator[UserError]:
    if dispute.open_minor <= 0:
        yield NothingDisputedError(item=dispute.label)
    if is_disputed:
        yield DisputedAlreadyError(item=dispute.label)
    if len(dispute.note.strip()) < NOTE_LEAST:
        yield DisputeNoteError()


def content(dispute: Dispute) -> Row:
    """Return the text of a dispute."""
    said = {
        "item": dispute.item, "label": dispute.label, "open": dispute.open_minor,
        "currency": dispute.currency, "ground": dispute.ground.value,
    }  # fmt: skip
    proof = {"evidence": evidence_of.rows(dispute.evidence)} if dispute.evidence else {}
    return {"customer": dispute.customer, "dispute": said, "memo": dispute.note.strip()} | proof
