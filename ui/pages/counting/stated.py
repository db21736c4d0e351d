"""The balance a customer states: empty is no answer, zero is one."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.stocktake.counting import Reply
from erpdesk.errors import UserError
from erpdesk.words import Sentence
from ui.look import Tone, scaled
from ui.pages.counting import words as w
from ui.pages.counting.facts import Figures
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import (
    STRETCH,
    ElidedLabel,
    Icon,
    Label,
    Panel,
    column,
    row,
    set_property,
)
from ui.widgets.sized_panel import SizedPanel
from ui.work.wording import Wording, refusal

WIDTH_PX = 306


@dataclass(frozen=True, slots=True)
class Difference:
    """What is said beside a stated balance: a tone, the difference, and what it looks like."""

    tone: Tone
    said: Sentence
    amount: str = ""
    hint: Sentence | None = None
    hint_amount: str = ""


class StatedBalance(SizedPanel):
    """Amount, way of answering, evidence; ``confirmed`` by Enter, ``attach_wanted`` by Ctrl+U.

    ``figures`` are the books' by currency: none when they are withheld, so that nothing here can
    tell more than the customer said.
    """

    confirmed = Signal()
    edited = Signal()
    attach_wanted = Signal()

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._figures: dict[str, Figures] = {}
        self.evidence: tuple[str, ...] = ()
        self._is_compact = False
        self._make_parts()
        super().__init__(
            row(self._title, STRETCH, self._only, self.currency, gap=6),
            self.amount, self._problem,
            row(self.as_book, self.not_theirs, (self._empty, 1), gap=6),
            self._box,
            row(
                (column(self._way_label, self.way, gap=3), 1),
                (column(self._who_label, self.who, gap=3), 1),
            ),
            row(self.attach, self._attached, STRETCH, gap=6),
            STRETCH,
            gap=7, margins=(12, 9, 12, 8),
        )  # fmt: skip
        self.measure()
        self._connect()

    @override
    def measure(self) -> None:
        self.setFixedWidth(width_px())

    def _make_parts(self) -> None:
        put = self._wording.put
        self._title = Label("", "section")
        put(self._title, "setText", w.STATED)
        self.currency, self._only = Combo(), Label("", "small", "text3")
        put(self.currency, "setAccessibleName", Sentence("币种", "Currency"))
        self.amount = QLineEdit()
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.amount.setFixedHeight(44)
        self.amount.setMaxLength(60)
        set_property(self.amount, "type", "figure")
        put(self.amount, "setAccessibleName", w.STATED)
        self._title.setBuddy(self.amount)
        self._problem = Label("", "small", "error", wraps=True)
        self._problem.hide()
        self.as_book, self.not_theirs = (
            Button("", key="F8", height_px=28),
            Button("", "quiet", height_px=26),
        )
        put(self.as_book, "setText", w.AS_BOOK)
        put(self.not_theirs, "setText", w.NOT_THEIRS)
        self._empty = ElidedLabel("", "small", "text3")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        put(self._empty, "setText", w.EMPTY_IS_NOT_ZERO)
        self._icon, self._said = (
            Icon("triangle-alert", "attention"),
            Label("", "strong", "attention"),
        )
        self._hint = ElidedLabel("", "small")
        self._box = Panel(
            row(self._icon, self._said, STRETCH, gap=6), self._hint,
            ground="attention", gap=2, margins=(10, 7, 10, 7),
        )  # fmt: skip
        self._box.hide()
        self._make_answer()

    def _make_answer(self) -> None:
        put = self._wording.put
        self._way_label, self._who_label = Label("", "label", "text2"), Label("", "label", "text2")
        put(self._way_label, "setText", w.WAY)
        put(self._who_label, "setText", w.WHO)
        self.way, self.who = Combo(), QLineEdit()
        for way in w.WAYS:
            self.way.addItem("", way)
        self._say_ways()
        put(self.way, "setAccessibleName", w.WAY)
        put(self.who, "setAccessibleName", w.WHO)
        for part in (self.way, self.who):
            part.setMinimumHeight(30)
        self._way_label.setBuddy(self.way)
        self._who_label.setBuddy(self.who)
        self.attach = Button("", "quiet", icon="paperclip", key="Ctrl+U", height_px=26)
        put(self.attach, "setText", w.ATTACH)
        self._attached = Label("", "small", "text2")

    def _connect(self) -> None:
        self.amount.textChanged.connect(self.look)
        self.amount.editingFinished.connect(self._write_well)
        self.amount.returnPressed.connect(self.confirmed)
        self.currency.currentIndexChanged.connect(self.look)
        self.as_book.clicked.connect(self.take_book)
        self.not_theirs.clicked.connect(self.take_zero)
        self.who.returnPressed.connect(self.amount.setFocus)
        self.who.textChanged.connect(self.edited)
        self.attach.clicked.connect(self.attach_wanted)
        self._wording.when_switched(self._speak)

    def set_compact(self, *, is_compact: bool) -> None:
        """Be lower, for a low window: the second line of the difference goes to its tooltip."""
        self._is_compact = is_compact
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(4 if is_compact else 7)
        self.look()

    def clear(self, currencies: tuple[str, ...]) -> None:
        """Be empty again: nothing stated, nobody named, no evidence."""
        self.currency.clear()
        self.currency.addItems(currencies)
        self.currency.setVisible(len(currencies) > 1)
        self._only.setText(currencies[0] if len(currencies) == 1 else "")
        for field in (self.amount, self.who):
            field.clear()
        self.way.setCurrentIndex(0)
        self.attached(())
        self.look()

    def use_figures(self, figures: tuple[Figures, ...]) -> None:
        """Compare with these; with none, nothing is compared and F8 is not there."""
        self._figures = {one.book.currency: one for one in figures}
        self.as_book.setVisible(bool(figures))
        self.look()

    def attached(self, evidence: tuple[str, ...]) -> None:
        """Show how much evidence was attached."""
        self.evidence = evidence
        said = w.ATTACHED if evidence else Sentence("", "")
        self._wording.put(self._attached, "setText", said, n=len(evidence))

    def take_book(self) -> None:
        """Fill in what the books say; never while it is withheld."""
        figures = self._figures.get(self.currency.currentText())
        if figures is not None:
            self._fill(figures.book)

    def take_zero(self) -> None:
        """Say that they have no such account: zero, which is an answer."""
        self._fill(Money(0, self.currency.currentText() or "CNY"))

    def _fill(self, amount: Money) -> None:
        self.amount.setText(amount.grouped())
        self.amount.setFocus()
        self.look()

    @property
    def stated(self) -> Money | None:
        """Return what was stated; None for no answer.

        Raises:
            UserError: what stands there is no amount.
        """
        text = self.amount.text().strip()
        if not text:
            return None
        return parse_amount(text, self.currency.currentText() or "CNY")

    @property
    def reply(self) -> Reply | None:
        """Return how they answered, when that was said."""
        way, who = str(self.way.currentData()), self.who.text().strip()
        return Reply(way or "电话", who or None) if way or who else None

    def problem(self) -> UserError | None:
        """Return what stands against the amount as it is typed."""
        try:
            self.stated  # noqa: B018 - reading it is the check
        except UserError as error:
            return error
        return None

    def look(self) -> None:
        """Say what is wrong with the amount, or how it differs from the books."""
        problem = self.problem()
        set_property(self.amount, "wrong", problem is not None)
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._wording.put(self._problem, "setText", refusal(problem))
        difference = None if problem is not None else self._difference()
        self._box.setVisible(difference is not None)
        if difference is not None:
            self._show(difference)
        self.edited.emit()

    def _difference(self) -> Difference | None:
        stated, figures = self.stated, self._figures.get(self.currency.currentText())
        if stated is None or figures is None:
            return None
        off = stated - figures.book
        if not off.minor:
            return Difference("ok", w.NO_DIFFERENCE)
        hint, amount = w.STATED_LESS if off.minor < 0 else w.STATED_MORE, ""
        if off.minor == -figures.unbilled.minor:
            hint, amount = w.LIKE_UNBILLED, figures.unbilled.grouped()
        elif off.minor == figures.unapplied.minor:
            hint, amount = w.LIKE_UNAPPLIED, figures.unapplied.grouped()
        return Difference("attention", w.DIFFERENCE, off.grouped(), hint, amount)

    def _show(self, one: Difference) -> None:
        put = self._wording.put
        self._box.set_ground(one.tone)
        self._icon.show_icon("circle-check" if one.tone == "ok" else "triangle-alert", one.tone)
        self._said.set_ink(one.tone)
        put(self._said, "setText", one.said, amount=one.amount)
        hint = one.hint or Sentence("", "")
        self._hint.setVisible(one.hint is not None and not self._is_compact)
        put(self._hint, "setText", hint, amount=one.hint_amount)
        put(self._box, "setToolTip", hint, amount=one.hint_amount)

    def _write_well(self) -> None:
        if self.problem() is None and (stated := self.stated) is not None:
            self.amount.setText(stated.grouped())

    def _say_ways(self) -> None:
        for n, way in enumerate(w.WAYS):
            self.way.setItemText(n, self._wording.say(w.WAY_WORDS[way]))

    def _speak(self) -> None:
        self._say_ways()
        self.look()


def width_px() -> int:
    """Return how wide the panel is: half as much wider as the text is larger."""
    return WIDTH_PX + (scaled(WIDTH_PX) - WIDTH_PX) // 2
