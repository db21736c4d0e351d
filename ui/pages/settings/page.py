"""Settings: sections left, every value with its meaning right; what was changed can be put back."""

from functools import partial
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes
from erpdesk.errors import UserError
from ui.pages import Page
from ui.pages.settings import words as w
from ui.pages.settings.facts import Found, SettingsParts, books_facts, folder_facts
from ui.pages.settings.firm import FirmPane
from ui.pages.settings.locking import LockPane
from ui.pages.settings.people import PeoplePane
from ui.pages.settings.rates import RatesPane
from ui.pages.settings.rows import FactLine, Line, OfferLine
from ui.pages.settings.words import Section
from ui.widgets.button import Button
from ui.widgets.clearing import clearable
from ui.widgets.entry_view import scrolling
from ui.widgets.parts import STRETCH, Label, Panel, column, emptied, row
from ui.work.runner import Runner
from ui.work.wording import Wording, refusal

LIST_PX, FIND_PX = 168, 280
GOES = {"books_check": w.TO_BACKUPS, "doctor": w.TO_DOCTOR}


class SettingsPage(Page):
    """A section at a time; what is looked for is found in all of them."""

    def __init__(self, parts: SettingsParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self._parts, self._runner = parts, runner
        self._section: Section = "me"
        self.offers = [OfferLine(one, parts.preferences, wording) for one in w.OFFERS]
        self._facts: dict[str, list[FactLine]] = {"here": [], "books": []}
        self.people = PeoplePane(parts, runner, wording)
        self.rates = RatesPane(parts, runner, wording)
        self.firm = FirmPane(parts, runner, wording)
        self.locking = LockPane(parts, runner, wording)
        self._panes: dict[Section, PeoplePane | RatesPane] = {
            "people": self.people,
            "rates": self.rates,
        }
        self._make_parts()
        self._lay_out()
        self._connect()
        self._fill_folders()
        self.show_section("me")

    def _make_parts(self) -> None:
        self.find_field = QLineEdit()
        self.find_field.setMinimumHeight(30)
        self.find_field.setFixedWidth(FIND_PX)
        clearable(self.find_field, self.wording)
        self.wording.put(self.find_field, "setPlaceholderText", w.FIND_KEY)
        self.wording.put(self.find_field, "setAccessibleName", w.FIND)
        self.buttons: dict[Section, Button] = {}
        group = QButtonGroup(self)
        for name in get_args(Section):
            button = Button("", "plain", icon=w.ICONS[name], height_px=32)
            button.setCheckable(True)
            button.stands_left = True
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self.wording.put(button, "setText", w.SECTIONS[name])
            group.addButton(button)
            self.buttons[name] = button
        self.none_found = Label("", "body", "text2")
        self.wording.put(self.none_found, "setText", w.NONE_FOUND)
        self.none_found.setContentsMargins(14, 12, 14, 12)

    def _lay_out(self) -> None:
        sections = Panel(*self.buttons.values(), STRETCH, gap=2, margins=(6, 6, 6, 6))
        sections.setMinimumWidth(LIST_PX)
        sections.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.wording.put(sections, "setAccessibleName", w.SECTION_LIST)
        self._goes: dict[Section, QWidget] = {}
        self._boxes: dict[Section, QVBoxLayout] = {}
        self._heads: dict[Section, Label] = {}
        inside = QWidget()
        inside.setProperty("ground", "surface")
        lines = column(self.none_found, gap=0, margins=(0, 4, 0, 8))
        for name in get_args(Section):
            lines.addLayout(self._section_box(name))
        lines.addStretch(1)
        inside.setLayout(lines)
        self._scroll = scrolling(inside)
        panes = ((pane, 1) for pane in self._panes.values())
        self._right = Panel((self._scroll, 1), *panes, gap=0, margins=(1, 1, 1, 1))
        self.build((row(sections, (self._right, 1), gap=10), 1), buttons=(self.find_field,))

    def _section_box(self, name: Section) -> QVBoxLayout:
        head = Label("", "section")
        self.wording.put(head, "setText", w.SECTIONS[name])
        head.setContentsMargins(14, 10, 14, 4)
        box = QVBoxLayout()
        box.setSpacing(0)
        for line in self.offers:
            if line.section == name:
                box.addWidget(line)
        self._heads[name], self._boxes[name] = head, box
        self._go_buttons(name, box)
        if name != "books":
            return column(head, box, gap=0)
        self._goes[name] = holder = QWidget()
        holder.setLayout(column(self.firm, self.locking, gap=0))
        return column(head, holder, box, gap=0)

    def _go_buttons(self, name: Section, box: QVBoxLayout) -> None:
        """Add the way to the page on which the rest of a section is kept."""
        target = {"backup": "books_check", "here": "doctor"}.get(name)
        if target is None:
            return
        button = Button("", "quiet", height_px=28)
        self.wording.put(button, "setText", GOES[target])
        button.clicked.connect(partial(self.wants.emit, target))
        holder = QWidget()
        holder.setLayout(row(button, STRETCH, margins=(8, 4, 14, 4)))
        self._goes[name] = holder
        box.addWidget(holder)

    def _connect(self) -> None:
        for name, button in self.buttons.items():
            button.clicked.connect(partial(self.show_section, name))
        for line in self.offers:
            line.chosen.connect(lambda name, value: self._parts.preferences.keep(**{name: value}))
        self._parts.preferences.changed.connect(self._changed)
        self.find_field.textChanged.connect(lambda _: self._show())
        for pane in (self.people, self.rates, self.firm, self.locking):
            pane.said.connect(self.notify)
            pane.stored.connect(self._look)
        self.action(w.FIND, QKeySequence("Ctrl+F").toString(), self.begin_finding)

    @override
    def entered(self) -> None:
        self._look()
        self.buttons[self._section].setFocus()

    @override
    def look_again(self, changes: Changes) -> None:
        if self.isVisible() and changes.documents:
            self._look()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        shown = (one for one in self._panes.values() if one.isVisible())
        right: QWidget = next(shown, self._scroll)
        return (self.buttons[self._section], right, self.find_field)

    @override
    def step_out(self) -> bool:
        if self.find_field.text():
            self.find_field.clear()
            return True
        forms = (self.people, self.rates, self.firm, self.locking)
        return any(pane.close_forms() for pane in forms)

    def begin_finding(self) -> None:
        """Put the focus where one looks for a setting."""
        self.find_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.find_field.selectAll()

    def show_section(self, name: Section, *_: object) -> None:
        """Show one section."""
        self._section = name
        self.buttons[name].setChecked(True)
        self.find_field.clear()
        self._show()

    def _look(self) -> None:
        parts = self._parts
        self._runner.query(
            self,
            lambda: Found(
                parts.describing.books(), parts.describing.people(), parts.rates.recorded(),
                parts.locking.open_months(),
            ),
            done=self._found, refused=self._failed,
        )  # fmt: skip

    def _failed(self, error: UserError) -> None:
        self.notify("attention", w.TITLE, refusal(error))

    def _found(self, found: Found) -> None:
        self.people.show_people(found.people, in_set_up=found.books.in_set_up)
        self.rates.show_rates(found.rates)
        self.locking.show_months(found.open_months)
        self.firm.show_firm(found.books.firm, in_set_up=found.books.in_set_up)
        facts = books_facts(found.books, self._parts.place)
        emptied(self._boxes["books"])
        self._facts["books"] = [FactLine(one, self.wording) for one in facts]
        for line in self._facts["books"]:
            self._boxes["books"].addWidget(line)
        self._show()

    def _fill_folders(self) -> None:
        for fact in folder_facts(self._parts.folders()):
            line = FactLine(fact, self.wording)
            self._facts["here"].append(line)
            self._boxes["here"].addWidget(line)

    def _changed(self, name: str) -> None:
        for line in self.offers:
            if line.offer.name == name:
                line.show_value()

    def _show(self) -> None:
        words = self.find_field.text().strip()
        shown = dict.fromkeys(get_args(Section), 0)
        lines: list[Line] = [*self.offers, *self._facts["here"], *self._facts["books"]]
        for line in lines:
            is_shown = line.fits(words) if words else line.section == self._section
            line.setVisible(is_shown)
            shown[line.section] += is_shown
        for name, head in self._heads.items():
            head.setVisible(bool(shown[name]))
        for name, holder in self._goes.items():
            holder.setVisible(not words and name == self._section)
        for section, pane in self._panes.items():
            pane.setVisible(not words and section == self._section)
        self._scroll.setVisible(bool(words) or self._section not in self._panes)
        self.none_found.setVisible(bool(words) and not any(shown.values()))
