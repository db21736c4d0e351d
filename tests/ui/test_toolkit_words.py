"""What the toolkit says by itself follows the language too."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabWidget,
)
from pytestqt.qtbot import QtBot

from erpdesk.words import Language
from ui.work.toolkit_words import ToolkitWords, keys_of


@pytest.fixture
def words() -> Iterator[ToolkitWords]:
    made = ToolkitWords()
    yield made
    made.use("en")


@pytest.mark.parametrize(("language", "said"), [("zh", "粘贴"), ("en", "Paste")])
def test_that_the_menu_of_a_field_speaks_the_language_of_now(
    qtbot: QtBot, words: ToolkitWords, language: Language, said: str
) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)

    words.use(language)
    menu = field.createStandardContextMenu()
    qtbot.addWidget(menu)

    assert any(said in one.text() for one in menu.actions())


def test_that_the_dialog_of_files_and_that_of_printers_are_chinese_in_a_chinese_window(
    qtbot: QtBot, words: ToolkitWords
) -> None:
    words.use("zh")
    files, printing = QFileDialog(None, "存", "/", "PDF (*.pdf)"), QPrintDialog(QPrinter())
    for dialog in (files, printing):
        qtbot.addWidget(dialog)

    assert english(files) == []
    assert english(printing) == []
    assert "..." in {one.text() for one in printing.findChildren(QAbstractButton)}


def english(dialog: QDialog) -> list[str]:
    """Return what a dialog says in English: names of formats and of the screen's own are none."""
    texts = [one.text() for one in dialog.findChildren(QLabel)]
    texts += [one.text() for one in dialog.findChildren(QAbstractButton)]
    texts += [one.title() for one in dialog.findChildren(QGroupBox)]
    for tabs in dialog.findChildren(QTabWidget):
        texts += [tabs.tabText(n) for n in range(tabs.count())]
    return [one for one in texts if re.search("[A-Za-z]{2}", one.replace("PDF", ""))]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_a_menu_calls_a_key_as_our_buttons_do(
    app: QApplication, words: ToolkitWords, language: Language
) -> None:
    words.use(language)

    assert QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText) == (
        "Ctrl+Enter"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_both_enter_keys_stay_two_keys(
    app: QApplication, words: ToolkitWords, language: Language
) -> None:
    """Two shortcuts of one key would be ambiguous, and neither would do anything."""
    words.use(language)

    assert keys_of("Ctrl+Return") != keys_of("Ctrl+Enter")
