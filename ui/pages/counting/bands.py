"""In place of the card: a customer counted before, or a choice to make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal

from erpdesk.words import Sentence
from ui.models.cells import Lines, Toned, Value
from ui.models.cells import withheld as kept_back
from ui.models.row_model import Column, RowModel
from ui.pages.counting import words as w
from ui.pages.counting.card import Band, Foot, button, customer_view, moment
from ui.pages.counting.facts import CampaignView, Figures, Spoken, Who
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.customer_card import CustomerCard
from ui.widgets.parts import STRETCH, Icon, Label, Panel, column, row
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording, literal


@dataclass(frozen=True, slots=True)
class _Pair:
    item: Sentence
    before: Value
    now: Value


@dataclass(frozen=True, slots=True)
class Repeat:
    """A customer scanned again: who counted it first and when (µs), and what they recorded.

    ``is_hidden``: what they recorded is not shown to who is here.
    """

    who: Who
    campaign: CampaignView
    figures: tuple[Figures, ...]
    spoken: Spoken | None
    first_by: str
    first_at: int
    is_mine: bool
    is_hidden: bool


class DuplicateCard(Panel):
    """A customer counted before: ``kept``, ``restated`` (another record), ``recount_wanted``."""

    kept = Signal()
    restated = Signal()
    recount_wanted = Signal()

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self.who: Who | None = None
        self._repeat: Repeat | None = None
        self.band = Band(wording)
        self.customer = CustomerCard()
        self.customer.set_compact(is_compact=True)
        self._pairs = RowModel[_Pair](
            (
                Column("item", w.ITEM, lambda one: wording.say(one.item), width=120),
                Column("before", w.R_STATED, lambda one: one.before, is_sortable=False),
                Column("now", w.NOW_SCAN, lambda one: one.now, width=200, is_sortable=False),
            ),
            key=lambda one: one.item.zh, language=wording.language,
        )  # fmt: skip
        self._table = RowTable(self._pairs, name="", density="compact")
        self._table.setFixedHeight(30 + 4 * 28 + 2)
        wording.put(self._table, "setAccessibleName", w.ITEM)
        self.choices = ChoiceList()
        wording.put(self.choices, "setAccessibleName", w.CHANGE)
        self._change = Label("", "section")
        wording.put(self._change, "setText", w.CHANGE)
        self.keep = button(wording, w.KEEP_NEXT, "Enter", look="primary")
        self._body = column(
            self.customer, Panel(self._table, gap=0, margins=(1, 1, 1, 1)), self._change,
            self.choices, STRETCH, gap=10, margins=(14, 10, 14, 10),
        )  # fmt: skip
        super().__init__(
            self.band, (self._body, 1), Foot(wording, w.SCAN_KEEPS, self.keep),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self.keep.clicked.connect(self.kept)
        self.choices.chosen.connect(self._choose)
        wording.when_switched(self._speak)

    def set_compact(self, *, is_compact: bool) -> None:
        """Be lower, for a low window."""
        self.band.set_compact(is_compact=is_compact)
        self._change.setVisible(not is_compact)
        self._body.setSpacing(5 if is_compact else 10)
        self._body.setContentsMargins(14, 6 if is_compact else 10, 14, 6 if is_compact else 10)

    def show_repeat(self, repeat: Repeat) -> None:
        """Show who counted a customer, and what may be done; figures only where they may be."""
        self._repeat, self.who = repeat, repeat.who
        self._speak()

    def _speak(self) -> None:
        repeat, say = self._repeat, self._wording.say
        if repeat is None:
            return
        self.customer.use_words(composition_word=say(w.COMPOSITION))
        view = customer_view(self._wording, repeat.who, repeat.campaign, repeat.figures)
        self.customer.show_customer(view)
        item, before, now = self._pairs.columns
        said = say(w.EARLIER, name=repeat.first_by, time=moment(repeat.first_at))
        self._pairs.columns = (item, replace(before, head=literal(said)), now)
        self._pairs.use_language(self._wording.language)
        hidden, withheld = repeat.is_hidden, repeat.campaign.withheld
        self._pairs.show(_pairs(self._wording, repeat.spoken, hidden=hidden, withheld=withheld))
        self._show_choices(repeat)

    def _show_choices(self, repeat: Repeat) -> None:
        say = self._wording.say
        own = (w.MINE, w.MINE_WHAT, "pencil")
        other, what, icon = own if repeat.is_mine else (w.SECOND, w.SECOND_WHAT, "users")
        self.choices.show_choices(
            (
                Choice("keep", "check", say(w.KEEP), say(w.KEEP_WHAT), "Enter", say(w.RECOMMENDED)),
                Choice("restate", icon, say(other), say(what), "Ctrl+2"),
                Choice("recount", "rotate-ccw", say(w.RECOUNT), say(w.RECOUNT_WHAT), "Ctrl+3"),
            )
        )  # fmt: skip

    def _choose(self, name: str) -> None:
        signals = {"keep": self.kept, "restate": self.restated, "recount": self.recount_wanted}
        signals[name].emit()


def _pairs(wording: Wording, spoken: Spoken | None, *, hidden: bool, withheld: bool) -> list[_Pair]:
    say = wording.say
    nothing = say(w.NONE_YET)
    if hidden:
        theirs = Toned(say(w.THEIRS_HIDDEN), "text2")
        items = (w.R_STATED, w.R_REPLY, w.R_FIELDS, w.R_EVIDENCE)
        return [_Pair(item, theirs, nothing) for item in items]
    stated: Value = (spoken.stated if spoken else None) or nothing
    if withheld:
        stated = kept_back(wording.language)
    fields = say(w.COUNT_OF, n=spoken.verified) if spoken else nothing
    evidence = say(w.COUNT_OF, n=spoken.evidence) if spoken and spoken.evidence else "—"
    return [
        _Pair(w.R_STATED, stated, nothing),
        _Pair(w.R_REPLY, (spoken.reply if spoken else "") or nothing, nothing),
        _Pair(w.R_FIELDS, fields, nothing),
        _Pair(w.R_EVIDENCE, evidence, "—"),
    ]


class PlainCard(Panel):
    """Nothing scanned yet, or a choice to make: a sentence and a list; ``chosen`` by its key."""

    chosen = Signal(str)

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._icon, self._title = Icon("scan-barcode", "accent", 26), Label("", "subject")
        self._said = Label("", "body", "text2", wraps=True)
        self._model = RowModel[tuple[str, str, str]](
            (Column("what", Sentence("", ""), lambda one: Lines(one[1], one[2])),),
            key=lambda one: one[0],
        )  # fmt: skip
        self.list = RowTable(self._model, name="", density="two_lines", has_head=False)
        self.list.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        wording.put(self.list, "setAccessibleName", Sentence("可选的", "Choices"))
        self.list.opened.connect(lambda one: self.chosen.emit(one[0]))
        self.list.clicked.connect(lambda index: self.chosen.emit(self._model.row_at(index)[0]))
        head = row(self._icon, (column(self._title, self._said, gap=4), 1), gap=14)
        super().__init__(head, (self.list, 1), STRETCH, gap=16, margins=(24, 24, 24, 24))

    def show_plain(
        self,
        icon: str,
        title: Sentence,
        said: Sentence,
        rows: Sequence[tuple[str, str, str]] = (),
        **facts: object,
    ) -> None:
        """Show a sentence, and what can be chosen: key, name, what it is."""
        self._icon.show_icon(icon, "accent")
        self._wording.put(self._title, "setText", title, **facts)
        self._wording.put(self._said, "setText", said, **facts)
        self._model.show(list(rows))
        self.list.setVisible(bool(rows))
        if rows:
            self.list.go_to(0)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
