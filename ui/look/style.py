"""How a theme is put on the application: palette first, style sheet for what it cannot say."""

from functools import cache
from pathlib import Path

from PySide6.QtCore import QDir, Qt, QTemporaryDir
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.look.fonts import FAMILIES, TYPES, font, load_fonts, remember_text_percent
from ui.look.icons import drawn
from ui.look.tokens import THEMES, Theme, Tokens, remember_theme
from ui.own_folder import own_folder

_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.Highlight: "select",
    QPalette.ColorRole.HighlightedText: "on_select",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "sunken",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
    QPalette.ColorRole.Shadow: "edge",
}
_QUIET = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)
_SHEET, _DRESSED = "erpdesk_sheet", "erpdesk_dressed"
STYLED = ("-style", "Fusion")
"""Arguments of an application on which every theme looks alike."""
_TONES = ("ok", "attention", "error", "info", "unbilled", "neutral")
_INKS = ("text", "text2", "text3", "accent", "on_accent", *_TONES)


def palette(tokens: Tokens) -> QPalette:
    """Return the palette of a theme."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(getattr(tokens, name)))
    for role in _QUIET:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text3))
    return made


def style_sheet(tokens: Tokens, scale: float = 1.0) -> str:
    """Return what the palette cannot say: types, panels, fields, heads, rings of focus."""
    return "\n".join(
        (_types(scale), _inks(tokens), _grounds(tokens), _fields(tokens), _tables(tokens, scale))
    )


def apply(application: QApplication, theme: Theme, text_percent: int = 100) -> Tokens:
    """Put a theme and a text size on every window, without losing what is typed or selected."""
    tokens = THEMES[theme]
    load_fonts(application)
    remember_theme(application, theme)
    remember_text_percent(application, text_percent)
    _tint(tokens)
    application.setFont(font("body"))
    application.setPalette(palette(tokens))
    sheet = style_sheet(tokens, text_percent / 100)
    application.setProperty(_SHEET, sheet)
    for window in application.topLevelWidgets():
        if window.property(_DRESSED):
            window.setStyleSheet(sheet)
    return tokens


def dress(window: QWidget) -> None:
    """Put the style sheet of now, and of every later theme, on a window and all in it.

    It is put on windows because parts would ask a sheet of the application anew whenever what they
    stand in is put into something else, long before they are shown.
    """
    window.setProperty(_DRESSED, True)  # noqa: FBT003 - Qt's own order
    application = QApplication.instance()
    sheet = application.property(_SHEET) if application is not None else None
    window.setStyleSheet(str(sheet or ""))


def _tint(tokens: Tokens) -> None:
    """Write the marks that a style sheet names, in the colours of the theme."""
    folder = _marks_folder().path()
    QDir.setSearchPaths("marks", [folder])
    for name, colour in _marks(tokens):
        text = drawn(name).replace("currentColor", colour)
        Path(folder, f"{name}-{colour[1:]}.svg").write_text(text, "utf-8")


@cache
def _marks_folder() -> QTemporaryDir:
    return own_folder()


def _marks(t: Tokens) -> tuple[tuple[str, str], ...]:
    checks = (("check", colour) for colour in (t.on_accent, t.text, t.on_select))
    return (("chevron-down", t.text2), *checks)


def _mark(name: str, colour: str) -> str:
    return f"url(marks:{name}-{colour[1:]}.svg)"


def system_theme() -> Theme:
    """Return what the system reports: dark where it says so, else light."""
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def _types(scale: float) -> str:
    family = ", ".join(f'"{name}"' for name in FAMILIES)
    rules = [f"* {{ font-family: {family}; }}"]
    for name, (px, weight) in TYPES.items():
        size = round(px * scale)
        rules.append(f'*[type="{name}"] {{ font-size: {size}px; font-weight: {weight}; }}')
    return "\n".join(rules)


def _inks(tokens: Tokens) -> str:
    return "\n".join(
        f'QLabel[ink="{name}"] {{ color: {getattr(tokens, name)}; }}' for name in _INKS
    )


def _grounds(t: Tokens) -> str:
    tones = "\n".join(_toned(t, tone) for tone in _TONES)
    return f"""
QLabel {{ background: transparent; }}
*[ground="canvas"] {{ background: {t.canvas}; }}
*[ground="side"] {{ background: {t.side}; }}
*[ground="surface"] {{ background: {t.surface}; }}
*[ground="panel"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px; }}
*[ground="sunken"] {{ background: {t.sunken}; border: 1px solid {t.line}; border-radius: 6px; }}
*[ground="foot"] {{ background: {t.surface}; border: 0; border-top: 1px solid {t.line}; }}
*[ground="key"] {{ background: {t.sunken}; border: 1px solid {t.line}; border-radius: 3px;
    padding: 0 4px; }}
*[ground="rule"] {{ background: {t.line}; border: 0; }}
{tones}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
    padding: 4px 6px; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; padding: 4px; }}
QMenu::item {{ padding: 5px 20px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.select}; color: {t.on_select}; }}
QMenu::item:disabled {{ color: {t.text3}; }}
QMenu::indicator {{ width: 14px; height: 14px; left: 5px; }}
QMenu::indicator:checked {{ image: {_mark("check", t.text)}; }}
QMenu::indicator:checked:selected {{ image: {_mark("check", t.on_select)}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QSplitter::handle {{ background: transparent; }}
"""


def _toned(t: Tokens, tone: str) -> str:
    colour, ground = (
        getattr(t, tone),
        t.accent_soft if tone == "info" else getattr(t, f"{tone}_soft"),
    )
    border = f"border: 1px solid {colour};" if t.is_contrast else "border: 0;"
    straight = "border-top-left-radius: 0; border-bottom-left-radius: 0;"
    bar = border if t.is_contrast else f"border: 0; border-left: 4px solid {colour}; {straight}"
    return f"""
*[ground="{tone}"] {{ background: {ground}; {border} border-radius: 4px; }}
*[ground="{tone}-bar"] {{ background: {ground}; border-radius: 4px; {bar} }}
*[ground="{tone}-full"] {{ background: {colour}; border: 0; border-radius: 4px; }}"""


def _fields(t: Tokens) -> str:
    ring, inner = t.ring_px, 9 - t.ring_px
    boxes = "QLineEdit, QComboBox, QDateEdit, QPlainTextEdit, QTextEdit"
    focused = ", ".join(f"{box}:focus" for box in boxes.split(", "))
    return f"""
{boxes} {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge};
    border-radius: 4px; padding: 0 8px; selection-background-color: {t.select};
    selection-color: {t.on_select}; placeholder-text-color: {t.text3}; }}
QLineEdit:read-only {{ background: {t.sunken}; border: 1px solid {t.line}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {t.text3}; background: {t.sunken}; }}
QLineEdit[bare="true"] {{ background: transparent; border: 0; padding: 0; }}
QLineEdit[bare="true"]:focus {{ border: 0; border-bottom: {ring}px solid {t.focus}; padding: 0; }}
QPlainTextEdit[bare="true"], QPlainTextEdit[bare="true"]:focus {{ border: 0; padding: 0 8px; }}
QLineEdit[wrong="true"] {{ border: 1px solid {t.error}; }}
{focused} {{ border: {ring}px solid {t.focus}; padding: 0 {inner}px; }}
QLineEdit[wrong="true"]:focus {{ border-color: {t.error}; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ image: {_mark("chevron-down", t.text2)}; width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.edge};
    selection-background-color: {t.select}; selection-color: {t.on_select}; }}
QCheckBox, QRadioButton {{ spacing: 6px; background: transparent; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {t.edge};
    border-radius: 3px; background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: {_mark("check", t.on_accent)}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {t.focus}; }}
QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {t.edge};
    border-radius: 7px; background: {t.surface}; }}
QRadioButton::indicator:checked {{ border: 4px solid {t.accent}; width: 6px; height: 6px; }}
"""


def _tables(t: Tokens, scale: float) -> str:
    handle = t.edge if t.is_contrast else t.line
    return f"""
QTableView, QTreeView, QListView {{ background: {t.surface}; border: 0; outline: 0; }}
QHeaderView {{ background: {t.sunken}; border: 0; }}
QHeaderView::section {{ background: {t.sunken}; color: {t.text2}; border: 0;
    border-bottom: 1px solid {t.line}; padding: 0 8px; font-size: {round(12 * scale)}px;
    font-weight: 500; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle {{ background: {handle}; border-radius: 3px; }}
QScrollBar::handle:hover {{ background: {t.edge}; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
"""
