"""What the review of differences stands on, and how one of its rows is shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Final

from erpdesk.domain.changes import Outcome
from erpdesk.domain.money import Money
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.review import UNDECIDED, Standing
from erpdesk.services.exporting import Exporting
from erpdesk.services.keeping_evidence import KeepingEvidence
from erpdesk.services.looking import Head, Looking, Text
from erpdesk.services.stocktake.campaign_watch import Tell
from erpdesk.services.stocktake.reporting import Reporting
from erpdesk.services.stocktake.reviewing import Review, Reviewing, Row
from erpdesk.services.stocktake.reviewing_children import ReviewingChildren
from erpdesk.services.stocktake.reviewing_watch import ReviewWatch
from erpdesk.words import Language, Sentence
from erpdesk.words.causes import CAUSES, STANDINGS, TREATMENTS
from ui.look import Tone
from ui.models.cells import Chip, Toned, Value, shown
from ui.models.row_model import Column
from ui.pages.differences import words as w
from ui.work.tidying import kept
from ui.work.wording import Wording

People = tuple[tuple[str, str], ...]
"""Logins with the names people see."""


@dataclass(frozen=True, slots=True)
class DifferencesParts:
    """What the page stands on, and who is here; ``owners`` are those who may see to a line."""

    reviewing: Reviewing
    children: ReviewingChildren
    exporting: Exporting
    reporting: Reporting
    evidence: KeepingEvidence
    looking: Looking
    document: Callable[[str], Text]
    owners: Callable[[], People]
    names: Mapping[str, str]
    roles: frozenset[Role]

    def name_of(self, person: str | None) -> str:
        """Return the name people see."""
        return self.names.get(person or "", person or "")


@dataclass(frozen=True, slots=True)
class Found:
    """The campaigns whose differences may be seen, by what they are called, and the chosen one."""

    heads: tuple[Head, ...]
    names: Mapping[str, str]
    review: Review | None
    owners: People


@dataclass(slots=True)
class Reviews:
    """Looks again and again how the chosen campaign stands, and is kept up by what is new."""

    parts: DifferencesParts
    _names: dict[str, str] = field(default_factory=dict)
    _chosen: str = ""
    _watch: ReviewWatch | None = None

    def look(self, wanted: str, kept: str, tell: Tell | None = None) -> Found:
        """Look at the campaign ``wanted`` (number or id), else ``kept`` (id), else the newest."""
        heads = self.parts.reviewing.campaigns()
        chosen = _chosen(heads, wanted, kept)
        review = self._review(chosen, tell) if chosen else None
        for one in heads:
            if one.id not in self._names:
                self._names[one.id] = str(self.parts.document(one.id).content["scope"]["name"])
        return Found(heads, self._names, review, self.parts.owners())

    def hand_in(self, campaign: Text, tell: Tell) -> Outcome[Text]:
        """Submit the differences of the chosen campaign for approval."""
        known = self._watch.known(tell) if self._watch and campaign.id == self._chosen else None
        return self.parts.reviewing.hand_in(campaign, known=known, tell=tell)

    def write_report(self, campaign: Text, path: Path, tell: Tell, language: Language) -> None:
        """Write the report of the chosen campaign as a PDF."""
        known = self._watch.known(tell) if self._watch and campaign.id == self._chosen else None
        reporting = replace(self.parts.reporting, known=known, tell=tell)
        reporting.write(campaign, path, language=language)

    def _review(self, chosen: str, tell: Tell | None) -> Review:
        document = self.parts.document(chosen)
        if self._watch is None or chosen != self._chosen:
            self._chosen, self._watch = chosen, self.parts.reviewing.watch(document)
        return self._watch.look(document, kept(tell))


def _chosen(heads: tuple[Head, ...], wanted: str, kept: str) -> str:
    """Return the campaign to show: the one asked for, the one shown, one in review, the newest."""
    named = (one.id for one in heads if wanted in {one.number, one.id})
    same = (one.id for one in heads if one.id == kept)
    open_ = (one.id for one in heads if one.state == "review")
    newest = (one.id for one in heads)
    return next((name for group in (named, same, open_, newest) for name in group), "")


CHIPS: Final[dict[Standing, tuple[Tone, str]]] = {
    Standing.OPEN: ("attention", ""),
    Standing.CLEAR: ("ok", "check"),
    Standing.DISPUTED: ("error", "circle-x"),
    Standing.LATER: ("neutral", "clock"),
    Standing.RECOUNT: ("attention", "rotate-ccw"),
    Standing.AGREED: ("ok", ""),
    Standing.NOT_FOUND: ("attention", "circle-x"),
    Standing.DEFERRED: ("neutral", "clock"),
    Standing.EXCLUDED: ("neutral", "minus"),
    Standing.UNEXPECTED: ("attention", "circle-help"),
    Standing.CONFLICT: ("error", "git-fork"),
    Standing.UNCOUNTED: ("attention", "circle-dashed"),
}
_GROUPS: Final = {
    "agreed": frozenset({Standing.AGREED}),
    "not_found": frozenset({Standing.NOT_FOUND}),
    "deferred": frozenset({Standing.DEFERRED, Standing.EXCLUDED}),
    "unexpected": frozenset({Standing.UNEXPECTED}),
    "conflict": frozenset({Standing.CONFLICT, Standing.UNCOUNTED}),
    "todo": UNDECIDED,
}
_NOTHING: Final = Sentence("", "")


def fits(row: Row, name: str) -> bool:
    """Say whether a row belongs to a filter."""
    return belongs(row.standing, name, differs=row.differs)


def belongs(standing: Standing, name: str, *, differs: bool) -> bool:
    """Say whether rows that stand so belong to a filter."""
    if name == "differs":
        return differs
    return name == "all" or standing in _GROUPS[name]


def chip_of(row: Row, words: Wording) -> Chip:
    """Return the chip of a row's outcome."""
    tone, icon = CHIPS[row.standing]
    return Chip(words.say(STANDINGS[row.standing.value]), tone, icon)


def reason_said(row: Row, words: Wording) -> str:
    """Return why a row differs: the reason, or what a supervisor decided instead."""
    if row.said is not None and row.said.recount:
        return row.said.recount
    if row.said is not None:
        return words.say(CAUSES.get(row.said.reason or "", _NOTHING))
    return row.ruling.reason if row.ruling and not row.differs else ""


def action_said(row: Row, words: Wording) -> str:
    """Return what is done about a row."""
    action = row.said.action if row.said else None
    return words.say(TREATMENTS.get(action or "", _NOTHING))


def name_of(row: Row, first: str) -> str:
    """Return the customer's name, with the currency where it is not that of the plan."""
    return row.name if row.key[1] == first or not row.key[0] else f"{row.name} · {row.key[1]}"


def clock_said(row: Row, words: Wording) -> str:
    """Return by how much the clock was off by which a row was counted; nothing where it was not."""
    minutes = row.clock_off_us // 60_000_000
    if not minutes:
        return ""
    n, said = minutes, w.CLOCKS_OFF[0]
    if minutes >= 2 * 60:
        n, said = minutes // 60, w.CLOCKS_OFF[1]
    if minutes >= 2 * 1440:
        n, said = minutes // 1440, w.CLOCKS_OFF[2]
    return words.say(said, n=n)


def stated_of(row: Row, words: Wording) -> Value:
    """Return the stated balance; no answer is said, and is no zero."""
    if row.figures.stated is not None:
        return row.figures.stated
    return Toned(words.say(w.NO_ANSWER), "text2") if row.differs else None


def book_of(row: Row) -> Money | None:
    """Return the book of a line; a scan of nobody has none."""
    return row.figures.book if row.key[0] else None


def sentence_of(row: Row, words: Wording, first: str) -> str:
    """Return the sentence of a whole row, with its four amounts."""
    figures = row.figures
    return words.say(
        w.ROW_SAID,
        outcome=chip_of(row, words).word,
        name=name_of(row, first),
        book=shown(book_of(row)),
        stated=shown(stated_of(row, words)),
        difference=shown(figures.difference),
        unexplained=shown(figures.unexplained),
        reason=reason_said(row, words) or "—",
        action=action_said(row, words) or "—",
    )


def columns(
    parts: DifferencesParts, words: Wording, first: Callable[[], str]
) -> tuple[Column[Row], ...]:
    """Return the columns of the table; ``first`` is the currency of the plan."""

    def unexplained(row: Row) -> Value:
        found = row.figures.unexplained
        if found is None or not found.minor or not row.differs:
            return found if row.differs else None
        return Toned(found.grouped(), "error")

    def explained(row: Row) -> Value:
        found = row.figures.explained
        return found if row.differs and found is not None and found.minor else None

    def owner(row: Row) -> str:
        return parts.name_of(row.said.owner if row.said else None) or "—"

    return (
        Column("outcome", w.OUTCOME, lambda row: chip_of(row, words), "chip", 98),
        Column("name", w.CUSTOMER, lambda row: name_of(row, first())),
        Column("book", w.BOOK, book_of, "amount", 94),
        Column("stated", w.STATED, lambda row: stated_of(row, words), "amount", 94),
        Column("difference", w.DIFFERENCE, lambda row: row.figures.difference, "amount", 94),
        Column("explained", w.EXPLAINED, explained, "amount", 88),
        Column("unexplained", w.UNEXPLAINED, unexplained, "amount", 92),
        Column("reason", w.REASON, lambda row: reason_said(row, words) or None, width=84),
        Column("action", w.TREATMENT, lambda row: action_said(row, words) or None, width=84),
        Column("owner", w.OWNER, owner, width=64),
    )


def percent(share: Fraction | None) -> str:
    """Return a share with one decimal; without one a dash."""
    return "—" if share is None else f"{int(share * 1000) / 10:.1f}%"


def also(review: Review, name: str) -> str:
    """Return the sums of the other currencies, in words."""
    return "、".join(f"{one.currency} {getattr(one, name).grouped()}" for one in review.sums[1:])
