"""What is written in the panel as decisions of the books, and what stands against them."""

from collections.abc import Sequence
from typing import Any

from erpdesk.domain.ids import CustomerId, DocumentId, EventId
from erpdesk.domain.stocktake.campaign_acts import why_not_rule_here
from erpdesk.domain.stocktake.count_line import (
    CountLine,
    LineDecision,
    LineVerb,
    fold,
    why_not_rule,
)
from erpdesk.services.stocktake.campaign_board import Board
from erpdesk.words import Sentence, standing
from ui.pages.campaigns import words as w
from ui.pages.campaigns.decide import Ruled
from ui.pages.campaigns.facts import CampaignsParts
from ui.pages.campaigns.lists import Contradiction, code_of
from ui.work.wording import Wording


def rulings(
    parts: CampaignsParts, board: Board, tab: str, rows: Sequence[Any], ruled: Ruled
) -> tuple[LineDecision, ...]:
    """Return one decision for each selected row of a list."""
    made = []
    for row in rows:
        customer, event = _about(tab, row, ruled)
        made.append(
            LineDecision(
                id=parts.campaigns.company.new_id(),
                campaign=DocumentId(board.status.document.id),
                verb=ruled.verb,
                reason=ruled.reason,
                by=parts.campaigns.company.person,
                at=parts.clock.now_us(),
                customer=CustomerId(customer) if customer else None,
                event=EventId(event) if event else None,
                evidence=ruled.evidence,
            )
        )
    return tuple(made)


def _about(tab: str, row: Any, ruled: Ruled) -> tuple[str | None, str | None]:
    """Return the customer and the scan that a decision about a row names."""
    if tab == "unexpected":
        return ruled.customer, row.id
    if isinstance(row, Contradiction):
        chosen = row.event.id if ruled.verb is LineVerb.CHOOSE else None
        return row.line.frozen.customer_id, chosen
    return row.frozen.customer_id, None


def why_not_decide(
    parts: CampaignsParts,
    board: Board,
    tab: str,
    rows: Sequence[Any],
    ruled: Ruled | None,
    words: Wording,
) -> str:
    """Return in words what stands against deciding; empty when nothing does."""
    refusal = why_not_rule_here(board.state, roles=parts.roles)
    if refusal is not None:
        return standing(refusal, words.language)
    lacking = _lacking(tab, rows, ruled)
    if lacking is not None or ruled is None:
        return words.say(lacking or w.CHOOSE_VERB)
    for row, decision in zip(rows, rulings(parts, board, tab, rows, ruled), strict=True):
        refusal = why_not_rule(_line(row), decision)
        if refusal is not None:
            return standing(refusal, words.language)
    return ""


def _lacking(tab: str, rows: Sequence[Any], ruled: Ruled | None) -> Sentence | None:
    if not w.CHOICES[tab]:
        return w.ONLY_LOOK[tab]
    if not rows:
        return w.CHOOSE_ROWS
    if ruled is None:
        return w.CHOOSE_VERB
    return w.NO_LINK if ruled.verb is LineVerb.ALIAS and ruled.customer is None else None


def _line(row: Any) -> CountLine:
    if isinstance(row, Contradiction):
        return row.line.counted
    counted = getattr(row, "counted", None)
    return counted if isinstance(counted, CountLine) else fold(())


def about_said(tab: str, rows: Sequence[Any], words: Wording) -> str:
    """Return in words which rows a decision is about."""
    if tab in w.ONLY_LOOK and not (rows and tab == "done"):
        return words.say(w.ONLY_LOOK[tab])
    if not rows:
        return words.say(w.CHOOSE_ROWS)
    if tab == "unexpected":
        codes = tuple(map(code_of, rows))
        return words.say(w.CHOSEN_SCANS, count=len(codes), names=codes)
    lines = [one.line if isinstance(one, Contradiction) else one for one in rows]
    names = [line.frozen.name for line in lines]
    return words.say(w.CHOSEN_ROWS, count=len(rows), names=tuple(dict.fromkeys(names)))
