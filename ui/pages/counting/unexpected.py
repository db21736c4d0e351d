"""A code that belongs to nobody: a counter proposes what it is, a supervisor decides it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erpdesk.words import Sentence
from ui.look import scaled
from ui.models.cells import Chip, Lines, Value
from ui.models.row_model import Column, RowModel
from ui.pages.counting import words as w
from ui.pages.counting.card import Band, Foot, button
from ui.pages.counting.facts import Unexpected, Who
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, column, row
from ui.widgets.row_table import RowTable
from ui.widgets.scan_bar import readable
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording

NEAR_MAX = 3
HEAD_PX, ROW_PX = 30, 44


@dataclass(frozen=True, slots=True)
class Near:
    """A customer that a code may belong to, and why; ``is_outside`` the campaign."""

    who: Who
    why: Sentence
    is_outside: bool = False


class UnexpectedCard(SizedPanel):
    """A scan of nobody: ``given`` (fate, words, customer id or empty), ``later``, ``search``.

    What is given is decided by a supervisor and proposed by everybody else.
    """

    given = Signal(str, str, str)
    later_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, wording: Wording, *, is_supervisor: bool) -> None:
        self._wording, self._is_supervisor = wording, is_supervisor
        self._fate = ""
        self._proposed: Near | None = None
        self.scan_event, self._is_compact = "", False
        self.band = Band(wording)
        self._code, self._reason = Label("", "figure"), Label("", "body", "text2", wraps=True)
        self._facts = ElidedLabel("", "small", "text2")
        self._said = Label("", "strong", "info", wraps=True)
        self._said.hide()
        self._near = RowModel[Near](
            (
                Column("who", w.MAYBE, lambda one: Lines(one.who.name, one.who.code)),
                Column("why", w.WHY, self._why, "chip", 120),
            ),
            key=lambda one: one.who.id, language=wording.language,
        )  # fmt: skip
        self.near = RowTable(self._near, name="", density="matching")
        self.near.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self.measure()
        wording.put(self.near, "setAccessibleName", w.MAYBE)
        self._none = Label("", "body", "text3")
        wording.put(self._none, "setText", w.NO_MAYBE)
        self.choices = ChoiceList()
        self._ask = w.WHAT_NOW if is_supervisor else w.WHAT_IS_IT
        wording.put(self.choices, "setAccessibleName", self._ask)
        self.reason = QLineEdit()
        self.give = button(wording, w.DECIDE if is_supervisor else w.PROPOSE, look="primary")
        self._asks = self._reason_line()
        self._what_now = Label("", "section")
        wording.put(self._what_now, "setText", self._ask)
        self.later = button(wording, w.LATER, "Esc")
        stays = w.STAYS if is_supervisor else w.STAYS_PROPOSED
        super().__init__(
            self.band, (self._body(), 1), Foot(wording, stays, self.later),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self._connect()

    def _body(self) -> QWidget:
        code = Panel(row(self._code, STRETCH), ground="sunken", margins=(14, 6, 14, 6))
        body = QWidget()
        body.setLayout(
            column(
                code, self._facts, self._reason, self._said,
                Panel(self._none, self.near, gap=0, margins=(1, 1, 1, 1)),
                self._what_now, self.choices, self._asks, STRETCH,
                gap=7, margins=(14, 8, 14, 8),
            )
        )  # fmt: skip
        self._none.setContentsMargins(12, 8, 12, 8)
        return body

    def _reason_line(self) -> QWidget:
        self.reason.setMinimumHeight(32)
        self.reason.setMaxLength(500)
        words = w.REASON if self._is_supervisor else w.NOTE
        self._wording.put(self.reason, "setPlaceholderText", words)
        self._wording.put(self.reason, "setAccessibleName", words)
        line = QWidget()
        line.setLayout(row((self.reason, 1), self.give, gap=8))
        line.hide()
        return line

    def _connect(self) -> None:
        self.choices.chosen.connect(self._choose)
        self.give.clicked.connect(self._give)
        self.reason.returnPressed.connect(self._give)
        self.later.clicked.connect(self.later_wanted)
        self.near.current_row_changed.connect(lambda _: self._show_choices())
        self._wording.when_switched(self._speak)

    def set_compact(self, *, is_compact: bool) -> None:
        """Be lower, for a low window."""
        self._is_compact = is_compact
        self.band.set_compact(is_compact=is_compact)
        self._what_now.setVisible(not is_compact)
        self._facts.setVisible(not is_compact and self._asks.isHidden())

    @override
    def measure(self) -> None:
        """Show two rows where there is room, and always one."""
        self.near.setMinimumHeight(scaled(HEAD_PX + ROW_PX) + 4)
        self.near.setMaximumHeight(scaled(HEAD_PX + 2 * ROW_PX) + 4)

    def show_code(self, event: str, raw: bytes, facts: str, reason: str) -> None:
        """Show a code as it came, and why it is nobody's."""
        self.scan_event, self._fate, self._proposed = event, "", None
        self._asks.hide()
        self._said.hide()
        self.reason.clear()
        text = raw.decode("utf-8", "backslashreplace")
        self._code.setText(readable(text)[:60])
        self._facts.setText(facts)
        self._facts.setVisible(not self._is_compact)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.show_near(())

    def show_proposed(self, one: Unexpected, *, by: str, whose: Who | None) -> None:
        """Show what was proposed about it: by whom, and whose code it would be."""
        self._said.setVisible(one.proposed is not None)
        if one.proposed is None:
            return
        what = self._wording.say(w.FATES[one.proposed.what.fate.value])
        facts = filter(None, (what, whose.name if whose else "", one.proposed.what.note))
        self._wording.put(self._said, "setText", w.PROPOSED_BY, name=by, what="·".join(facts))
        self._proposed = None if whose is None else Near(whose, w.PROPOSED_ONE)
        self.show_near(())

    def show_near(self, near: Sequence[Near]) -> None:
        """Show the customers that come near, the one that was proposed first."""
        first = [self._proposed] if self._proposed is not None else []
        rest = [one for one in near if not first or one.who.id != first[0].who.id]
        shown = [*first, *rest][:NEAR_MAX]
        self._near.show(shown)
        self.near.setVisible(bool(shown))
        self._none.setVisible(not shown)
        if shown:
            self.near.go_to(0)
        self._show_choices()

    def _show_choices(self) -> None:
        say, chosen = self._wording.say, self.near.current_row()
        why_not = say(w.NO_CHOICE) if chosen is None else say(w.OUTSIDE_IS_THEIRS)
        link = "" if chosen is not None and not chosen.is_outside else why_not
        best = "" if link else say(w.RECOMMENDED)
        who = w.BY_SUPERVISOR if self._is_supervisor else w.BY_COUNTER
        self.choices.show_choices(
            (
                Choice("alias", "link", say(w.LINK), say(who["alias"]), "Ctrl+Enter", best, link),
                Choice(
                    "new_customer", "user-plus", say(w.NEW_CUSTOMER), say(who["new_customer"]),
                    "Ctrl+2",
                ),
                Choice(
                    "other_campaign", "arrow-right-left", say(w.OTHER), say(who["other_campaign"]),
                    "Ctrl+3",
                ),
                Choice("search", "search", say(w.SEARCH), say(w.SEARCH_WHAT), "Ctrl+4"),
                Choice("junk", "ban", say(w.JUNK), say(who["junk"]), "Ctrl+5"),
            )
        )  # fmt: skip

    def _choose(self, fate: str) -> None:
        if fate == "search":
            self.search_wanted.emit()
            return
        self._fate = fate
        verb = w.DECIDE_IT if self._is_supervisor else w.PROPOSE_IT
        self._wording.put(self.give, "setText", verb, what=w.FATES[fate])
        self._facts.hide()
        self._reason.hide()
        self._asks.show()
        self.reason.setFocus()

    def _give(self) -> None:
        chosen = self.near.current_row()
        customer = chosen.who.id if chosen is not None and self._fate == "alias" else ""
        self.given.emit(self._fate, self.reason.text().strip(), customer)

    def _why(self, one: Near) -> Value:
        if one.is_outside:
            return Chip(self._wording.say(one.why), "attention")
        return Chip(self._wording.say(one.why), "info", "spell-check")

    def _speak(self) -> None:
        self._near.use_language(self._wording.language)
        self._show_choices()
