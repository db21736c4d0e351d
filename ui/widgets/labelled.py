"""A field under its label: whoever looks for the name of the label finds the field."""

from PySide6.QtWidgets import QWidget

from erpdesk.words import Sentence
from ui.widgets.parts import Label, column
from ui.work.wording import Wording


def labelled(words: Wording, name: Sentence, field: QWidget) -> QWidget:
    """Return a part with the field and, above it, its name in the language of now."""
    label = Label("", "label", "text2")
    words.put(label, "setText", name)
    words.put(field, "setAccessibleName", name)
    label.setBuddy(field)
    made = QWidget()
    made.setLayout(column(label, field, gap=3))
    return made
