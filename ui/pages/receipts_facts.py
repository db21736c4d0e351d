"""What the receipts page stands on, and what it asks for: looked up beside the window."""

from collections.abc import Mapping
from dataclasses import dataclass

from erpdesk.domain.claim import Unidentified
from erpdesk.domain.matching import Suggestion
from erpdesk.domain.people import Role
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Cash, Looking
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
class Found:
    """Cash that is not applied with what explains it, by item, and money from nobody known.

    ``tolerance_minor`` may be given up of a charge, in minor units of the base currency.
    """

    cash: tuple[Cash, ...]
    unknown: tuple[Unidentified, ...]
    suggestions: Mapping[str, Suggestion]
    tolerance_minor: int


def look(parts: ReceiptsParts) -> Found:
    """Look everything up."""
    cash, receipts = parts.looking.unapplied(), parts.receipts
    explained = receipts.suggestions({one.customer_id for one in cash})
    return Found(cash, receipts.unidentified(), explained, receipts.tolerance())
