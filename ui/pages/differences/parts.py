"""Why a line differs, part by part: a reason, what it allows, and its share of the difference."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.stocktake.causes import MAKES, RULES, Treatment, causes_for, needs_of
from erpdesk.domain.stocktake.review import parts_of
from erpdesk.domain.stocktake.variance import Cause, VarianceKind
from erpdesk.errors import UserError
from erpdesk.services.stocktake.reviewing import Row
from erpdesk.words import KINDS
from erpdesk.words.causes import CAUSES, TREATMENTS
from ui.pages.differences import words as w
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import STRETCH, Label, column, free, row
from ui.work.wording import Wording

BALANCE: Final = VarianceKind.BALANCE


class PartEditor(QWidget):
    """One part: its reason, its treatment, and, where there are several, its amount.

    Reasons are offered that can explain ``whole`` by its sign; zero offers all.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, words: Wording, need: VarianceKind, whole: Money) -> None:
        super().__init__()
        self._words, self.need, self.whole = words, need, whole
        self.cause, self.treatment, self.amount = Combo(), Combo(), QLineEdit()
        self.remove = Button("", "plain", icon="x", height_px=28)
        self._name = Label("", "label", "text2")
        self.makes = Label("", "small", "text2", wraps=True)
        words.put(self._name, "setText", w.NEEDS[need])
        words.put(self.cause, "setAccessibleName", w.NEEDS[need])
        words.put(self.treatment, "setAccessibleName", w.TREATMENT)
        words.put(self.amount, "setAccessibleName", w.PART_AMOUNT)
        words.put(self.remove, "setAccessibleName", w.REMOVE)
        for field in (self.cause, self.treatment, self.amount):
            field.setMinimumHeight(30)
            field.setMinimumWidth(60)
        self.amount.setMaxLength(24)
        self.setLayout(
            column(
                row(self._name, STRETCH, self.remove), self.cause, self.treatment, self.amount,
                self.makes, gap=4,
            )
        )  # fmt: skip
        self.be_one_of(1)
        self._offer()
        self._say_makes()
        self.cause.activated.connect(lambda _: self._chosen())
        self.treatment.activated.connect(lambda _: self._changed())
        self.amount.textChanged.connect(lambda _: self.changed.emit())
        self.remove.clicked.connect(self.removed)

    def be_one_of(self, count: int) -> None:
        """Show the amount and the way out where there are several parts."""
        is_shared = count > 1 and self.need is BALANCE
        self.amount.setVisible(is_shared)
        self.remove.setVisible(is_shared)

    def put(self, part: Cause) -> None:
        """Show what was said."""
        self.cause.setCurrentIndex(self.cause.findData(part.kind))
        self._allow()
        self.treatment.setCurrentIndex(self.treatment.findData(part.action))
        self.amount.setText(part.amount.grouped() if self.need is BALANCE else "")
        self._say_makes()

    @property
    def typed(self) -> Money | None:
        """Return the amount that is written; None for an empty field.

        Raises:
            UserError: it is no amount.
        """
        text = self.amount.text().strip()
        return parse_amount(text, self.whole.currency) if text else None

    def part(self, amount: Money) -> Cause | None:
        """Return what is said; None while a choice is open."""
        kind, action = self.cause.currentData(), self.treatment.currentData()
        return Cause(kind, amount, action=action) if kind and action else None

    def lock(self, *, is_locked: bool) -> None:
        """Let nothing be changed."""
        for field in (self.cause, self.amount, self.remove):
            field.setEnabled(not is_locked)
        is_open = bool(self.cause.currentData()) and not is_locked
        self.treatment.setEnabled(is_open)

    def say_again(self) -> None:
        """Say everything in the language of now; what is chosen stays."""
        kind, action = self.cause.currentData(), self.treatment.currentData()
        self._offer()
        self.cause.setCurrentIndex(max(0, self.cause.findData(kind)))
        self._allow()
        self.treatment.setCurrentIndex(max(0, self.treatment.findData(action)))
        self._say_makes()

    def _offer(self) -> None:
        say = self._words.say
        with QSignalBlocker(self.cause):
            self.cause.clear()
            self.cause.addItem(say(w.CHOOSE_CAUSE), "")
            for one in causes_for(self.need, self.whole):
                self.cause.addItem(say(CAUSES[one.code]), one.code)
        self._allow()

    def _allow(self) -> None:
        """Offer the treatments that the reason allows; a single one is taken."""
        say, rule = self._words.say, RULES.get(self.cause.currentData() or "")
        allowed = rule.treatments if rule else ()
        self.treatment.clear()
        if len(allowed) != 1:
            self.treatment.addItem(say(w.CHOOSE_TREATMENT if rule is None else w.TREATMENT), "")
        for one in allowed:
            self.treatment.addItem(say(TREATMENTS[one.value]), one.value)
        self.treatment.setEnabled(self.cause.isEnabled() and bool(allowed))

    def _chosen(self) -> None:
        self._allow()
        self._changed()

    def _changed(self) -> None:
        self._say_makes()
        self.changed.emit()

    def _say_makes(self) -> None:
        action = self.treatment.currentData()
        kinds = sorted(MAKES.get(Treatment(action), ())) if action else []
        said = w.OR.join(self._words.say(KINDS[kind]) for kind in kinds)
        self.makes.setText(self._words.say(w.MAKES, kinds=said) if said else "")
        self.makes.setVisible(bool(said))


class PartsEditor(QWidget):
    """All parts of one line; ``changed`` comes with every choice, ``added`` with a new part."""

    changed = Signal()
    added = Signal(QWidget)

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self.editors: list[PartEditor] = []
        self._whole: Money | None = None
        self._is_locked = False
        self.split = Button("", "quiet", icon="plus", key="F2", height_px=26)
        words.put(self.split, "setText", w.SPLIT)
        self._column = column(gap=10)
        self.setLayout(column(self._column, row(self.split, STRETCH), gap=6))
        self.split.clicked.connect(self.add)
        words.when_switched(self._say_again)

    def show_line(self, line: Row | None, *, is_locked: bool) -> None:
        """Show what is said of a line, or what asks for a reason."""
        self._clear()
        self._is_locked = is_locked
        self._whole = line.judged.unexplained if line else None
        needs = needs_of(line.judged) if line and line.differs else ()
        said = parts_of(line.said) if line and line.said else ()
        currency = line.key[1] if line else "CNY"
        for need in needs:
            theirs = [one for one in said if one.kind in RULES and RULES[one.kind].answers is need]
            is_alone = need is BALANCE and len(theirs) < 2
            whole = self._whole if is_alone and self._whole else Money(0, currency)
            for editor in [self._make(need, whole) for _ in range(max(1, len(theirs)))]:
                if theirs:
                    editor.put(theirs.pop(0))
        self.split.setVisible(BALANCE in needs and not is_locked)
        self._arrange()

    def add(self) -> None:
        """Split the balance once more: the new part is the rest until it has an amount."""
        if self._whole is None or self._is_locked or not self._balance:
            return
        first = self._balance[0]
        if len(self._balance) == 1 and not first.amount.text():
            first.amount.setText(self._whole.grouped())
        editor = self._make(BALANCE, Money(0, self._whole.currency))
        self._arrange()
        editor.cause.setFocus()
        self.added.emit(editor)
        self.changed.emit()

    @property
    def parts(self) -> tuple[Cause, ...]:
        """Return what is said; parts without a choice are left out.

        Raises:
            UserError: an amount cannot be read.
        """
        amounts = self._amounts()
        found = (editor.part(amounts[editor]) for editor in self.editors)
        return tuple(one for one in found if one is not None)

    def single(self, line: Row) -> tuple[Cause, ...]:
        """Return what is said, for another line that it is said of as well: its own amount."""
        left = line.judged.unexplained or Money(0, line.key[1])
        nothing = Money(0, line.key[1])
        found = (one.part(left if one.need is BALANCE else nothing) for one in self.editors)
        return tuple(one for one in found if one is not None)

    @property
    def is_split(self) -> bool:
        """Say whether the balance has several parts."""
        return len(self._balance) > 1

    @property
    def _balance(self) -> list[PartEditor]:
        return [one for one in self.editors if one.need is BALANCE]

    def _amounts(self) -> dict[PartEditor, Money]:
        """Return the amount of each part; the one without is the rest."""
        balance = self._balance
        found = {one: Money(0, one.whole.currency) for one in self.editors}
        if self._whole is None or not balance:
            return found
        if len(balance) == 1:
            return found | {balance[0]: self._whole}
        typed = {one: one.typed for one in balance}
        rest = self._whole
        for amount in typed.values():
            rest = rest - amount if amount is not None else rest
        nothing = Money(0, rest.currency)
        for one, amount in typed.items():
            found[one] = amount if amount is not None else rest
            rest = nothing if amount is None else rest
        return found

    def _make(self, need: VarianceKind, whole: Money) -> PartEditor:
        editor = PartEditor(self._words, need, whole)
        editor.changed.connect(self._changed)
        editor.removed.connect(lambda: self._remove(editor))
        editor.lock(is_locked=self._is_locked)
        self.editors.append(editor)
        self._column.addWidget(editor)
        return editor

    def _remove(self, editor: PartEditor) -> None:
        self.editors.remove(editor)
        self._column.removeWidget(editor)
        free(editor)
        self._arrange()
        self.changed.emit()

    def _clear(self) -> None:
        for editor in self.editors:
            self._column.removeWidget(editor)
            free(editor)
        self.editors = []

    def _arrange(self) -> None:
        count = len(self._balance)
        for one in self.editors:
            one.be_one_of(count)
        self._say_rest()

    def _changed(self) -> None:
        self._say_rest()
        self.changed.emit()

    def _say_rest(self) -> None:
        """Write into the fields without an amount what is left for them."""
        try:
            amounts = self._amounts()
        except UserError:
            return
        for one, amount in amounts.items():
            one.amount.setPlaceholderText(self._words.say(w.REST, amount=amount.grouped()))

    def _say_again(self) -> None:
        for editor in self.editors:
            editor.say_again()
        self._say_rest()
