"""Scans and statements that could not be stored: kept in a file, handed in after a restart."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QObject

from erpdesk.domain.content import NotCanonicalError
from erpdesk.domain.ids import CustomerId, DocumentId, EventId, PersonName
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import CountEvent, Source, body_from, event_body
from erpdesk.errors import UserError
from ui.pages.counting import words as w
from ui.pages.counting.desk import CountingDesk
from ui.pages.counting.flow import Kept, Scanned, Stated
from ui.work.draft_keeper import Draft, DraftKeeper
from ui.work.wording import refusal

NAME: Final = "scans"


class CountingUnstored(QObject):
    """Keeps what waits for another try, of every campaign, until it is stored.

    ``is_kept``: nothing stood against it.
    """

    def __init__(self, desk: CountingDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._left: tuple[Kept, ...] | None = None
        self.keeper = DraftKeeper(desk.parts.drafts, NAME, self._waiting, desk.runner, self)
        self.is_kept = True
        self.keeper.refused.connect(self._not_kept)
        desk.flow.tallied.connect(lambda _: self.keeper.touch())
        desk.flow.delayed.connect(lambda _: self.keeper.touch())
        desk.flow.caught_up.connect(self.keeper.touch)

    def offer(self) -> None:
        """Hand in what this campaign still waits for; looked up once."""
        if self._left is None:
            self.keeper.look(self._found)
        else:
            self._hand_in(self._left)

    def _not_kept(self, error: UserError) -> None:
        self.is_kept = False
        self._desk.notify("attention", w.NOT_HERE_EITHER, refusal(error))

    def _found(self, draft: Draft) -> None:
        kept = draft.get("scans")
        found = map(_read, kept if isinstance(kept, list) else ())
        self._hand_in(tuple(one for one in found if one is not None))

    def _hand_in(self, left: tuple[Kept, ...]) -> None:
        campaign = self._desk.campaign
        here = campaign.id if campaign is not None else ""
        self._left = tuple(one for one in left if one.campaign != here)
        if campaign is not None:
            self._desk.flow.take_up(campaign, (one for one in left if one.campaign == here))

    def _waiting(self) -> Draft | None:
        if self._left is None:
            return None
        scans = [_written(one) for one in (*self._left, *self._desk.flow.unstored)]
        return {"scans": scans} if scans else {}


def _written(one: Kept) -> dict[str, Any]:
    known = {"event": one.event, "campaign": one.campaign}
    if isinstance(one, Scanned):
        return known | {"raw": one.raw.hex(), "source": one.source.value, "cut": one.cut}
    said = one.said
    stated = None if said.stated is None else [said.stated.minor, said.stated.currency]
    return known | {
        "raw": said.raw.hex(), "source": said.source.value, "customer": said.customer,
        "stated": stated, "body": event_body(said),
    }  # fmt: skip


def _read(kept: Mapping[str, Any]) -> Kept | None:
    """Return a scan or a statement as it was kept; None for one that cannot be read."""
    try:
        return _stated(kept) if "customer" in kept else _scanned(kept)
    except (KeyError, TypeError, ValueError, NotCanonicalError):
        return None


def _scanned(kept: Mapping[str, Any]) -> Scanned:
    raw, source = bytes.fromhex(kept["raw"]), Source(kept["source"])
    return Scanned(kept["event"], kept["campaign"], raw, source, bool(kept["cut"]))


def _stated(kept: Mapping[str, Any]) -> Stated:
    body, stated = body_from(kept["body"]), kept["stated"]
    said = CountEvent(
        EventId(""), DocumentId(kept["campaign"]), CustomerId(kept["customer"]),
        bytes.fromhex(kept["raw"]), Source(kept["source"]), PersonName(""), "", 0, 0,
        stated=None if stated is None else Money(*stated),
        as_of=body.as_of, verified=body.verified, reply=body.reply, evidence=body.evidence,
    )  # fmt: skip
    return Stated(kept["event"], kept["campaign"], said)
