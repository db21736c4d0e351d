"""What is said of the differences: the log while they are looked at, the text once handed in."""

from collections.abc import Collection, Mapping

from erpdesk.domain.stocktake.campaign import HANDED_IN
from erpdesk.domain.stocktake.variance import Spoken, variance_from
from erpdesk.services.stocktake.campaign_status import state_of
from erpdesk.storage import variances
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.variances import Key

__all__ = ["Key", "SaidWatch", "said_in"]


def said_in(
    connection: Connection, campaign: Document, customers: Collection[str] | None = None
) -> Mapping[Key, Spoken]:
    """Return what is said last of each line: of all, or of those of some customers."""
    if state_of(campaign) in HANDED_IN:
        return _handed_in(campaign)
    return variances.said(connection, campaign.id, customers)


def _handed_in(campaign: Document) -> dict[Key, Spoken]:
    rows = map(variance_from, campaign.content.get("variances", ()))
    return {(one.customer, one.book.currency): Spoken(0, one) for one in rows}


class SaidWatch:
    """Looks again and again what is said in one campaign; only what is new is read."""

    def __init__(self) -> None:
        self._said: dict[Key, Spoken] = {}
        self._seen: Mapping[str, int] = {}
        self._text, self._kept = b"", dict[Key, Spoken]()

    def look(self, connection: Connection, campaign: Document) -> Mapping[Key, Spoken]:
        """Return what is said last of each line, the ``campaign`` as it is now."""
        if state_of(campaign) in HANDED_IN:
            if campaign.content_hash != self._text:
                self._text, self._kept = campaign.content_hash, _handed_in(campaign)
            return self._kept
        new, self._seen = variances.news(connection, campaign.id, self._seen)
        self._said |= {key: one for key, one in new.items() if one.n > self._number(key)}
        return self._said

    def _number(self, key: Key) -> int:
        return self._said[key].n if key in self._said else 0
