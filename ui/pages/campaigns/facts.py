"""What the campaigns page asks for: looked up beside the window, handed over as plain values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from threading import Lock
from typing import Final

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.changes import Outcome
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.campaign_scope import BALANCE
from erpdesk.errors import UserError
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Customer, Text
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.campaign_board import Board, Crew
from erpdesk.services.stocktake.campaign_watch import CampaignWatch, Tell
from erpdesk.services.stocktake.campaigns import Campaigns, Look
from erpdesk.services.stocktake.reporting import Reporting
from erpdesk.words import Language, Sentence
from erpdesk.words.counting import LINE_STATES
from ui.look import Tone, scaled
from ui.models.cells import Chip, Toned, Value
from ui.pages.campaigns import words as w
from ui.work.tidying import kept
from ui.work.wording import Wording

RIGHT_PX: Final = 384
ENDED: Final = frozenset({"closed", "cancelled"})
CHIPS: Final[dict[str, tuple[Tone, str]]] = {
    "draft": ("neutral", "pencil"),
    "ready": ("info", "scan-barcode"),
    "counting": ("info", "scan-barcode"),
    "recount": ("info", "rotate-ccw"),
    "review": ("attention", "scale"),
    "submitted": ("info", "hourglass"),
    "in_review": ("info", "hourglass"),
    "approved": ("ok", "check"),
    "adjusting": ("info", "file-pen"),
    "closed": ("neutral", "lock"),
    "cancelled": ("neutral", "ban"),
    "expired": ("attention", "clock-alert"),
}


@dataclass(frozen=True, slots=True)
class CampaignsParts:
    """What the page stands on, and who is here; ``customers_called`` finds by code or exact name.

    ``count_sheet`` draws the sheets of a campaign as a PDF.
    """

    campaigns: Campaigns
    reporting: Reporting
    evidence: KeepingEvidence
    document: Callable[[str], Text]
    customers_called: Callable[[Sequence[str]], tuple[Sequence[Customer], Sequence[str]]]
    find_customers: Callable[[str], Iterable[Customer]]
    crew: Callable[[], tuple[Crew, ...]]
    count_sheet: Callable[[str, Language], bytes]
    clock: Clock
    names: Mapping[str, str]
    roles: frozenset[Role]

    def name_of(self, person: str | None) -> str:
        """Return the name people see."""
        return self.names.get(person or "", person or "")


@dataclass(slots=True)
class Boards:
    """Looks again and again how campaigns stand; each frozen one is kept up by what is new."""

    parts: CampaignsParts
    _watches: dict[str, CampaignWatch] = field(default_factory=dict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def board(self, name: str, tell: Tell | None = None) -> Board:
        """Return how a campaign stands now; one that ended is not watched any longer."""
        document = self.parts.document(name)
        return self.parts.campaigns.board(document, self._look(document, tell))

    def step(self, take: Callable[..., Outcome[Text]], document: Text, tell: Tell) -> Outcome[Text]:
        """Take a step that has to know how the whole campaign stands."""
        return take(document, known=self._look(document, tell))

    def close(self, document: Text, tell: Tell, language: Language) -> Outcome[Text]:
        """Keep the report, prove the books, and end a campaign."""
        known = self._look(document, tell)
        reporting = replace(self.parts.reporting, known=known, tell=tell)
        report = reporting.archive(document, language=language)
        return self.parts.campaigns.close(document, report=report, known=known)

    def _look(self, document: Text, tell: Tell | None) -> Look | None:
        with self._one_at_a_time:
            if document.state in ENDED | {"draft"}:
                self._watches.pop(document.id, None)
                return None
            watch = self._watches.get(document.id) or self.parts.campaigns.watch(document)
            self._watches[document.id] = watch
            return partial(watch.status, tell=kept(tell))


@dataclass(frozen=True, slots=True)
class Row:
    """A campaign in the list, by customers; ``coverage`` is a share, None before the freeze."""

    id: str
    number: str | None
    seq: int
    plan: CampaignPlan
    state: str
    owner: str
    customers: int = 0
    counted: int = 0
    coverage: Decimal | None = None
    differences: int | None = None
    is_withheld: bool = False


def differs(one: Row, words: Wording) -> Value:
    """Return how many differ, as the list shows it; nothing before the freeze."""
    if one.is_withheld:
        return withheld(words)
    return None if one.differences is None else str(one.differences)


def withheld(words: Wording) -> Toned:
    """Return what stands in the place of a figure that a blind count keeps back."""
    return Toned(words.say(w.BLIND), "text3")


def overview(boards: Boards, known: Mapping[str, Row]) -> tuple[Row, ...]:
    """Return every campaign, the newest first; one that ended is not looked at again."""
    found = []
    for head in reversed(boards.parts.campaigns.every()):
        row = known.get(head.id)
        if row is None or row.seq != head.seq or row.state not in ENDED:
            row = _row(boards.board(head.id))
        found.append(row)
    return tuple(found)


def _row(board: Board) -> Row:
    status, document = board.status, board.status.document
    if not board.customers:
        return Row(
            document.id, document.number, document.seq, status.plan, status.shown_state, board.owner
        )
    share = status.coverage
    return Row(
        document.id, document.number, document.seq, status.plan, status.shown_state, board.owner,
        board.customers, board.counted,
        None if share is None else Decimal(int(share * 1000)) / 1000,
        None if board.withheld else board.differences, board.withheld,
    )  # fmt: skip


def fits(one: Row, name: str) -> bool:
    """Say whether a campaign belongs to a filter of the list."""
    is_over = one.state in ENDED
    return {
        "all": True,
        "draft": one.state == "draft",
        "over": is_over,
        "open": not is_over and one.state != "draft",
    }[name]


def chip_of(state: str, words: Wording) -> Chip:
    """Return the chip of a state."""
    tone, icon = CHIPS.get(state, ("neutral", "circle-dashed"))
    return Chip(words.say(LINE_STATES[state]), tone, icon)


def scope_said(plan: CampaignPlan, words: Wording, *, frozen: int = 0) -> str:
    """Return in words whom a plan counts; ``frozen`` customers are in its list already.

    A blind list does not say by which balances it was found.
    """
    said = [_filter_said(plan, field, value, words) for field, value in plan.filter]
    if plan.customers:
        said = [words.say(w.LISTED, count=len(plan.customers))]
    if plan.without:
        said.append(words.say(w.WITHOUT, count=len(plan.without)))
    comma = "，" if words.language == "zh" else ", "
    if not said and frozen and plan.blind:
        said.append(words.say(w.CHOSEN, count=f"{frozen:,}"))
    return comma.join(said) or words.say(w.EVERYBODY)


def _filter_said(plan: CampaignPlan, field: str, value: str, words: Wording) -> str:
    if field == BALANCE:
        value = Money(int(value), plan.currency or BASE_CURRENCY).grouped()
    return words.say(w.FILTER_SAID[field], value=value)


def days_late(due: date | None, state: str, today: date) -> int:
    """Return by how many days the counting is late; 0 where it is not, or is over."""
    is_counted = state not in {"draft", "ready", "counting", "recount", "expired"}
    if due is None or is_counted or due >= today:
        return 0
    return (today - due) // timedelta(days=1)


def short_said(
    error: UserError, known: Mapping[str, tuple[str, Sentence]], words: Wording
) -> tuple[str, str]:
    """Return where a rule's refusal is mended and what it says, in few words."""
    place, sentence = known[type(error).__name__]
    return place, sentence.said(words.language, error.facts)


def right_px() -> int:
    """Return how wide the right side is: half as much wider as the text is larger."""
    return RIGHT_PX + (scaled(RIGHT_PX) - RIGHT_PX) // 2
