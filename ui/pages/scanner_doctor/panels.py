"""The panels of the scanner doctor: what was found, the raw keys with the profile, the device."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from typing_extensions import override

from erpdesk.domain.codes.scanner_check import Checked, Remedy, remedies
from erpdesk.words import Sentence
from ui.look import TONE_ICONS, Ink, Tone, scaled
from ui.models.cells import Chip, Toned, Value
from ui.models.row_model import Column, RowModel
from ui.pages.scanner_doctor import words as w
from ui.pages.scanner_doctor.findings import FOUND, VERBS, WHY_FIRST
from ui.pages.scanner_doctor.parts import Facts, StepList
from ui.widgets.button import Button
from ui.widgets.code_view import PairStrip
from ui.widgets.combo import Combo
from ui.widgets.document_facts import Fact
from ui.widgets.entry_view import FactList
from ui.widgets.parts import (
    STRETCH,
    ChipLabel,
    ElidedLabel,
    Icon,
    Item,
    Label,
    Panel,
    column,
    row,
    rule,
)
from ui.widgets.row_table import RowTable
from ui.work.scanner_profile import SPEEDS_BAUD, SerialPort
from ui.work.wording import Wording

LEFT_PX, RIGHT_PX = 234, 276
PLACE_PX = 56
"""Room for the place of a key."""
_KEYS: Final = ("F8", "F7", "")
_PROFILE_FACTS: Final = 4


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One raw key as it is shown; ``is_wrong`` where another character was printed."""

    n: int
    at: str
    sign: str
    gap: str
    place: str
    is_wrong: bool = False


class FindingPanel(Panel):
    """``chosen`` carries the remedy that somebody takes; the first has F8, the second F7."""

    chosen = Signal(object)

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._icon, self._title = Icon("circle-dashed", "neutral", 18), Label("", "section")
        self._chip = ChipLabel(Chip("", "attention", "spell-check"))
        self._strip = PairStrip()
        self._cause, self._first = Label("", "body", wraps=True), ElidedLabel("", "small", "text2")
        self._first.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._how = Label("", "body", wraps=True)
        self.buttons = [
            Button("", "primary" if n == 0 else "normal", key=key) for n, key in enumerate(_KEYS)
        ]
        self._remedies: tuple[Remedy, ...] = ()
        for n, button in enumerate(self.buttons):
            button.clicked.connect(lambda _, n=n: self.take(n))
        self.checks = FactList()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._found_view())
        self._stack.addWidget(self._checks_view())
        super().__init__(
            row(self._icon, (self._title, 1), self._chip, gap=8), (self._stack, 1), gap=8
        )
        self.setMinimumHeight(scaled(216))

    def _found_view(self) -> QWidget:
        made = QWidget()
        made.setLayout(
            column(
                self._strip, self._cause, self._how, STRETCH,
                row(*self.buttons, (self._first, 1)), gap=6,
            )
        )  # fmt: skip
        return made

    def _checks_view(self) -> QWidget:
        made = QWidget()
        made.setLayout(column(self.checks, STRETCH))
        return made

    def take(self, n: int) -> None:
        """Take the nth remedy, when there is one."""
        if n < len(self._remedies):
            self.chosen.emit(self._remedies[n])

    def show_waiting(self) -> None:
        """Show that nothing came yet."""
        self._head("info", w.WAITING)
        self._show_pairs(None)
        self._wording.put(self._cause, "setText", w.WAITING_WHAT)
        self._offer(())

    def show_found(self, found: Checked, **facts: object) -> None:
        """Show what came of a code, and what mends it."""
        tone, title, cause = FOUND[found.finding]
        self._head(tone, title, layout=" / ".join(found.layouts), mark=found.mark, **facts)
        self._show_pairs(found)
        self._wording.put(self._cause, "setText", cause, **facts)
        self._offer(remedies(found.finding))

    def show_done(self, found: Checked) -> None:
        """Show that every step went well, and the newest code."""
        self._head("ok", w.ALL_DONE)
        self._show_pairs(found)
        self._wording.put(self._cause, "setText", w.ALL_DONE_WHAT)
        self._offer(())

    def show_checks(self, checks: Sequence[tuple[Tone, str, str]]) -> None:
        """Show what to look at when nothing arrives, in order."""
        self._head("attention", w.NOTHING)
        self._chip.hide()
        self.checks.show_facts(tuple(Fact(tone, said, value) for tone, said, value in checks))
        self._stack.setCurrentIndex(1)

    def say_how(self, text: str) -> None:
        """Say how a remedy is done."""
        self._how.setText(text)
        self._how.setVisible(bool(text))
        self._cause.setVisible(not text)

    def _head(self, tone: Tone, title: Sentence, **facts: object) -> None:
        self._icon.show_icon(TONE_ICONS[tone], tone)
        self._title.set_ink("text" if tone == "info" else tone)
        self._wording.put(self._title, "setText", title, **facts)
        self._stack.setCurrentIndex(0)
        self.say_how("")

    def _show_pairs(self, found: Checked | None) -> None:
        say = self._wording.say
        pairs = found.pairs if found else ()
        self._strip.setVisible(bool(pairs))
        self._chip.setVisible(bool(found and found.different))
        if found is None:
            return
        different, every = found.different, len(pairs)
        word = say(w.DIFFERENT if different else w.SAME_ALL, n=different, all=every)
        self._chip.show_chip(Chip(word, "attention", "spell-check"))
        self._strip.show_pairs(pairs, (say(w.PRINTED), say(w.CAME)), word)

    def _offer(self, offered: tuple[Remedy, ...]) -> None:
        self._remedies = offered
        for n, button in enumerate(self.buttons):
            button.setVisible(n < len(offered))
            if n < len(offered):
                self._wording.put(button, "setText", VERBS[offered[n]])
        first = WHY_FIRST.get(offered[0]) if len(offered) > 1 else None
        self._wording.put(self._first, "setText", first or w.S("", ""))


class SidePanel(Panel):
    """A panel at the side: a quarter as much wider as the text is larger, or what it has to be."""

    def __init__(self, *items: Item, width_px: int) -> None:
        self._width_px = width_px
        super().__init__(*items, gap=0, margins=(1, 1, 1, 1))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    @override
    def sizeHint(self) -> QSize:
        wide = self._width_px + (scaled(self._width_px) - self._width_px) // 4
        least = self.minimumSizeHint().width()
        return QSize(max(wide, least), super().sizeHint().height())


class RawPanel(SidePanel):
    """The raw keys of the newest code, and under them the profile that will be kept."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        title = Label("", "section")
        wording.put(title, "setText", w.RAW)
        self.copy_button = Button("", "quiet", icon="copy", key="Ctrl+C", height_px=26)
        wording.put(self.copy_button, "setText", w.COPY)
        self.model = RowModel(_columns(), key=lambda one: one.n, language=wording.language)
        table = RowTable(self.model, density="compact", rest_least_px=PLACE_PX)
        self.table = table.named(wording, w.RAW)
        head = Label("", "label", "text2")
        wording.put(head, "setText", w.PROFILE)
        self.facts = Facts(_PROFILE_FACTS)
        self.keep = Button("", key="Ctrl+S")
        wording.put(self.keep, "setText", w.KEEP)
        super().__init__(
            row(title, STRETCH, self.copy_button, margins=(12, 8, 8, 6)), rule(), (self.table, 1),
            rule(), column(head, self.facts, row(STRETCH, self.keep), margins=(12, 8, 12, 10)),
            width_px=RIGHT_PX,
        )  # fmt: skip

    def copy(self) -> None:
        """Copy the raw keys as they came, one a line."""
        lines = (f"{one.at}\t{one.sign}\t{one.gap}\t{one.place}" for one in self.model.rows)
        QGuiApplication.clipboard().setText("\n".join(lines))

    def show_facts(self, facts: Sequence[tuple[str, str, Ink]]) -> None:
        """Show the profile as far as it is known."""
        self.facts.show_facts(facts)


class DevicePanel(SidePanel):
    """Which scanner it is, its steps, the serial line, the card; ``line_chosen`` (path, baud)."""

    line_chosen = Signal(str, int)

    def __init__(self, wording: Wording, steps: int) -> None:
        self._wording = wording
        self._device = Label("", "section")
        self.steps = StepList(steps)
        self.port, self.speed = Combo(), Combo()
        wording.put(self.port, "setAccessibleName", w.SERIAL_LINE)
        wording.put(self.speed, "setAccessibleName", w.SPEED_BAUD)
        serial, baud = Label("", "label", "text2"), Label("", "label", "text2")
        wording.put(serial, "setText", w.SERIAL_LINE)
        wording.put(baud, "setText", w.SPEED_BAUD)
        card, what = Label("", "strong", wraps=True), Label("", "small", "text2", wraps=True)
        wording.put(card, "setText", w.NO_SCREEN)
        wording.put(what, "setText", w.CARD_WHAT)
        self.card = Button("", key="Ctrl+P")
        wording.put(self.card, "setText", w.CARD)
        super().__init__(
            row(self._device, STRETCH, margins=(14, 10, 14, 10)), rule(), self.steps, STRETCH,
            rule(),
            column(
                row((column(serial, self.port, gap=3), 3), (column(baud, self.speed, gap=3), 2)),
                margins=(12, 8, 12, 8), gap=4,
            ),
            rule(),
            column(
                row(Icon("printer", "text2", 16), (card, 1), gap=6), what,
                row(self.card, STRETCH), margins=(12, 8, 12, 10), gap=5,
            ),
            width_px=LEFT_PX,
        )  # fmt: skip
        for box in (self.port, self.speed):
            box.setMinimumHeight(scaled(28))
            box.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.activated.connect(lambda _: self._choose())

    def show_device(self, said: Sentence) -> None:
        """Say which scanner it is."""
        self._wording.put(self._device, "setText", said)

    def show_ports(self, ports: Sequence[SerialPort], chosen: str, baud: int) -> None:
        """Offer the ports that are plugged in, and the chosen one if it is not."""
        with QSignalBlocker(self.port), QSignalBlocker(self.speed):
            self.port.clear()
            self.port.addItem(self._wording.say(w.NO_PORT), "")
            known = dict.fromkeys([one.path for one in ports])
            for path in known | ({chosen: None} if chosen else {}):
                self.port.addItem(path, path)
            self.port.setCurrentIndex(max(0, self.port.findData(chosen)))
            self.speed.clear()
            for one in sorted({*SPEEDS_BAUD, baud}):
                self.speed.addItem(str(one), one)
            self.speed.setCurrentIndex(self.speed.findData(baud))

    def _choose(self) -> None:
        self.line_chosen.emit(str(self.port.currentData()), int(self.speed.currentData()))


def _columns() -> tuple[Column[KeyRow], ...]:
    def sign(one: KeyRow) -> Value:
        return Toned(one.sign, "attention") if one.is_wrong else one.sign

    return (
        Column("at", w.AT, lambda one: one.at, width=64, is_sortable=False),
        Column("sign", w.SIGN, sign, width=50, align="center", is_sortable=False),
        Column("gap", w.GAP, lambda one: one.gap, width=48, align="right", is_sortable=False),
        Column("place", w.CODE, lambda one: one.place, is_sortable=False),
    )
