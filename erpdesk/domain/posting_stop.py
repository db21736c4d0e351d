"""When posting stops: some proofs have to hold before anything more is written into the ledger."""

from collections.abc import Set as AbstractSet
from typing import Final

from erpdesk.domain.kinds import JOURNAL_SERIES
from erpdesk.errors import UserError

STOPPING: Final = frozenset({"V1", "V8", "V11"})
"""Entries balance, no locked month was posted to, nobody's chain of acts is broken."""


class PostingStoppedError(UserError):
    """A check of the books fails that has to hold before anything more is posted."""


def why_not_post(kind: str, failing: AbstractSet[str]) -> UserError | None:
    """Return what stands against posting a document while these checks of the books fail."""
    stopping = sorted(STOPPING & failing)
    if not stopping or kind not in JOURNAL_SERIES:
        return None
    return PostingStoppedError(checks=tuple(stopping))
