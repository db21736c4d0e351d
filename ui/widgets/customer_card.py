"""Where we stand with a customer: the same card in counting, side sheet and voucher form."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from erpdesk.domain.money import Money
from ui.look import Ink, Type, scaled, tokens
from ui.models.cells import Chip, Value, Withheld, shown
from ui.widgets.charts import Part, SegmentBar
from ui.widgets.delegates import ink_of
from ui.widgets.painting import hatched
from ui.widgets.parts import (
    STRETCH,
    ChipLabel,
    ElidedLabel,
    Icon,
    Label,
    Painted,
    column,
    emptied,
    row,
    rule,
)

Claim = Literal["billed", "unbilled", "unapplied"]
_INKS: dict[Claim, Ink] = {"billed": "accent", "unbilled": "unbilled", "unapplied": "ok"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: caption, value (withheld in a blind count), hint, and what it is made of."""

    caption: str
    value: Value
    hint: str = ""
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact in a line: icon in an ink, and its words."""

    icon: str
    words: str
    ink: Ink = "text2"


@dataclass(frozen=True, slots=True)
class CustomerView:
    """All that the card shows, in the words and the language of the page."""

    name: str
    chips: tuple[Chip, ...]
    identity: tuple[str, ...]
    figures: tuple[Figure, ...]
    balance: Figure
    facts: tuple[Fact, ...] = ()

    @property
    def is_withheld(self) -> bool:
        """Say whether a figure is kept from the counter, so that none may be drawn."""
        figures = (*self.figures, self.balance)
        return any(isinstance(one.value, Withheld) for one in figures)


class CustomerCard(QWidget):
    """A customer while counting: name, what is due, what the balance is made of, facts."""

    def __init__(self, *, composition_word: str = "余额构成") -> None:
        super().__init__()
        self._name = ElidedLabel("", "subject")
        self._chips = row(gap=8)
        self._identity = ElidedLabel("", "small", "text2")
        self._figures, self._boxes = row(gap=14), list[FigureBox]()
        self._shape: tuple[object, ...] = ()
        self._bar = SegmentBar(composition_word, height_px=8)
        self._facts = row(gap=16)
        head = row(self._name, self._chips, STRETCH, gap=8)
        top = column(head, self._identity, gap=2)
        self.setLayout(column(top, self._figures, self._bar, self._facts, gap=10))

    def use_words(self, *, composition_word: str) -> None:
        """Say everything in these words."""
        self._bar.setAccessibleName(composition_word)

    def show_customer(self, view: CustomerView) -> None:
        """Show a customer."""
        self._name.setText(view.name)
        self._identity.setText("·".join(view.identity))
        emptied(self._chips)
        for chip in view.chips:
            self._chips.addWidget(ChipLabel(chip, has_icon=bool(chip.icon)))
        self._show_figures(view)
        emptied(self._facts)
        for fact in view.facts:
            words = ElidedLabel(fact.words, "small")
            self._facts.addLayout(row(Icon(fact.icon, fact.ink, 13), words, gap=5))
        self._facts.addStretch(1)
        self.setAccessibleName(sentence_of(view))

    def set_compact(self, *, is_compact: bool) -> None:
        """Leave the bar out, for a low window."""
        self._bar.setVisible(not is_compact)

    def _show_figures(self, view: CustomerView) -> None:
        """Say the figures in the boxes there are; those of another shape are made anew."""
        every = (*view.figures, view.balance)
        hinted = any(one.hint for one in every)
        shape = (hinted, *(one.claim for one in every))
        if shape != self._shape:
            self._shape = shape
            self._make_boxes(view, hinted=hinted)
        for box, figure in zip(self._boxes, every, strict=True):
            box.say(figure)
        parts = () if view.is_withheld else tuple(filter(None, map(_part, view.figures)))
        self._bar.show_parts(parts)

    def _make_boxes(self, view: CustomerView, *, hinted: bool) -> None:
        emptied(self._figures)
        parts = [FigureBox(one.claim, "figure2", hinted=hinted) for one in view.figures]
        balance = FigureBox(view.balance.claim, "figure", hinted=hinted)
        for part in parts:
            self._figures.addWidget(part, 3)
        self._figures.addWidget(rule(is_upright=True))
        self._figures.addWidget(balance, 3)
        self._boxes = [*parts, balance]


class FigureBox(QWidget):
    """A figure under its caption, with its hint where any of them has one."""

    def __init__(self, claim: Claim | None, type_: Type, *, hinted: bool) -> None:
        super().__init__()
        self._caption = Label("", "small", "text2")
        self._value = Label("", type_, align=Qt.AlignmentFlag.AlignLeft)
        self._hint = ElidedLabel("", "small", "text3") if hinted else None
        swatch = Swatch(claim) if claim is not None else None
        head = row(swatch, self._caption, STRETCH, gap=5)
        self.setLayout(column(head, (self._value, 1), self._hint, gap=1))

    def say(self, figure: Figure) -> None:
        """Show a figure."""
        ink = ink_of(figure.value)
        self._caption.setText(figure.caption)
        self._value.setText(shown(figure.value))
        self._value.set_ink("unbilled" if figure.claim == "unbilled" and ink == "text" else ink)
        if self._hint is not None:
            self._hint.setText(figure.hint)


def _part(figure: Figure) -> Part | None:
    if figure.claim is None or not isinstance(figure.value, Money):
        return None
    return Part(figure.caption, shown(figure.value), figure.value.minor, figure.claim)


def sentence_of(view: CustomerView) -> str:
    """Return a customer as a sentence: the name, then every figure."""
    figures = (*view.figures, view.balance)
    said = [f"{one.caption} {shown(one.value)}" for one in figures]
    return "，".join([view.name, *said])


class Swatch(Painted):
    """The small square that says which claim a figure is."""

    def __init__(self, claim: Claim) -> None:
        super().__init__()
        self._claim: Claim = claim
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(scaled(10), scaled(10))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = QPainter(self), tokens().ink(_INKS[self._claim])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_hatched = self._claim == "unbilled"
        painter.setPen(QPen(ink, 1) if is_hatched else Qt.PenStyle.NoPen)
        painter.setBrush(hatched(ink) if is_hatched else ink)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
        painter.end()
