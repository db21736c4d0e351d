"""One line of the settings: what it is and means on the left, its value on the right."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from erpdesk.settings import default_of
from erpdesk.words import Sentence
from ui.models.cells import Chip
from ui.pages.settings import words as w
from ui.pages.settings.facts import Shown
from ui.pages.settings.words import Offer
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import STRETCH, ChipLabel, ElidedLabel, Label, column, row
from ui.work.asking_files import folder_to_use
from ui.work.preferences import Preferences
from ui.work.wording import Wording

VALUE_PX: Final = 300
FIELD_PX: Final = 30


class CalmCombo(Combo):
    """A choice that the wheel does not change: the page scrolls instead."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Line(QWidget):
    """What is the same for every line: its section, its words, its place for the value."""

    def __init__(
        self, section: w.Section, title: Sentence, meaning: Sentence, wording: Wording
    ) -> None:
        super().__init__()
        self.section, self.title, self.meaning, self.wording = section, title, meaning, wording
        self._name, self._meaning = Label("", "strong"), Label("", "small", "text2", wraps=True)
        wording.put(self._name, "setText", title)
        wording.put(self._meaning, "setText", meaning)

    def lay_out(self, beside: QWidget | None, below: QWidget | None, value: QWidget) -> None:
        """Put the parts in their places."""
        value.setFixedWidth(VALUE_PX)
        left = column(row(self._name, beside, STRETCH, gap=8), self._meaning, below, gap=2)
        self.setLayout(row((left, 1), value, gap=16, margins=(14, 8, 14, 8)))

    def fits(self, words: str) -> bool:
        """Say whether what is looked for stands in it, in either language."""
        said = (self.title.zh, self.title.en, self.meaning.zh, self.meaning.en)
        return any(words.casefold() in one.casefold() for one in said)


class FactLine(Line):
    """A value that is only shown; a folder can be opened."""

    def __init__(self, fact: Shown, wording: Wording) -> None:
        super().__init__(fact.section, fact.title, fact.meaning, wording)
        said = ElidedLabel("", "body")
        wording.put(said, "setText", fact.value)
        value = QWidget()
        parts: list[QWidget] = [said]
        if fact.folder is not None:
            parts.append(self._opener(fact.folder))
        value.setLayout(column(*parts, gap=2))
        self.lay_out(None, None, value)

    def _opener(self, folder: Path) -> Button:
        opener = Button("", "quiet", height_px=24)
        self.wording.put(opener, "setText", w.OPEN_FOLDER)
        opener.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        return opener


class OfferLine(Line):
    """A value that somebody chooses: marked when it is not the default, and put back by a button.

    ``chosen`` carries the name of the setting and its new value.
    """

    chosen = Signal(str, object)

    def __init__(self, offer: Offer, preferences: Preferences, wording: Wording) -> None:
        super().__init__(offer.section, offer.title, offer.meaning, wording)
        self.offer, self._preferences = offer, preferences
        self._mark = ChipLabel(Chip(""))
        self._default = Label("", "small", "text3")
        self.reset = Button("", "quiet", height_px=24)
        wording.put(self.reset, "setText", w.RESET)
        wording.put(self.reset, "setAccessibleName", w.RESET_NAMED, name=offer.title)
        self.reset.clicked.connect(lambda: self._choose(default_of(offer.name)))
        self.choice, self.text, self.pick = CalmCombo(), QLineEdit(), Button("", height_px=28)
        below = QWidget()
        below.setLayout(row(self._default, self.reset, STRETCH, gap=6))
        self.lay_out(self._mark, below, self._editor())
        wording.when_switched(self.show_value)
        self.show_value()

    def _editor(self) -> QWidget:
        for field in (self.choice, self.text):
            field.setMinimumHeight(FIELD_PX)
            self.wording.put(field, "setAccessibleName", self.offer.title)
            self.wording.put(field, "setAccessibleDescription", self.offer.meaning)
        self.choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.choice.activated.connect(lambda _: self._choose(self.choice.currentData()))
        self.text.editingFinished.connect(lambda: self._choose(self.text.text().strip()))
        self.wording.put(self.pick, "setText", w.CHOOSE_FOLDER)
        self.pick.clicked.connect(self._pick)
        self.text.setReadOnly(self.offer.kind == "folder")
        self.wording.put(self.text, "setPlaceholderText", w.EMPTY)
        editor = QWidget()
        shown: tuple[QWidget, ...] = {
            "choice": (self.choice,),
            "text": (self.text,),
            "folder": (self.text, self.pick),
        }[self.offer.kind]
        editor.setLayout(column(*shown, gap=4))
        for part in (self.choice, self.text, self.pick):
            if part not in shown:
                part.setParent(editor)
                part.hide()
        return editor

    @property
    def value(self) -> object:
        """Return what is chosen now."""
        return getattr(self._preferences.settings, self.offer.name)

    @property
    def is_changed(self) -> bool:
        """Say whether it is not the program's own value."""
        return bool(self.value != default_of(self.offer.name))

    def show_value(self) -> None:
        """Show what is chosen now, and whether it was changed."""
        say, value = self.wording.say, self.value
        if self.offer.kind == "choice":
            self._show_options(value)
        else:
            self.text.setText(str(value))
        self._mark.show_chip(Chip(say(w.CHANGED), "info", "pencil"))
        for part in (self._mark, self._default, self.reset):
            part.setVisible(self.is_changed)
        self._default.setText(say(w.DEFAULT, value=self._word(default_of(self.offer.name))))

    def _show_options(self, value: object) -> None:
        self.choice.clear()
        for option, word in self._options(value):
            self.choice.addItem(self.wording.say(word), option)
        self.choice.setCurrentIndex(self.choice.findData(value))

    def _options(self, value: object) -> list[tuple[object, Sentence]]:
        """Return the options; one that somebody wrote into the file by hand is one more."""
        offered: list[tuple[object, Sentence]] = [*self.offer.options]
        if value not in [option for option, _ in offered]:
            offered.append((value, Sentence(str(value), str(value))))
        return offered

    def _word(self, value: object) -> str:
        word = dict(self._options(value)).get(value, w.EMPTY)
        return self.wording.say(word if str(value) else w.EMPTY)

    def _choose(self, value: object) -> None:
        if value != self.value:
            self.chosen.emit(self.offer.name, value)

    def _pick(self) -> None:
        found = folder_to_use(self, self.wording.say(w.CHOOSE_FOLDER), str(self.value))
        if found:
            self._choose(found)
