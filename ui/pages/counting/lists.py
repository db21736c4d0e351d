"""The rows beside the card: this shift's scans on top, then what the campaign has already."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import UNEXPECTED, CountEvent, Finding
from erpdesk.services.stocktake.counting import Counted
from erpdesk.words import Sentence
from erpdesk.words.counting import LINE_STATES
from ui.look import Ink
from ui.pages.counting import words as w
from ui.pages.counting.card import Typed, moment
from ui.pages.counting.facts import CampaignView, CountingParts, Recent, Standing, Unexpected, Who
from ui.pages.counting.side import CountingSide, SideRow
from ui.widgets.scan_bar import readable
from ui.work.wording import Wording

SHIFT_MAX = 500
ALL_SHEETS = "all sheets"
MORE = "more"
_SHAPES: dict[str, tuple[str, Ink]] = {
    "verified": ("circle-check", "ok"),
    "counted": ("circle-check", "ok"),
    "recounted": ("circle-check", "ok"),
    "resolved": ("circle-check", "ok"),
    "variance": ("triangle-alert", "attention"),
    "conflict": ("git-fork", "error"),
    "recount_required": ("rotate-ccw", "info"),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One record that counts: a scan that was the first, or what was stated and verified."""

    event: str
    stated: Money | None = None
    difference: Money | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """One scan of this shift and what became of it; the last of ``words`` stands."""

    event: str
    finding: Finding
    who: Who | None
    raw: bytes
    by: str
    at: int
    words: tuple[Word, ...] = ()
    was_taken_back: bool = False

    @property
    def is_recorded(self) -> bool:
        """Say whether something was stated or verified besides the scan."""
        return any(word.event != self.event for word in self.words)

    @property
    def last(self) -> Word:
        """Return the record that stands; an empty one where there is none."""
        return self.words[-1] if self.words else Word("")


@dataclass(frozen=True, slots=True)
class Mine:
    """A record of one's own that may be taken back: a scan, or what was said after it."""

    event: str
    who: Who
    is_scan: bool


class CountingLists(QObject):
    """Keeps what this shift scanned and shows it beside what is known of the campaign."""

    parked_changed = Signal()
    sheet_changed = Signal()

    def __init__(self, parts: CountingParts, wording: Wording, side: CountingSide) -> None:
        super().__init__(side)
        self._parts, self._wording, self._side = parts, wording, side
        self._shift: list[Shift] = []
        self._standing: Standing | None = None
        self._campaign: CampaignView | None = None
        self._parked: dict[str, list[Typed]] = {}
        self._typing = ""
        self._sheet: tuple[int, frozenset[str]] | None = None

    def show_sheet(self, page: int, customers: frozenset[str]) -> None:
        """Show of what is not counted yet only those on a page of the count sheet; 0 shows all."""
        self._sheet = (page, customers) if page else None
        self.show()
        self._side.show_tab("open")
        self.sheet_changed.emit()

    @property
    def sheet(self) -> frozenset[str]:
        """Return whom the page of the count sheet has that is shown alone; nobody without one."""
        return self._sheet[1] if self._sheet else frozenset()

    def begin(self, campaign: CampaignView | None) -> None:
        """Show another campaign; nothing of it was scanned in this shift."""
        self._campaign, self._standing = campaign, None
        self._sheet = None
        self._shift.clear()
        self.show()

    def use_standing(self, standing: Standing) -> None:
        """Show how the campaign stands now."""
        self._standing = standing
        self.show()

    def add(
        self,
        counted: Counted,
        who: Who | None,
        *,
        is_last: bool = True,
        is_in_hand: bool = True,
    ) -> None:
        """Put the newest scan on top; of a burst the list is shown when its last one is there."""
        event = counted.event
        words = (Word(event.id),) if event.counts else ()
        made = Shift(
            event.id, counted.judgement.finding, who, event.raw, event.by, event.received_at, words
        )
        self._shift.insert(0, made)
        del self._shift[SHIFT_MAX:]
        if is_in_hand:
            self._typing = made.event if made.finding is Finding.COUNTED else ""
        if is_last:
            self.show_recent()

    def recorded(self, event: CountEvent, difference: Money | None) -> None:
        """Show what was recorded of the newest scan of its customer."""
        for n, one in enumerate(self._shift):
            if one.who is not None and one.who.id == event.customer:
                word = Word(event.id, event.stated, difference)
                self._shift[n] = replace(one, words=(*one.words, word), was_taken_back=False)
                break
        self._typing = ""
        self.show_recent()

    def mine_of(self, key: str) -> Mine | None:
        """Return what may be taken back of a row, or the newest of this shift without one."""
        if not key:
            newest = next((one for one in self._shift if one.words), None)
            return _mine(newest)
        row = self.scan_of(key)
        customer = row.who.id if row is not None and row.who is not None else key
        theirs = (o for o in self._shift if o.words and o.who is not None and o.who.id == customer)
        found = _mine(next(theirs, None))
        return found or self._mine_of_before(customer)

    def _mine_of_before(self, customer: str) -> Mine | None:
        """Return a record that an earlier run of the program made; the shift may still run."""
        recent = self._standing.recent if self._standing else ()
        for one in recent:
            if one.who.id == customer and one.event and one.by == self._parts.person:
                return Mine(one.event, one.who, is_scan=one.stated is None)
        return None

    def taken_back(self, event: str) -> None:
        """Show that a record was taken back; the one before it stands again."""
        for n, one in enumerate(self._shift):
            if any(word.event == event for word in one.words):
                left = tuple(word for word in one.words if word.event != event)
                self._shift[n] = replace(one, words=left, was_taken_back=not left)
        self._typing = ""
        self.show_recent()

    @property
    def parked(self) -> tuple[Typed, ...]:
        """Return what was parked in this campaign, the newest first."""
        return tuple(self._parked.get(self._campaign.id if self._campaign else "", ()))

    def all_parked(self) -> dict[str, list[Typed]]:
        """Return what was parked in every campaign that was counted here."""
        return dict(self._parked)

    def park(self, typed: Typed) -> None:
        """Keep what somebody typed and could not or would not record."""
        self._put_parked([typed, *(one for one in self.parked if one.who.id != typed.who.id)])

    def unpark(self, customer: str) -> Typed | None:
        """Take what was parked of a customer off the list."""
        found = next((one for one in self.parked if one.who.id == customer), None)
        self._put_parked([one for one in self.parked if one is not found])
        return found

    def _put_parked(self, parked: list[Typed]) -> None:
        if self._campaign is not None:
            self._parked[self._campaign.id] = parked
        self.show_parked()
        self.parked_changed.emit()

    def scan_of(self, event: str) -> Shift | None:
        """Return a scan of this shift."""
        return next((one for one in self._shift if one.event == event), None)

    def unexpected_of(self, event: str) -> Unexpected | None:
        """Return an unexpected scan that waits to be decided."""
        return next((one for one in self._unexpected() if one.event == event), None)

    def is_unexpected(self, event: str) -> bool:
        """Say whether a scan of the lists is nobody's."""
        return self.unexpected_of(event) is not None

    def who_of(self, customer: str) -> Who | None:
        """Return a customer of the lists that were looked up."""
        standing = self._standing
        known = (*(one.who for one in standing.recent), *standing.conflicts) if standing else ()
        return next((one for one in known if one.id == customer), None)

    def known(self, customer: str) -> Who | None:
        """Return a customer of the lists, counted or not; None where it is not on them."""
        open_ones = self._standing.uncounted if self._standing else ()
        return next((one for one in open_ones if one.id == customer), self.who_of(customer))

    def show(self) -> None:
        """Show every list again, as after a switch of language."""
        self.show_recent()
        self.show_parked()
        standing = self._standing
        if standing is not None and self._campaign is not None:
            self._side.show_standing(standing, withheld=self._campaign.withheld)
        uncounted = standing.uncounted if standing else ()
        waiting = standing.waiting if standing else 0
        self._side.show_rows("open", self._open_rows(uncounted, waiting), count=waiting)
        conflicts = standing.conflicts if standing else ()
        self._side.show_rows(
            "conflicts",
            [SideRow(one.id, "git-fork", "error", one.name, one.code) for one in conflicts],
            count=len(conflicts),
        )
        unknown = [self._unknown(one) for one in self._unexpected()]
        self._side.show_rows("unexpected", unknown, count=len(unknown))

    def _open_rows(self, uncounted: tuple[Who, ...], waiting: int) -> list[SideRow]:
        page, chosen = self._sheet or (0, frozenset())
        rows = [
            SideRow(one.id, "circle-dashed", "neutral", one.name, one.code)
            for one in uncounted
            if not page or one.id in chosen
        ]
        say = self._wording.say
        if not page:
            more = say(w.MORE_WAITING, n=waiting - len(rows))
            rest = SideRow(MORE, "ellipsis", "neutral", more, say(w.SCAN_OR_FIND))
            return [*rows, rest] if waiting > len(rows) else rows
        head = say(w.SHEET_ALONE, page=page, n=len(rows))
        return [SideRow(ALL_SHEETS, "list-filter", "info", head, say(w.SHOW_ALL)), *rows]

    def _unexpected(self) -> list[Unexpected]:
        """Return what is unexpected by the log, and of this shift what it does not know yet."""
        if self._standing is not None:
            return list(self._standing.unexpected)
        return [
            Unexpected(one.event, one.raw, one.by, one.at)
            for one in self._shift
            if one.finding in UNEXPECTED
        ]

    def show_recent(self) -> None:
        """Show this shift's scans, then what others or earlier shifts counted."""
        mine = {one.who.id for one in self._shift if one.who is not None}
        recent = self._standing.recent if self._standing else ()
        rows = [self._row(one) for one in self._shift]
        rows += [self._earlier(one) for one in recent if one.who.id not in mine]
        self._side.show_rows("recent", rows[:SHIFT_MAX])

    def show_parked(self) -> None:
        """Show what waits to be finished."""
        say = self._wording.say
        rows = [
            SideRow(one.who.id, "hourglass", "attention", one.who.name, one.who.code, "",
                    say(w.TABS["parked"]), "attention")
            for one in self.parked
        ]  # fmt: skip
        self._side.show_rows("parked", rows, count=len(rows))

    def _row(self, one: Shift) -> SideRow:
        by = f"{self._parts.name_of(one.by)} {moment(one.at, seconds=True)}"
        if one.who is None or one.finding in UNEXPECTED:
            code = readable(one.raw.decode("utf-8", "backslashreplace"))[:40]
            title = one.who.name if one.who else self._wording.say(w.UNKNOWN_CODE)
            return self._noted(one, title, f"{code}·{by}", w.UNEXPECTED, w.TO_DECIDE)
        under = f"{one.who.code}·{by}"
        if one.was_taken_back:
            word = self._wording.say(w.WAS_TAKEN_BACK)
            return SideRow(one.event, "undo-2", "neutral", one.who.name, under, "", word)
        if one.finding is Finding.ALREADY_COUNTED and not one.is_recorded:
            return self._noted(one, one.who.name, under, w.REPEATED, w.COUNTED_BEFORE)
        if one.event == self._typing:
            return SideRow(
                one.event, "circle-dot", "accent", one.who.name, under,
                self._wording.say(w.TYPING), "", ground="info",
            )  # fmt: skip
        return self._counted(one, one.who, under)

    def _noted(self, one: Shift, title: str, under: str, word: Sentence, more: Sentence) -> SideRow:
        say = self._wording.say
        icon = "copy" if one.finding is Finding.ALREADY_COUNTED else "triangle-alert"
        is_newest = bool(self._shift) and one is self._shift[0]
        return SideRow(
            one.event, icon, "attention", title, under, say(word), say(more), "attention",
            "attention" if is_newest else None,
        )  # fmt: skip

    @property
    def _is_withheld(self) -> bool:
        return self._campaign is not None and bool(self._campaign.withheld)

    def _counted(self, one: Shift, who: Who, under: str) -> SideRow:
        if self._is_withheld:
            word = w.RECORDED_ONLY if one.is_recorded else w.SCAN_ONLY
            short = self._wording.say(word)
            return SideRow(one.event, "circle-check", "ok", who.name, under, short)
        icon, ink, said, inked = self._judged(one.last.stated, one.last.difference)
        return SideRow(one.event, icon, ink, who.name, under, one.last.stated, said, inked)

    def _judged(self, stated: Money | None, off: Money | None) -> tuple[str, Ink, str, Ink]:
        say = self._wording.say
        if stated is None:
            return "circle-check", "ok", say(w.SCAN_ONLY), "text3"
        if off is None or not off.minor:
            return (
                "circle-check",
                "ok",
                say(w.AGREES if off is not None else w.RECORDED_ONLY),
                "text2",
            )
        return "triangle-alert", "attention", say(w.DIFFERS, amount=off.grouped()), "attention"

    def _earlier(self, one: Recent) -> SideRow:
        under = f"{one.who.code}·{self._parts.name_of(one.by)} {moment(one.at, seconds=True)}"
        if one.event and one.state == "counted" and not self._is_withheld:
            icon, ink, said, inked = self._judged(one.stated, one.difference)
            return SideRow(one.who.id, icon, ink, one.who.name, under, one.stated, said, inked)
        icon, ink = _SHAPES.get(one.state, ("circle-check", "ok"))
        inked = ink if ink in {"attention", "error"} else "text2"
        said = self._wording.say(self._word_of(one))
        if one.state == "variance" and one.difference is not None and one.difference.minor:
            said = self._wording.say(w.DIFFERS, amount=one.difference.grouped())
        return SideRow(one.who.id, icon, ink, one.who.name, under, one.stated, said, inked)

    @staticmethod
    def _word_of(one: Recent) -> Sentence:
        if one.state == "verified":
            return w.AGREES
        return LINE_STATES.get(one.state, w.RECORDED_ONLY)

    def _unknown(self, one: Unexpected) -> SideRow:
        code = readable(one.raw.decode("utf-8", "backslashreplace"))[:40]
        by = f"{self._parts.name_of(one.by)} {moment(one.at, seconds=True)}"
        say = self._wording.say
        fate = w.FATES[one.proposed.what.fate.value] if one.proposed else w.UNEXPECTED
        word = w.PROPOSED if one.proposed else w.TO_DECIDE
        return SideRow(
            one.event, "triangle-alert", "attention", code, by, say(fate), say(word), "attention"
        )


def _mine(one: Shift | None) -> Mine | None:
    if one is None or one.who is None or not one.words:
        return None
    return Mine(one.last.event, one.who, is_scan=one.last.event == one.event)
