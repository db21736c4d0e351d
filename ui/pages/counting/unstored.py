"""Scans that could not be stored: kept in a file here, and handed in after a restart."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QObject

from erpdesk.domain.stocktake.counting import Source
from ui.pages.counting import words as w
from ui.pages.counting.desk import CountingDesk
from ui.pages.counting.flow import Scanned
from ui.work.draft_keeper import Draft, DraftKeeper
from ui.work.wording import refusal

NAME: Final = "scans"


class CountingUnstored(QObject):
    """Keeps what waits for another try, of every campaign, until it is stored."""

    def __init__(self, desk: CountingDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._left: tuple[Scanned, ...] | None = None
        self.keeper = DraftKeeper(desk.parts.drafts, NAME, self._waiting, desk.runner, self)
        self.keeper.refused.connect(
            lambda error: desk.notify("attention", w.NOT_KEPT, refusal(error))
        )
        desk.flow.tallied.connect(lambda _: self.keeper.touch())
        desk.flow.delayed.connect(lambda _: self.keeper.touch())
        desk.flow.caught_up.connect(self.keeper.touch)

    def offer(self) -> None:
        """Hand in what this campaign still waits for; looked up once."""
        if self._left is None:
            self.keeper.look(self._found)
        else:
            self._hand_in(self._left)

    def _found(self, draft: Draft) -> None:
        kept = draft.get("scans")
        found = map(_scanned, kept if isinstance(kept, list) else ())
        self._hand_in(tuple(one for one in found if one is not None))

    def _hand_in(self, left: tuple[Scanned, ...]) -> None:
        campaign = self._desk.campaign
        here = campaign.id if campaign is not None else ""
        self._left = tuple(one for one in left if one.campaign != here)
        if campaign is not None:
            for one in left:
                if one.campaign == here:
                    self._desk.flow.hand_in(campaign, one)

    def _waiting(self) -> Draft | None:
        if self._left is None:
            return None
        scans = [_written(one) for one in (*self._left, *self._desk.flow.unstored)]
        return {"scans": scans} if scans else {}


def _written(one: Scanned) -> dict[str, Any]:
    return {
        "event": one.event,
        "campaign": one.campaign,
        "raw": one.raw.hex(),
        "source": one.source.value,
        "cut": one.cut,
    }


def _scanned(kept: Mapping[str, Any]) -> Scanned | None:
    """Return a scan as it was kept; None for one that cannot be read."""
    try:
        return Scanned(
            kept["event"], kept["campaign"], bytes.fromhex(kept["raw"]), Source(kept["source"]),
            bool(kept["cut"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return None
