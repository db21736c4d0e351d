"""The words of the toolkit itself: its dialogs, the menu of a field under the right button."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator
from PySide6.QtGui import QKeySequence
from typing_extensions import override

from erpdesk.words import Language

_REST: Final = {
    "&Look in:": "查找范围(&L)：",
    "Files of &type:": "文件类型(&T)：",
    "Folder": "文件夹",
    "Drive": "驱动器",
    "Unknown": "未知",
    "Page &Set:": "页面组(&S)：",
    "Pages &per sheet:": "每张页数(&P)：",
    "Page &order:": "页面顺序(&O)：",
}
"""What the toolkit's own translation leaves in English."""


class _Ours(QTranslator):
    """Words of our own, which are in no file."""

    @override
    def isEmpty(self) -> bool:
        return False


class _Rest(_Ours):
    """Says what the other translation does not; it is asked last."""

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return _REST.get(sourceText, sourceText)


class _Keys(_Ours):
    """Says how a key is called on our buttons; what it does not know the next one is asked."""

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        is_enter = (context, sourceText) == ("QShortcut", "Return")
        return "Enter" if is_enter else None  # type: ignore[return-value] # none asks the next


def keys_of(name: str) -> QKeySequence:
    """Return keys by their own names: as they are said, both Enter keys are called Enter."""
    return QKeySequence.fromString(name, QKeySequence.SequenceFormat.PortableText)


class ToolkitWords(QObject):
    """Says the toolkit's own words in the language of now; English is what it says by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        chinese = QTranslator(self)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._keys = _Keys(self)
        self._said = (_Rest(self), chinese) if chinese.load("qtbase_zh_CN", place) else ()

    def use(self, language: Language) -> None:
        """Say what is asked for from now on in this language."""
        for one in self._said:
            QCoreApplication.removeTranslator(one)
            if language == "zh":
                QCoreApplication.installTranslator(one)
        QCoreApplication.removeTranslator(self._keys)
        QCoreApplication.installTranslator(self._keys)
