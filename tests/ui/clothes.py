"""The look of parts that a test shows alone; windows of the program dress themselves."""

from PySide6.QtWidgets import QApplication

from ui.look import Theme, Tokens, apply, style_sheet


def clothe(app: QApplication, theme: Theme, text_percent: int = 100) -> Tokens:
    """Put a theme and a text size on the application and on every part, in a window or not."""
    now = apply(app, theme, text_percent)
    app.setStyleSheet(style_sheet(now, text_percent / 100))
    return now
