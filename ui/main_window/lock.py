"""The lock: every window is covered, nothing in it is lost, and a password opens it again."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from erpdesk.bootstrap import is_wrong_password
from erpdesk.errors import UserError
from ui.dialogs.unlock import Unlock
from ui.main_window.books import told, why
from ui.main_window.room import Room
from ui.widgets.parts import free


class Cover(QWidget):
    """Lies over everything that a window holds."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False


class Lock(QObject):
    """``changed`` carries whether it is locked; ``other_wanted``: somebody else signs in."""

    changed = Signal(bool)
    other_wanted = Signal()

    def __init__(self, window: QWidget, room: Room) -> None:
        super().__init__(window)
        self._window, self._room = window, room
        self._covers: list[Cover] = []
        self.dialog: Unlock | None = None

    @property
    def is_locked(self) -> bool:
        """Say whether the window is covered."""
        return self.dialog is not None

    def lock(self) -> None:
        """Cover every window of the program and ask for the password."""
        if self.is_locked or not self._window.isVisible():
            return
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        tops = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        self._covers = [Cover(one) for one in tops]
        dialog = Unlock(self._room.wording, self._room.person, self._room.firm, self._window)
        dialog.given.connect(self._prove)
        dialog.other_wanted.connect(self._leave)
        self.dialog = dialog
        dialog.show()
        self.changed.emit(True)  # noqa: FBT003 - a signal carries it
        self._ask_whether_there_is_one(dialog)

    def _ask_whether_there_is_one(self, dialog: Unlock) -> None:
        desk = self._room.desk
        self._room.runner.query(
            dialog,
            lambda: told(lambda: desk.signing_in.needs_password(desk.company.person)),
            done=lambda is_asked: dialog.ask(is_asked=is_asked),
            refused=lambda error: self._refuse(dialog, error),
        )

    def _prove(self, password: str | None) -> None:
        dialog, desk = self.dialog, self._room.desk
        if dialog is None:
            return
        if password is None:
            self.unlock()
            return
        self._room.runner.query(
            dialog,
            lambda: told(lambda: desk.signing_in.prove(desk.company.person, password)),
            done=lambda _: self.unlock(),
            refused=lambda error: self._refuse(dialog, error),
        )

    @staticmethod
    def _refuse(dialog: Unlock, error: UserError) -> None:
        dialog.refuse(why(error), is_wrong_password=is_wrong_password(error))

    def _leave(self) -> None:
        self.unlock()
        self.other_wanted.emit()

    def unlock(self) -> None:
        """Take the covers away: everything is as it was left."""
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        for cover in self._covers:
            free(cover)
        self._covers.clear()
        dialog.hide()
        dialog.deleteLater()
        self._window.activateWindow()
        self.changed.emit(False)  # noqa: FBT003 - a signal carries it
