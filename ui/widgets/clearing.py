"""A field with a button that empties it, which has a name like any other."""

from typing import Final

from PySide6.QtWidgets import QLineEdit, QToolButton

from erpdesk.words import Sentence
from ui.work.wording import Wording

CLEAR: Final = Sentence("清空", "Clear")


def clearable(field: QLineEdit, words: Wording) -> None:
    """Give a field its button, named in the language of now."""
    words.put(clear_button(field), "setAccessibleName", CLEAR)


def clear_button(field: QLineEdit) -> QToolButton:
    """Give a field its button and return it, to be named."""
    field.setClearButtonEnabled(True)
    return field.findChildren(QToolButton)[-1]
