"""The window: menu row with the one field, sidebar, pages, status lights."""

from ui.main_window.room import Room
from ui.main_window.window import MainWindow

__all__ = ["MainWindow", "Room"]
