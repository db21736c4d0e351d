"""Who counts and by which rules: counters, blind or open, tolerance, what must be verified."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from erpdesk.domain.ids import PersonName
from erpdesk.domain.money import Money, parse_amount, parse_number
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.variance import Tolerance
from erpdesk.errors import UserError
from erpdesk.services.stocktake.campaign_board import Crew
from erpdesk.words import Sentence
from ui.models.cells import Chip
from ui.pages.campaigns import words as w
from ui.widgets.button import Button
from ui.widgets.entry_view import clear
from ui.widgets.labelled import labelled
from ui.widgets.parts import ChipLabel, Label, Panel, column, row, set_property, walk_after
from ui.work.wording import Wording, literal

LEAST_PERMILLE: Final = 900
_COLUMNS: Final = 3


class PeopleAndRules(QWidget):
    """``changed`` comes with every change; ``wrong`` names the fields that cannot be read."""

    changed = Signal()

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        self._crew: tuple[Crew, ...] = ()
        self._blind: bool | None = None
        self._wanted: tuple[Sequence[PersonName], Sequence[PersonName]] = ((), ())
        self.counters: dict[str, QCheckBox] = {}
        self.recounters: dict[str, QCheckBox] = {}
        self._chips: dict[str, ChipLabel] = {}
        self._make()
        self._lay_out()
        for field in (self.tolerance, self.percent, self.sample, self.least):
            field.textChanged.connect(lambda _: self._judge())
        self.blind.clicked.connect(lambda: self._decide(is_blind=True))
        self.open.clicked.connect(lambda: self._decide(is_blind=False))
        words.when_switched(self._say_again)
        self._say_again()

    def _make(self) -> None:
        words = self._words
        self.tolerance, self.percent = QLineEdit(), QLineEdit()
        self.sample, self.least = QLineEdit(), QLineEdit()
        self.blind, self.open = Button("", height_px=28), Button("", height_px=28)
        for button, word in ((self.blind, w.BLIND), (self.open, w.OPEN_COUNT)):
            button.setCheckable(True)
            words.put(button, "setText", word)
        self.blind_what = Label("", "small", "text2", wraps=True)
        self.required = {name: QCheckBox() for name in w.FIELDS}
        for name, box in self.required.items():
            words.put(box, "setText", w.FIELDS[name])
            box.toggled.connect(lambda _: self.changed.emit())
        for field in (self.tolerance, self.percent, self.sample, self.least):
            field.setMinimumHeight(30)
            field.setMaxLength(20)
        self.sample.setPlaceholderText("0")
        self.least.setPlaceholderText(f"{LEAST_PERMILLE // 10}")

    def _lay_out(self) -> None:
        named = partial(labelled, self._words)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        boxes = QGridLayout()
        boxes.setContentsMargins(0, 0, 0, 0)
        for n, box in enumerate(self.required.values()):
            boxes.addWidget(box, n // _COLUMNS, n % _COLUMNS)
        people = Panel(self._titled(w.PEOPLE), self._grid, gap=6)
        blind = Panel(
            row(self._titled(w.BLIND_TITLE), self.blind, self.open, "stretch"), self.blind_what,
            gap=6,
        )  # fmt: skip
        rules = Panel(
            row((named(w.TOLERANCE, self.tolerance), 1),
                (named(w.PERCENT, self.percent), 1)),
            row((named(w.SAMPLE, self.sample), 1), (named(w.LEAST, self.least), 1)),
            self._label(w.REQUIRED), boxes, gap=6,
        )  # fmt: skip
        self.setLayout(column(people, blind, rules, gap=10))

    def show_crew(self, crew: Sequence[Crew]) -> None:
        """Show everybody who may count; who is chosen stays chosen."""
        chosen = self._ticked
        self._crew = tuple(crew)
        clear(self._grid)
        self.counters.clear()
        self.recounters.clear()
        self._chips.clear()
        if not crew:
            self._grid.addWidget(Label(self._words.say(w.NO_CREW), "body", "text2"), 0, 0)
        for n, one in enumerate(crew):
            self._add_person(n, one)
        self._walk()
        self._choose(*chosen)

    def _walk(self) -> None:
        """Let Tab come to the people first, as they stand first."""
        boxes = [
            one
            for pair in zip(self.counters.values(), self.recounters.values(), strict=True)
            for one in pair
        ]
        walk_after(self, boxes)

    @property
    def _ticked(self) -> tuple[Sequence[PersonName], Sequence[PersonName]]:
        """Return who is ticked; before anybody is shown, who will be."""
        if not self.counters:
            return self._wanted
        return self.chosen_counters, self.chosen_recounters

    def _add_person(self, n: int, one: Crew) -> None:
        mark = ChipLabel(Chip(self._words.say(w.READS_BOOKS), "attention", "eye"))
        self._chips[one.person] = mark
        who = QWidget()
        who.setLayout(row(Label(one.display), mark, "stretch", gap=8))
        self._grid.addWidget(who, n, 0)
        for place, (boxes, word) in enumerate(
            ((self.counters, w.COUNTER), (self.recounters, w.RECOUNTER)), 1
        ):
            box = QCheckBox()
            said = Sentence(f"{one.display} {word.zh}", f"{one.display} {word.en}")
            self._words.put(box, "setText", word)
            self._words.put(box, "setAccessibleName", literal_sentence(said))
            box.toggled.connect(lambda _: self._toggled())
            boxes[one.person] = box
            self._grid.addWidget(box, n, place)

    @property
    def chosen_counters(self) -> tuple[PersonName, ...]:
        """Return who is ticked as counter, in the order shown."""
        return tuple(PersonName(name) for name, box in self.counters.items() if box.isChecked())

    @property
    def chosen_recounters(self) -> tuple[PersonName, ...]:
        """Return who is ticked as recounter, in the order shown."""
        return tuple(PersonName(name) for name, box in self.recounters.items() if box.isChecked())

    @property
    def is_blind(self) -> bool | None:
        """Return whether counting is blind; None until it is decided."""
        return self._blind

    @property
    def chosen_fields(self) -> tuple[str, ...]:
        """Return the fields that must be verified."""
        return tuple(name for name, box in self.required.items() if box.isChecked())

    def tolerance_in(self, currency: str) -> Tolerance | None:
        """Return the limits; None while no amount is written or one cannot be read."""
        amount, percent = self._amount(currency), permille_of(self.percent.text())
        if amount is None or isinstance(percent, str):
            return None
        return Tolerance(amount.minor, percent)

    @property
    def sample_permille(self) -> int:
        """Return the share that is drawn for a recount, in thousandths."""
        found = permille_of(self.sample.text())
        return found if isinstance(found, int) else 0

    @property
    def least_permille(self) -> int:
        """Return the coverage a recount needs, in thousandths."""
        found = permille_of(self.least.text())
        return found if isinstance(found, int) else LEAST_PERMILLE

    @property
    def wrong(self) -> tuple[str, ...]:
        """Return the names of the fields in which something cannot be read."""
        shares = (("percent", self.percent), ("sample", self.sample), ("least", self.least))
        found = [name for name, field in shares if isinstance(permille_of(field.text()), str)]
        is_wrong = bool(self.tolerance.text().strip()) and self._amount("CNY") is None
        return (*(["tolerance"] if is_wrong else []), *found)

    def put_plan(self, plan: CampaignPlan) -> None:
        """Show what a plan says."""
        limits = plan.tolerance
        self._blind = plan.blind
        self._choose(plan.counters, plan.recounters)
        amount = Money(limits.absolute_minor, plan.currency).plain() if limits else ""
        self.tolerance.setText(amount)
        self.percent.setText(_share(limits.permille if limits else None))
        self.sample.setText(_share(plan.sample_permille or None))
        is_usual = plan.coverage_permille == LEAST_PERMILLE
        self.least.setText("" if is_usual else _share(plan.coverage_permille))
        for name, box in self.required.items():
            box.setChecked(name in plan.required)

    def field(self, name: str) -> QWidget:
        """Return the part in which something is mended."""
        first: QWidget = next(iter(self.counters.values()), self.blind)
        return {
            "people": first, "blind": self.blind, "tolerance": self.tolerance,
            "percent": self.percent, "sample": self.sample, "least": self.least,
        }[name]  # fmt: skip

    def _amount(self, currency: str) -> Money | None:
        try:
            return parse_amount(self.tolerance.text(), currency)
        except UserError:
            return None

    def _choose(self, counters: Sequence[PersonName], recounters: Sequence[PersonName]) -> None:
        self._wanted = (counters, recounters)
        for boxes, chosen in ((self.counters, counters), (self.recounters, recounters)):
            for name, box in boxes.items():
                box.setChecked(name in chosen)
        self._mark()

    def _toggled(self) -> None:
        self._mark()
        self.changed.emit()

    def _decide(self, *, is_blind: bool) -> None:
        self._blind = is_blind
        self._mark()
        self.changed.emit()

    def _judge(self) -> None:
        wrong = self.wrong
        for name in ("tolerance", "percent", "sample", "least"):
            set_property(self.field(name), "wrong", "true" if name in wrong else "false")
        self.changed.emit()

    def _mark(self) -> None:
        """Mark in a blind plan those counters who can read the books."""
        self.blind.setChecked(self._blind is True)
        self.open.setChecked(self._blind is False)
        what = {True: w.BLIND_WHAT, False: w.OPEN_WHAT, None: w.BLIND_OPEN}[self._blind]
        self._words.put(self.blind_what, "setText", what)
        self.blind_what.set_ink("attention" if self._blind is None else "text2")
        chosen = {*self.chosen_counters, *self.chosen_recounters}
        for one in self._crew:
            is_marked = bool(self._blind) and one.reads_books and one.person in chosen
            self._chips[one.person].setVisible(is_marked)

    def _say_again(self) -> None:
        for chip in self._chips.values():
            chip.show_chip(Chip(self._words.say(w.READS_BOOKS), "attention", "eye"))

    def _titled(self, said: Sentence) -> Label:
        label = Label("", "section")
        self._words.put(label, "setText", said)
        return label

    def _label(self, said: Sentence) -> Label:
        label = Label("", "label", "text2")
        self._words.put(label, "setText", said)
        return label


def literal_sentence(said: Sentence) -> Sentence:
    """Return a sentence in which a name stands: its braces are no places for facts."""
    return Sentence(literal(said.zh).zh, literal(said.en).en)


def permille_of(text: str) -> int | str | None:
    """Return a share in per cent as thousandths; None for nothing, the text for what is none."""
    if not text.strip():
        return None
    try:
        value = parse_number(text.replace("%", "").replace("％", ""), decimals=1) * 10
    except UserError:
        return text
    is_share = value == value.to_integral_value() and 0 <= value <= 1000
    return int(value) if is_share else text


def _share(permille: int | None) -> str:
    return "" if permille is None else f"{Decimal(permille) / 10:f}"
