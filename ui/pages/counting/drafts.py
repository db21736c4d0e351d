"""Half-typed cards: kept in a file while they are typed, and back under 待补 after a restart."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QObject

from erpdesk.domain.stocktake.counting import Verified
from ui.pages.counting import words as w
from ui.pages.counting.card import Typed
from ui.pages.counting.desk import CountingDesk
from ui.pages.counting.facts import Who
from ui.work.draft_keeper import Draft, DraftKeeper
from ui.work.wording import literal, refusal

NAME: Final = "counting"
SEE: Final = "parked"


class CountingDrafts(QObject):
    """Keeps every card that is parked or half typed, by campaign, until it is stored."""

    def __init__(self, desk: CountingDesk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._left: dict[str, Any] | None = None
        self._is_leaving = False
        self.keeper = DraftKeeper(desk.parts.drafts, NAME, self._typed, desk.runner, self)
        self.keeper.refused.connect(
            lambda error: desk.notify("attention", w.NOT_KEPT, refusal(error))
        )
        touches = (desk.card.stated.edited, desk.card.verify.edited, desk.lists.parked_changed)
        for signal in touches:
            signal.connect(self.keeper.touch)
        for done in (desk.flow.recorded, desk.flow.judged, desk.flow.delayed):
            done.connect(lambda _: self.keeper.touch())
        desk.notices.acted.connect(self._act)

    def offer(self) -> None:
        """Put what was half typed in this campaign under 待补, and say so; looked up once."""
        if self._left is None:
            self.keeper.look(self._found)
        else:
            self._offer(self._left)

    def _found(self, draft: Draft) -> None:
        cards = draft.get("cards")
        self._left = dict(cards) if isinstance(cards, dict) else {}
        self._offer(self._left)

    def _offer(self, left: dict[str, Any]) -> None:
        desk, campaign = self._desk, self._desk.campaign
        if campaign is None or campaign.id not in left:
            return
        found = [one for one in map(_card, left.pop(campaign.id)) if one is not None]
        known = {one.who.id for one in desk.lists.parked}
        fresh = [one for one in found if one.who.id not in known]
        for one in reversed(fresh):
            desk.lists.park(one)
        if fresh:
            said = desk.wording.say(w.TAKEN_UP, n=len(fresh))
            desk.notify("info", literal(said), w.NOTHING, ((SEE, w.SEE_PARKED),))

    def leave(self) -> None:
        """Keep what is left to finish; what was handed in is stored before this is written."""
        self._is_leaving = True
        self.keeper.keep()

    def _act(self, name: str) -> None:
        if name == SEE:
            self._desk.side.show_tab(SEE)
            self._desk.side.current.setFocus()

    def _typed(self) -> Draft | None:
        desk, campaign = self._desk, self._desk.campaign
        if self._left is None or (desk.flow.is_on_its_way and not self._is_leaving):
            return None
        cards = {key: list(map(_written, found)) for key, found in desk.lists.all_parked().items()}
        typed = desk.card.typed
        if typed is not None and campaign is not None:
            cards[campaign.id] = [_written(typed), *cards.get(campaign.id, [])]
        cards = self._left | {key: found for key, found in cards.items() if found}
        return {"cards": cards} if cards else {}


def _written(one: Typed) -> dict[str, Any]:
    return {
        "who": {"id": one.who.id, "code": one.who.code, "name": one.who.name},
        "raw": one.raw.hex(),
        "amount": one.amount,
        "way": one.way,
        "by": one.by,
        "verified": [{"field": v.field, "value": v.value} for v in one.verified],
        "evidence": list(one.evidence),
    }


def _card(card: Mapping[str, Any]) -> Typed | None:
    """Return a card as it was typed; None for one that cannot be read."""
    try:
        return Typed(
            Who(**card["who"]), bytes.fromhex(card["raw"]), None, None, card["amount"],
            card["way"], card["by"], tuple(Verified(**one) for one in card["verified"]),
            tuple(card["evidence"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return None
