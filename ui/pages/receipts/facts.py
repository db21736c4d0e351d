"""What the receipts page stands on, and what it asks for: looked up beside the window."""

from dataclasses import dataclass

from erpdesk.domain.claim import Unidentified
from erpdesk.domain.people import Role
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Looking, Unapplied
from erpdesk.services.ports import Clock
from erpdesk.services.receipts import Receipts
from erpdesk.services.rewriting_receipts import RewritingReceipts


@dataclass(frozen=True, slots=True)
class ReceiptsParts:
    """What the page uses; ``roles`` are those of who is here."""

    receipts: Receipts
    rewriting: RewritingReceipts
    evidence: KeepingEvidence
    looking: Looking
    clock: Clock
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Listed:
    """Which cash is listed: the oldest ``most``, all of some customers, and that of a number."""

    most: int
    of: frozenset[str] = frozenset()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Cash that is not applied, and money from nobody known.

    ``tolerance_minor`` may be given up of a charge, in minor units of the base currency;
    ``number`` is the one that was looked for.
    """

    cash: Unapplied
    unknown: tuple[Unidentified, ...]
    tolerance_minor: int
    number: str


def look(parts: ReceiptsParts, listed: Listed) -> Found:
    """Look up what is listed."""
    cash = parts.looking.unapplied(most=listed.most, of=listed.of, number=listed.number)
    receipts = parts.receipts
    return Found(cash, receipts.unidentified(), receipts.tolerance(), listed.number)
