"""The words of the toolkit itself: its file dialog, the menu of a field under the right button."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from erpdesk.words import Language


class ToolkitWords(QObject):
    """Says the toolkit's own words in the language of now; English is what it says by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chinese = QTranslator(self)
        place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._is_there = self._chinese.load("qtbase_zh_CN", place)

    def use(self, language: Language) -> None:
        """Say what is asked for from now on in this language."""
        QCoreApplication.removeTranslator(self._chinese)
        if language == "zh" and self._is_there:
            QCoreApplication.installTranslator(self._chinese)
