"""What the toolkit says by itself follows the language too."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from erpdesk.words import Language
from ui.work.toolkit_words import ToolkitWords


@pytest.mark.parametrize(("language", "said"), [("zh", "粘贴"), ("en", "Paste")])
def test_that_the_menu_of_a_field_speaks_the_language_of_now(
    qtbot: QtBot, language: Language, said: str
) -> None:
    field, words = QLineEdit(), ToolkitWords()
    qtbot.addWidget(field)

    words.use(language)
    menu = field.createStandardContextMenu()
    qtbot.addWidget(menu)
    words.use("en")

    assert any(said in one.text() for one in menu.actions())
