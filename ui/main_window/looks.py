"""Language, theme and size of text in the menus: chosen there or on the page of the settings."""

from functools import partial

from PySide6.QtCore import QObject

from ui.main_window import said
from ui.main_window.menus import Menus
from ui.main_window.room import Room


class Looks(QObject):
    """Keeps what the menus show and what is chosen the same."""

    def __init__(self, room: Room, menus: Menus, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = room.preferences
        self._menus = {
            name: menus.add_choice("view", what, options, self._chosen(name), choose)
            for name, what, options, choose in (
                ("language", said.LANGUAGE, said.LANGUAGES, partial(self._choose, "language")),
                ("theme", said.THEME, said.THEMES, partial(self._choose, "theme")),
                ("text_percent", said.TEXT_SIZE, said.TEXT_SIZES, self._choose_size),
            )
        }
        self._preferences.changed.connect(self._mark)

    def _chosen(self, name: str) -> str:
        return str(getattr(self._preferences.settings, name))

    def _choose(self, name: str, chosen: str) -> None:
        self._preferences.keep(**{name: chosen})

    def _choose_size(self, percent: str) -> None:
        self._preferences.keep(text_percent=int(percent))

    def _mark(self, name: str) -> None:
        if name in self._menus:
            Menus.mark(self._menus[name], self._chosen(name))
