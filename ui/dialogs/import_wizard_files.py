"""The first step of an import: what sort of file, and which; files may be dropped on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from erpdesk.domain.importing.columns import Kind
from erpdesk.services.importing.columns import ReadAs
from erpdesk.services.importing.files import Files
from erpdesk.services.importing.sorts import Sort
from ui.dialogs import import_wizard_words as w
from ui.widgets.button import Button
from ui.widgets.combo import Combo
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, Panel, column, row, set_property
from ui.work.asking_files import file_to_read
from ui.work.wording import Wording

FIELD_PX = 32


def kind_needs(kind: Kind, names: Sequence[str], words: Wording) -> str:
    """Return what a table still needs besides some fields, in words."""
    groups = (
        w.OR[words.language].join(words.say(w.S(field.zh, field.en)) for field in group)
        for group in kind.lacking(names)
    )
    return w.COMMA[words.language].join(groups)


class FileStep(QWidget):
    """Asks for a sort and its files; ``changed`` when another answer was given."""

    changed = Signal()

    def __init__(self, words: Wording, why_not: Mapping[Sort, str]) -> None:
        super().__init__()
        self._words = words
        self._group = QButtonGroup(self)
        self.sorts = {sort: self._sort_button(sort, why_not[sort]) for sort in Sort}
        self.path, self.lines = self._field(w.FILE), self._field(w.LINES)
        self.browse, self.browse_lines = self._browser(self.path), self._browser(self.lines)
        self.needs = Label("", "small", "text2", wraps=True)
        self._unclear: Path | None = None
        self.encoding, self._encoding_name = Combo(), ElidedLabel("", "label", "text2")
        self.encoding.setMinimumHeight(FIELD_PX)
        self._lay_out()
        words.when_switched(self._show_sort)
        first = next((one for one in self.sorts.values() if one.isEnabled()), None)
        if first is not None:
            first.setChecked(True)
        self._show_sort()

    @property
    def sort(self) -> Sort:
        """Return what sort of file is to be imported."""
        return next(
            (one for one, button in self.sorts.items() if button.isChecked()), Sort.CUSTOMERS
        )

    def choose(self, sort: Sort) -> None:
        """Choose a sort, if one may import it."""
        if self.sorts[sort].isEnabled():
            self.sorts[sort].setChecked(True)
            self._show_sort()

    def files(self) -> Files | None:
        """Return what was chosen; None while there is no file."""
        path, lines = self.path.text().strip(), self.lines.text().strip()
        if not path:
            return None
        has_lines = self.sort is Sort.DELIVERIES and lines
        files = Files(self.sort, Path(path), Path(lines) if has_lines else None)
        return replace(files, read_as=tuple(map(self._how, files.paths)))

    def _how(self, path: Path) -> ReadAs:
        encoding = self.encoding.currentData() if path == self._unclear else ""
        return ReadAs(encoding=encoding or "")

    def take(self, paths: Sequence[str]) -> None:
        """Take files that were dropped: of deliveries a second one holds the lines."""
        if not paths:
            return
        self.path.setText(paths[0])
        if len(paths) > 1 and self.sort is Sort.DELIVERIES:
            self.lines.setText(paths[1])

    def mark(self, *, is_wrong: bool) -> None:
        """Show that the file cannot be taken."""
        set_property(self.path, "wrong", is_wrong)
        if is_wrong:
            self.path.setFocus()
            self.path.selectAll()

    def ask_encoding(self, path: Path | None) -> None:
        """Ask in which encoding a file is that was refused for its own; None: none was."""
        if path != self._unclear:
            self._unclear = path
            self.encoding.setCurrentIndex(0)
        self.encoding_part.setVisible(path is not None)
        if path is not None:
            self._words.put(self._encoding_name, "setText", w.ENCODING_OF, name=path.name)
            self._words.put(self.encoding, "setAccessibleName", w.ENCODING_OF, name=path.name)
            self.encoding.setFocus()

    def _sort_button(self, sort: Sort, why_not: str) -> Button:
        word, what, icon = w.SORTS[sort]
        button = Button("", icon=icon, height_px=36)
        button.setCheckable(True)
        button.clicked.connect(self._show_sort)
        button.forbid(why_not)
        self._words.put(button, "setText", word)
        if not why_not:
            self._words.put(button, "setAccessibleDescription", what)
        self._group.addButton(button)
        return button

    def _field(self, name: w.S) -> QLineEdit:
        field = QLineEdit()
        field.setMinimumHeight(FIELD_PX)
        field.setAcceptDrops(False)
        self._words.put(field, "setAccessibleName", name)
        field.textChanged.connect(lambda _: self._edited())
        return field

    def _browser(self, field: QLineEdit) -> Button:
        button = Button("", height_px=FIELD_PX)
        self._words.put(button, "setText", w.BROWSE)
        button.clicked.connect(lambda: self._ask(field))
        return button

    def _lay_out(self) -> None:
        put = self._words.put
        sort, file, below, drop = (Label("", "label", "text2") for _ in range(4))
        for label, sentence in ((sort, w.SORT), (file, w.FILE), (below, w.LINES), (drop, w.DROP)):
            put(label, "setText", sentence)
        file.setBuddy(self.path)
        below.setBuddy(self.lines)
        self.what = Label("", "body", "text2", wraps=True)
        self.lines_part = QWidget()
        self.lines_part.setLayout(
            column(below, row((self.lines, 1), self.browse_lines, gap=6), gap=4)
        )
        self.encoding_part = QWidget()
        self.encoding_part.setLayout(
            column(self._encoding_name, row(self.encoding, STRETCH), gap=4)
        )
        self.encoding_part.hide()
        where = row(Icon("upload", "text2", 20), (drop, 1), gap=10)
        self.setLayout(
            column(
                sort, row(*self.sorts.values(), STRETCH), self.what, self.needs, 6,
                file, row((self.path, 1), self.browse, gap=6), self.lines_part,
                self.encoding_part, 6,
                Panel(where, ground="sunken", margins=(14, 16, 14, 16)), STRETCH, gap=8,
            )
        )  # fmt: skip

    def _show_sort(self) -> None:
        sort = self.sort
        self.what.setText(self._words.say(w.SORTS[sort][1]))
        self.lines_part.setVisible(sort is Sort.DELIVERIES)
        kind = Files(sort, Path()).kinds[0]
        self.needs.setText(self._words.say(w.NEEDS, names=kind_needs(kind, (), self._words)))
        self._offer_encodings()
        self._edited()

    def _offer_encodings(self) -> None:
        chosen = max(0, self.encoding.currentIndex())
        self.encoding.clear()
        for name, shown in (("", self._words.say(w.UNSAID)), *w.ENCODINGS):
            self.encoding.addItem(shown, name)
        self.encoding.setCurrentIndex(chosen)

    def _edited(self) -> None:
        self.mark(is_wrong=False)
        self.ask_encoding(None)
        self.changed.emit()

    def _ask(self, field: QLineEdit) -> None:
        say = self._words.say
        path = file_to_read(self, say(w.FILE), "import", say(w.FILTER), here=field.text())
        if path:
            field.setText(path)
            field.setFocus(Qt.FocusReason.OtherFocusReason)


def files_in(data: QMimeData) -> list[str]:
    """Return the files of this computer that are dragged."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
