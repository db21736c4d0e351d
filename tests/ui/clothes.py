"""The look of parts that a test shows alone; windows of the program dress themselves."""

from PySide6.QtWidgets import QApplication

from ui.look import Theme, Tokens, apply, style_sheet


def clothe(app: QApplication, theme: Theme, text_percent: int = 100) -> Tokens:
    """Put a theme and a text size on the application and on every part, in a window or not."""
    now = apply(app, theme, text_percent)
    app.setStyleSheet(style_sheet(now, text_percent / 100))
    return now


def as_in_use(app: QApplication, theme: Theme, text_percent: int = 100) -> None:
    """Put a theme and a text size on what dresses itself, as the program does, and on no more.

    A sheet of the application besides would be asked again for all that is in such a window.
    """
    if app.styleSheet():
        app.setStyleSheet("")
    apply(app, theme, text_percent)
