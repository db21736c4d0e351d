"""What a supervisor decides about lines or scans that are selected: one way, a reason, evidence."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QSizePolicy

from erpdesk.domain.stocktake.count_line import LineVerb
from ui.pages.campaigns import words as w
from ui.widgets.button import Button
from ui.widgets.customer_field import CustomerField
from ui.widgets.entry_view import scrolling
from ui.widgets.parts import STRETCH, ElidedLabel, Label, Panel, free, row
from ui.work.wording import Wording, literal

_COLUMNS: Final = 2


@dataclass(frozen=True, slots=True)
class Ruled:
    """What was decided: the way, why, on what evidence (hashes), and for whom a code is."""

    verb: LineVerb
    reason: str
    evidence: tuple[str, ...] = ()
    customer: str | None = None


class DecidePanel(Panel):
    """``decided`` (Ruled) is to be done, ``attach_asked`` wants files, ``changed`` a new judgement.

    It does not judge: whoever shows it says by :meth:`forbid` what stands against it.
    """

    decided = Signal(object)
    attach_asked = Signal()
    changed = Signal()

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._tab = ""
        self.evidence: tuple[str, ...] = ()
        self.ways: dict[LineVerb, Button] = {}
        self._group = QButtonGroup()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self.heading, self.about = Label("", "section"), ElidedLabel("", "body", "text2")
        self.consequence = Label("", "small", "text2", wraps=True)
        self.link, self.reason = CustomerField(words), QLineEdit()
        self.reason.setMinimumHeight(30)
        self.reason.setMaxLength(500)
        self.attach = Button("", icon="paperclip", key="Ctrl+U", height_px=28)
        self.attached, self.problem = (
            Label("", "small", "text2"),
            Label("", "small", "text2", wraps=True),
        )
        self.submit = Button("", "primary", height_px=32)
        for part, setter, said in (
            (self.link, "setPlaceholderText", w.LINK_HINT),
            (self.link, "setAccessibleName", w.LINK_TO),
            (self.reason, "setPlaceholderText", w.REASON),
            (self.reason, "setAccessibleName", w.REASON),
            (self.attach, "setText", w.ATTACH),
            (self.submit, "setText", w.DECIDE_ACT),
        ):
            words.put(part, setter, said)
        body = Panel(
            self._grid, self.consequence, self.link, self.reason,
            row(self.attach, self.attached, STRETCH), self.problem, STRETCH,
            ground="surface", margins=(0, 0, 0, 0),
        )  # fmt: skip
        super().__init__(
            self.heading, self.about, (scrolling(body), 1), row(STRETCH, self.submit), gap=8
        )
        self._connect()

    def _connect(self) -> None:
        self.reason.textChanged.connect(lambda _: self.changed.emit())
        self.link.chosen.connect(lambda _: self.changed.emit())
        self.attach.clicked.connect(self.attach_asked)
        self.submit.clicked.connect(self._decide)
        self._words.when_switched(self._say_ways)

    @property
    def verb(self) -> LineVerb | None:
        """Return the way that is chosen."""
        return next((verb for verb, one in self.ways.items() if one.isChecked()), None)

    @property
    def ruled(self) -> Ruled | None:
        """Return what is written; None until a way is chosen."""
        verb = self.verb
        if verb is None:
            return None
        customer = self.link.customer
        linked = customer.id if customer and verb is LineVerb.ALIAS else None
        return Ruled(verb, self.reason.text().strip(), self.evidence, linked)

    def ask_about(self, tab: str) -> None:
        """Ask about the rows of a list; of another list nothing that was written stays."""
        if tab != self._tab:
            self._tab = tab
            self._rebuild()
            self.clear()

    def clear(self) -> None:
        """Begin again, with no way chosen."""
        self._group.setExclusive(False)
        for button in self.ways.values():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.reason.clear()
        self.evidence = ()
        self.link.put_customer(None)
        self._show()

    def add_evidence(self, digest: str) -> None:
        """Take a kept file as evidence."""
        self.evidence = tuple(dict.fromkeys((*self.evidence, digest)))
        self._show()

    def show_about(self, said: str) -> None:
        """Say which rows it is about."""
        self.about.setText(said)

    def forbid(self, why_not: str) -> None:
        """Turn the act off with a reason; an empty reason turns it on."""
        self.submit.forbid(why_not)
        self.problem.setText("" if why_not == self.about.text() else why_not)

    def _rebuild(self) -> None:
        for button in self.ways.values():
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            free(button)
        self.ways = {verb: self._way() for verb in w.CHOICES[self._tab]}
        for n, button in enumerate(self.ways.values()):
            self._grid.addWidget(button, n // _COLUMNS, n % _COLUMNS)
        self._words.put(self.heading, "setText", w.DECIDE_TITLES[self._tab])
        self._say_ways()

    def _way(self) -> Button:
        button = Button("", height_px=30)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._show)
        self._group.addButton(button)
        return button

    def _show(self) -> None:
        verb, has_ways = self.verb, bool(self.ways)
        self._words.put(self.consequence, "setText", w.VERBS[verb][1] if verb else literal(""))
        self.consequence.setVisible(verb is not None)
        self.link.setVisible(verb is LineVerb.ALIAS)
        for part in (self.reason, self.attach, self.submit):
            part.setVisible(has_ways)
        self.attached.setText(
            self._words.say(w.ATTACHED, count=len(self.evidence)) if self.evidence else ""
        )
        self.changed.emit()

    def _say_ways(self) -> None:
        for verb, button in self.ways.items():
            button.setText(self._words.say(w.VERBS[verb][0]))

    def _decide(self) -> None:
        ruled = self.ruled
        if ruled is not None and self.submit.isEnabled():
            self.decided.emit(ruled)
