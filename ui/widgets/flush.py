"""Bare verbs in line with the column they stand in: what their ground takes reaches past it."""

from PySide6.QtWidgets import QHBoxLayout

from ui.widgets.button import BARE_PAD_PX, Button
from ui.widgets.parts import STRETCH, Item, row


def flush_left(button: Button, *rest: Item) -> QHBoxLayout:
    """Return a row that begins with a bare button, its word in line with the left edge."""
    return row(-BARE_PAD_PX, button, *rest, STRETCH)


def flush_right(*items: Item, gap: int = 8) -> QHBoxLayout:
    """Return a row that ends with a bare button, its word in line with the right edge."""
    return row(*items, -BARE_PAD_PX, gap=gap)
