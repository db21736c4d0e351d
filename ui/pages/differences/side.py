"""Beside the table: one difference with its bridge, its grounds, and what is said about it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QStackedWidget, QWidget

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.review import parts_of
from erpdesk.services.stocktake.reviewing import Ground, Grounds, Row
from erpdesk.words.causes import CAUSES
from ui.models.cells import Chip
from ui.pages.differences import words as w
from ui.pages.differences.facts import DifferencesParts, People, clock_said, name_of
from ui.pages.differences.parts import PartsEditor
from ui.widgets.bridge import BridgeChart, Pier
from ui.widgets.button import Button
from ui.widgets.charts import Series
from ui.widgets.combo import Combo
from ui.widgets.evidence_viewer import EvidenceViewer, Proof
from ui.widgets.flush import flush_right
from ui.widgets.parts import (
    STRETCH,
    ChipLabel,
    ElidedLabel,
    Icon,
    Label,
    Panel,
    column,
    emptied,
    row,
    rule,
)
from ui.work.wording import Wording

GROUNDS_MOST = 3
_Share = tuple[str, Money, Series]
_UNBILLED = frozenset({"unbilled", "not_booked"})


class DifferenceSide(Panel):
    """``settle``, ``recount``, ``voucher`` and ``waive`` are its buttons.

    ``changed`` comes with every word, ``owner_chosen`` (login or empty) at once.
    """

    changed = Signal()
    owner_chosen = Signal(str)

    def __init__(self, parts: DifferencesParts, words: Wording) -> None:
        self._parts, self._words = parts, words
        self._line: Row | None = None
        self._first = ""
        self.added: tuple[str, ...] = ()
        self._make()
        super().__init__(self.pages, gap=0, margins=(1, 1, 1, 1))
        self.note.textChanged.connect(lambda _: self.changed.emit())
        self.editor.changed.connect(self.changed)
        self.editor.added.connect(self._bring)
        self.owner.activated.connect(lambda _: self.owner_chosen.emit(self.owner.currentData()))
        self.show_evidence.clicked.connect(self.open_evidence)
        self.back.clicked.connect(self.close_evidence)
        words.when_switched(self._show)

    def _make(self) -> None:
        words = self._words
        self.title = ElidedLabel("", "section")
        self.bridge, self.no_bridge = BridgeChart(""), Label("", "small", "text2", wraps=True)
        self.editor, self.note = PartsEditor(words), QLineEdit()
        self.note.setMinimumHeight(30)
        self.note.setMaxLength(200)
        self.owner = Combo()
        self.owner.setMinimumHeight(28)
        self.owner.setMinimumWidth(80)
        self.count = Label("", "label", "text2")
        self.ruled = Label("", "small", "text2", wraps=True)
        self.counted = ElidedLabel("", "small", "text2")
        self.clock = Label("", "small", "attention", wraps=True)
        self._grounds = column(gap=4)
        self.add_evidence = Button("", icon="paperclip", key="Ctrl+U", height_px=28)
        self.show_evidence = Button("", height_px=28)
        self.voucher = Button("", icon="file-plus", height_px=28)
        self.waive = Button("", "plain", height_px=28)
        self.recount = Button("", key="Ctrl+R", height_px=32)
        self.settle = Button("", "primary", key="Ctrl+Enter", height_px=32)
        self.why = ElidedLabel("", "small", "text2")
        for part, sentence in (
            (self.add_evidence, w.ADD_EVIDENCE), (self.show_evidence, w.SHOW_EVIDENCE),
            (self.voucher, w.VOUCHER), (self.waive, w.WAIVE), (self.settle, w.SETTLE),
            (self.recount, w.ASK_RECOUNT), (self.no_bridge, w.NO_BRIDGE),
        ):  # fmt: skip
            words.put(part, "setText", sentence)
        words.put(self.bridge, "setAccessibleName", w.BRIDGE)
        words.put(self.note, "setPlaceholderText", w.NOTE_HINT)
        words.put(self.note, "setAccessibleName", w.NOTE)
        words.put(self.owner, "setAccessibleName", w.ASSIGN)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._line_page())
        self.pages.addWidget(self._evidence_page())

    def _line_page(self) -> QWidget:
        grounds, owner = Label("", "label", "text2"), Label("", "label", "text2")
        self._words.put(grounds, "setText", w.GROUNDS)
        self._words.put(owner, "setText", w.ASSIGN)
        inner = Panel(
            self.bridge, self.no_bridge, self.ruled, rule(),
            row(grounds, STRETCH, self.counted), self.clock, self._grounds, rule(),
            self.editor, row(self.count, STRETCH, self.show_evidence, self.add_evidence, gap=4),
            flush_right(self.voucher, STRETCH, self.waive), row(owner, (self.owner, 1)), STRETCH,
            ground="surface", gap=8, margins=(12, 8, 12, 10),
        )  # fmt: skip
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inner)
        made = QWidget()
        made.setLayout(
            column(
                row(self.title, margins=(14, 10, 14, 10)), rule(), (self.area, 1), rule(),
                column(
                    self.note, self.why, row(self.recount, STRETCH, self.settle), gap=6,
                    margins=(14, 8, 14, 10),
                ),
                gap=0,
            )
        )  # fmt: skip
        return made

    def _evidence_page(self) -> QWidget:
        self.viewer = EvidenceViewer(self._words)
        self.viewer.names = self._parts.names
        self.back = Button("", "quiet", icon="arrow-left", key="Esc", height_px=28)
        self._words.put(self.back, "setText", w.BACK_TO_LINE)
        made = QWidget()
        head = row(self.back, STRETCH, margins=(6, 6, 14, 6))
        made.setLayout(column(head, rule(), (self.viewer, 1), gap=0))
        return made

    def show_line(self, line: Row | None, first: str, *, is_locked: bool) -> None:
        """Show another line, or the same as it stands now; what is half chosen of it stays."""
        is_same = line is not None and self._line is not None and line.key == self._line.key
        is_new = not is_same or line != self._line or is_locked != self._is_locked
        self._line, self._first, self._is_locked = line, first, is_locked
        if is_new:
            self.editor.show_line(line, is_locked=is_locked)
            self.note.setText((line.said.note if line and line.said else None) or "")
            self.added = ()
            self.show_grounds(None)
        if not is_same:
            self.area.verticalScrollBar().setValue(0)
        self._show()

    def show_owners(self, owners: People) -> None:
        """Offer these people as owners."""
        self._owners = owners
        self._fill_owner()

    def show_grounds(self, grounds: Grounds | None) -> None:
        """Show what may explain the line; what fits to the last unit first."""
        emptied(self._grounds)
        if grounds is None:
            return
        say = self._words.say
        for one in grounds.found[:GROUNDS_MOST]:
            self._grounds.addWidget(self._ground(one))
        more = len(grounds.found) - GROUNDS_MOST
        if more > 0:
            self._grounds.addWidget(Label(say(w.MORE_GROUNDS, count=more), "small", "text2"))
        if not grounds.found:
            self._grounds.addWidget(Label(say(w.NO_GROUNDS), "small", "text2", wraps=True))

    def take_evidence(self, digest: str) -> None:
        """Take a file that was kept; it goes with what is said next."""
        self.added = tuple(dict.fromkeys((*self.added, digest)))
        self._show_evidence()
        self.changed.emit()

    @property
    def proofs(self) -> tuple[str, ...]:
        """Return all evidence of the line, kept with it or added now."""
        return tuple(dict.fromkeys((*(self._line.proof if self._line else ()), *self.added)))

    def open_evidence(self) -> None:
        """Show the evidence in place of the line."""
        self.viewer.show_proofs(tuple(Proof(one, "") for one in self.proofs))
        self.pages.setCurrentIndex(1)
        self.viewer.setFocus()

    def close_evidence(self) -> bool:
        """Go back to the line; False when it was there already."""
        is_open = self.pages.currentIndex() == 1
        self.pages.setCurrentIndex(0)
        return is_open

    def _bring(self, part: QWidget) -> None:
        """Bring a new part into sight once it is laid out."""
        QTimer.singleShot(0, part, lambda: self.area.ensureWidgetVisible(part))

    def _show(self) -> None:
        line, say = self._line, self._words.say
        self.title.setText(name_of(line, self._first) if line else say(w.CHOOSE_ROW))
        self._show_bridge(line)
        said = []
        people = "、".join(map(self._parts.name_of, line.counted_by if line else ()))
        self.counted.setText(say(w.COUNTED, people=people) if people else "")
        self.clock.setText(clock_said(line, self._words) if line else "")
        self.clock.setVisible(bool(self.clock.text()))
        if line is not None and line.said and line.said.recount:
            said.append(say(w.ASKED, reason=line.said.recount))
        if line is not None and line.ruling and not line.differs:
            said.append(say(w.RULED, reason=line.ruling.reason))
        self.ruled.setText("\n".join(said))
        self.ruled.setVisible(bool(said))
        self._show_evidence()
        self._fill_owner()

    def _show_evidence(self) -> None:
        count = len(self.proofs)
        self._words.put(self.count, "setText", w.EVIDENCE, count=count)
        self.show_evidence.forbid("" if count else self._words.say(w.NO_EVIDENCE))

    def _show_bridge(self, line: Row | None) -> None:
        piers = self._piers(line) if line and line.figures.stated is not None else ()
        self.bridge.show_piers(piers)
        self.bridge.setVisible(bool(piers))
        self.no_bridge.setVisible(line is not None and not piers and bool(line.key[0]))

    def _piers(self, line: Row) -> tuple[Pier, ...]:
        say, figures, at = self._words.say, line.figures, line.figures.book.minor
        stated = figures.stated or figures.book
        piers = [Pier(say(w.BOOK), figures.book.grouped(), 0, at, "billed")]
        parts: list[_Share] = []
        if line.judged.moved.minor:
            parts.append((say(w.MOVED), line.judged.moved, "ok"))
        for one in parts_of(line.said) if line.said else ():
            if one.amount.minor:
                is_unbilled = one.kind in _UNBILLED
                word = say(CAUSES[one.kind])
                parts.append((word, one.amount, "unbilled" if is_unbilled else "attention"))
        left = (stated - figures.book).minor - sum(amount.minor for _, amount, _ in parts)
        if left:
            parts.append((say(w.LEFT), Money(left, figures.book.currency), "error"))
        for label, amount, series in parts:
            piers.append(Pier(label, amount.grouped(), at, at + amount.minor, series))
            at += amount.minor
        piers.append(Pier(say(w.STATED), stated.grouped(), 0, stated.minor, "unapplied"))
        return tuple(piers)

    def _ground(self, one: Ground) -> QWidget:
        say = self._words.say
        sentence, icon = w.GROUND_KINDS[one.kind]
        what = say(sentence, label=one.label)
        text = ElidedLabel(what, "small")
        amount = Label(one.amount.grouped() if one.amount else "—", "small", "text2")
        mark = ChipLabel(Chip(say(w.EXACT), "ok")) if one.is_exact else None
        made = QWidget()
        made.setLayout(
            row(
                Icon(icon, "unbilled" if one.kind == "unbilled" else "text2", 14),
                (text, 1),
                mark,
                amount,
                gap=6,
            )
        )
        return made

    def _fill_owner(self) -> None:
        known = self._line.said.owner if self._line and self._line.said else None
        self.owner.clear()
        self.owner.addItem(self._words.say(w.OWNER_NONE), "")
        people = dict(self._owners)
        if known and known not in people:
            people[known] = self._parts.name_of(known)
        for login, name in people.items():
            self.owner.addItem(name, login)
        self.owner.setCurrentIndex(max(0, self.owner.findData(known or "")))

    _owners: People = ()
    _is_locked = False
