"""The window: menu row with the one field, sidebar, pages, status lights.

It is loaded when it is first named: the sign-in is painted before.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.main_window.room import Room
    from ui.main_window.window import MainWindow

__all__ = ["MainWindow", "Room"]


def __getattr__(name: str) -> Any:
    if name == "MainWindow":
        from ui.main_window.window import MainWindow

        return MainWindow
    if name == "Room":
        from ui.main_window.room import Room

        return Room
    raise AttributeError(name)
