"""Two counters who contradict each other, side by side: a supervisor takes one, or neither."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from erpdesk.words import Sentence
from ui.models.cells import Toned, Value, shown
from ui.models.row_model import Column, RowModel
from ui.pages.counting import words as w
from ui.pages.counting.card import Band, Foot, button, moment
from ui.pages.counting.facts import Spoken, Who
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.parts import STRETCH, Label, Panel, column, row
from ui.widgets.row_table import RowTable
from ui.work.wording import Wording, literal

ROW_PX, ROWS = 28, 8
_VERBS = {"left": w.TAKE_LEFT, "right": w.TAKE_RIGHT, "recount": w.RECOUNT_BOTH}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A customer with the two records that contradict, the earlier left, and their counters."""

    who: Who
    left: Spoken
    right: Spoken
    left_by: str
    right_by: str
    others: int = 0


@dataclass(frozen=True, slots=True)
class _Pair:
    item: Sentence
    left: Value
    right: Value


class ConflictCard(Panel):
    """``ruled`` carries take (an event id) or recount (empty), and the reason."""

    ruled = Signal(str, str)
    later_wanted = Signal()

    def __init__(self, wording: Wording, *, is_supervisor: bool) -> None:
        self._wording, self._is_supervisor = wording, is_supervisor
        self.conflict: Conflict | None = None
        self._chosen = ""
        self.band = Band(wording)
        self._name, self._code = Label("", "subject"), Label("", "small", "text2")
        self._pairs = RowModel[_Pair](
            (
                Column("item", w.ITEM, lambda one: wording.say(one.item), width=120),
                Column("left", w.LEFT, lambda one: one.left, is_sortable=False),
                Column("right", w.RIGHT, lambda one: one.right, is_sortable=False),
            ),
            key=lambda one: one.item.zh, language=wording.language,
        )  # fmt: skip
        self.table = RowTable(self._pairs, name="", density="compact")
        self.table.setMinimumHeight(30 + 4 * ROW_PX + 2)
        self.table.setMaximumHeight(30 + ROWS * ROW_PX + 2)
        wording.put(self.table, "setAccessibleName", w.BOTH_STAY)
        self._more = Label("", "small", "text2")
        self.choices = ChoiceList()
        wording.put(self.choices, "setAccessibleName", w.WHICH_COUNTS)
        self._which = Label("", "section")
        wording.put(self._which, "setText", w.WHICH_COUNTS)
        self.reason = QLineEdit()
        self.give = button(wording, w.DECIDE, look="primary")
        self._asks = self._reason_line()
        self.later = button(wording, w.LATER, "Esc")
        super().__init__(
            self.band, (self._body(), 1), Foot(wording, w.BOTH_STAY, self.later),
            gap=0, margins=(1, 1, 1, 1),
        )  # fmt: skip
        self._connect()

    def _body(self) -> QWidget:
        body = QWidget()
        body.setLayout(
            column(
                self._name, self._code, Panel(self.table, gap=0, margins=(1, 1, 1, 1)), self._more,
                self._which, self.choices, self._asks, STRETCH, gap=8, margins=(14, 10, 14, 10),
            )
        )  # fmt: skip
        return body

    def _reason_line(self) -> QWidget:
        self.reason.setMinimumHeight(32)
        self.reason.setMaxLength(500)
        self._wording.put(self.reason, "setPlaceholderText", w.REASON)
        self._wording.put(self.reason, "setAccessibleName", w.REASON)
        line = QWidget()
        line.setLayout(row((self.reason, 1), self.give, gap=8))
        line.hide()
        return line

    def _connect(self) -> None:
        self.choices.chosen.connect(self._choose)
        self.give.clicked.connect(self._give)
        self.reason.returnPressed.connect(self._give)
        self.later.clicked.connect(self.later_wanted)
        self._wording.when_switched(self._speak)

    def set_compact(self, *, is_compact: bool) -> None:
        """Be lower, for a low window."""
        self.band.set_compact(is_compact=is_compact)
        self._which.setVisible(not is_compact)

    def show_conflict(self, conflict: Conflict) -> None:
        """Show both records; nothing is chosen."""
        self.conflict, self._chosen = conflict, ""
        self.reason.clear()
        self._asks.hide()
        self.band.show_finding(("error", "git-fork"), w.CONFLICT, w.TWO_DIFFER, 0)
        self._speak()

    def _speak(self) -> None:
        conflict, say = self.conflict, self._wording.say
        if conflict is None:
            return
        self._name.setText(conflict.who.name)
        self._code.setText(say(w.CODE_IS, code=conflict.who.code))
        self._more.setVisible(bool(conflict.others))
        self._more.setText(say(w.MORE_RECORDS, n=conflict.others))
        item, left, right = self._pairs.columns
        heads = (
            say(w.LEFT_BY, name=conflict.left_by, time=moment(conflict.left.at)),
            say(w.RIGHT_BY, name=conflict.right_by, time=moment(conflict.right.at)),
        )
        self._pairs.columns = (
            item, replace(left, head=literal(heads[0])), replace(right, head=literal(heads[1]))
        )  # fmt: skip
        self._pairs.use_language(self._wording.language)
        self._pairs.show(list(_pairs(self._wording, conflict.left, conflict.right)))
        self._show_choices(conflict)

    def _show_choices(self, conflict: Conflict) -> None:
        say = self._wording.say
        why_not = "" if self._is_supervisor else say(w.ONLY_SUPERVISOR_RULES)
        left, right = (
            say(w.STATES, name=name, amount=shown(one.stated) if one.stated else "—")
            for name, one in (
                (conflict.left_by, conflict.left),
                (conflict.right_by, conflict.right),
            )
        )
        self.choices.show_choices(
            (
                Choice("left", "arrow-left", say(w.TAKE_LEFT), left, "Ctrl+Enter",
                       why_not=why_not),
                Choice("right", "arrow-right", say(w.TAKE_RIGHT), right, "Ctrl+2",
                       why_not=why_not),
                Choice("recount", "rotate-ccw", say(w.RECOUNT_BOTH), say(w.RECOUNT_WHAT), "Ctrl+3",
                       why_not=why_not),
            )
        )  # fmt: skip

    def _choose(self, name: str) -> None:
        self._chosen = name
        self._wording.put(self.give, "setText", w.DECIDE_IT, what=_VERBS[name])
        self._asks.show()
        self.reason.setFocus()

    def _give(self) -> None:
        if self.conflict is None:
            return
        events = {"left": self.conflict.left.event, "right": self.conflict.right.event}
        self.ruled.emit(events.get(self._chosen, ""), self.reason.text().strip())


def conflict_of(who: Who, spoken: Sequence[Spoken], names: Mapping[str, str]) -> Conflict | None:
    """Return the two records that contradict, the earlier left; None where there are not two."""
    pairs = list(combinations(spoken, 2))
    if not pairs:
        return None
    left, right = next((pair for pair in pairs if _differs(*pair)), pairs[0])
    by = (names.get(left.by, left.by), names.get(right.by, right.by))
    return Conflict(who, left, right, *by, others=len(spoken) - 2)


def _differs(one: Spoken, other: Spoken) -> bool:
    both = one.stated is not None and other.stated is not None
    return (both and one.stated != other.stated) or one.proposals != other.proposals


def _pairs(wording: Wording, left: Spoken, right: Spoken) -> Iterable[_Pair]:
    say = wording.say
    yield _marked(w.R_STATED, left.stated, right.stated)
    yield _Pair(w.R_REPLY, left.reply or "—", right.reply or "—")
    yield _Pair(w.R_FIELDS, say(w.COUNT_OF, n=left.verified), say(w.COUNT_OF, n=right.verified))
    yield _Pair(w.R_EVIDENCE, str(left.evidence or "—"), str(right.evidence or "—"))
    for field in {**dict(left.proposals), **dict(right.proposals)}:
        word = w.FIELDS.get(field, literal(field))
        yield _marked(word, _value(wording, left, field), _value(wording, right, field))


def _value(wording: Wording, spoken: Spoken, field: str) -> str:
    found = dict(spoken.proposals).get(field)
    return found or (wording.say(w.SAME) if field in spoken.fields else "—")


def _marked(item: Sentence, left: Value, right: Value) -> _Pair:
    """Return a row of the comparison, marked where both say something else."""
    if left == right or None in {left, right}:
        return _Pair(item, left, right)
    return _Pair(item, Toned(shown(left), "error"), Toned(shown(right), "error"))
