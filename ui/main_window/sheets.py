"""The sheets at the right of the window: keys, the help of the page, about; one at a time."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRect
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from erpdesk.words.help_books import HELP
from ui.main_window import said
from ui.main_window.about_sheet import AboutSheet
from ui.main_window.help_sheet import HelpSheet
from ui.main_window.keys_sheet import KeysSheet
from ui.main_window.menus import Menus
from ui.main_window.room import Room
from ui.main_window.side_sheet import SideSheet
from ui.pages import Page


class Frame(Protocol):
    """The window, as far as the sheets look at it."""

    room: Room
    menus: Menus

    @property
    def page(self) -> Page: ...  # noqa: D102 - the class says it
    @property
    def shown(self) -> str: ...  # noqa: D102
    def everywhere(self) -> list[QAction]: ...  # noqa: D102


class Sheets:
    """Shows a sheet over the right of the window; closing it gives the focus back."""

    def __init__(self, frame: Frame, window: QWidget) -> None:
        self._frame, wording = frame, frame.room.wording
        self._before: QWidget | None = None
        self.keys, self.help = KeysSheet(wording), HelpSheet(wording)
        self.about = AboutSheet(wording, self._facts)
        self._again: Callable[[], None] = self.show_help
        for sheet in self._every():
            sheet.setParent(window)
            sheet.hide()
            sheet.closed.connect(self._give_back)
        wording.when_switched(self._say_again)

    def put_into(self, menus: Menus) -> None:
        """Offer the sheets in the menu of help."""
        menus.add("help", said.HELP, "F1", self.show_help)
        menus.add("help", said.KEYS, "Shift+F1", self.show_keys)
        menus.add("help", said.ABOUT, "", self.show_about)

    def show_keys(self) -> None:
        """Show the keys of this page and everywhere."""
        self._begin(self.keys, self.show_keys)
        self.keys.show_keys(self._frame.page.all_actions(), self._frame.everywhere())

    def show_help(self) -> None:
        """Show the help of this page."""
        self._begin(self.help, self.show_help)
        page = self._frame.page
        self.help.show_help(page.title, HELP[self._frame.shown], page.all_actions())

    def show_about(self) -> None:
        """Show what the program is made of."""
        self._begin(self.about, self.show_about)
        self.about.show_about()

    def place(self, room: QRect) -> None:
        """Stand at the right of this part of the window."""
        for sheet in self._every():
            width = sheet.width()
            sheet.setGeometry(room.right() + 1 - width, room.top(), width, room.height())

    def close(self) -> bool:
        """Put a sheet away; False when none was there."""
        shown = [sheet for sheet in self._every() if sheet.isVisible()]
        for sheet in shown:
            sheet.put_away()
        return bool(shown)

    def page_changed(self) -> None:
        """Help follows the page."""
        if self.help.isVisible():
            self.show_help()
        elif self.keys.isVisible():
            self.show_keys()

    def _begin(self, sheet: SideSheet, again: Callable[[], None]) -> None:
        if not any(one.isVisible() for one in self._every()):
            self._before = QApplication.focusWidget()
        for other in self._every():
            if other is not sheet:
                other.hide()
        self._again = again

    def _say_again(self) -> None:
        if any(sheet.isVisible() for sheet in self._every()):
            self._again()

    def _give_back(self) -> None:
        before, self._before = self._before, None
        if before is not None and before.isVisible():
            before.setFocus()

    def _every(self) -> tuple[SideSheet, ...]:
        return (self.keys, self.help, self.about)

    def _facts(self) -> dict[str, str]:
        """Return how books and window stand, for whoever helps: no name, amount or folder."""
        room = self._frame.room
        stands = room.watch.stands
        return {
            "books": "postgresql" if "://" in room.place else "sqlite",
            "page": self._frame.shown,
            "language": room.wording.language,
            "checks failing": ", ".join(one.code for one in stands.failing) or "none",
            "scanner": "serial" if room.preferences.settings.scanner_port else "keyboard",
        }
