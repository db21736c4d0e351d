"""How the program looks: colours, type, icons, style, each by its name.

``tokens()`` and ``font(name)`` answer for the theme and text size of now; ``apply`` changes both
while windows are open. No other room writes a colour, a font family or a size of type.
"""

from ui.look.fonts import TEXT_PERCENTS, TYPES, Type, font, lost_fonts, scaled, text_percent
from ui.look.icons import icon_names, icon_pixmap
from ui.look.style import STYLED, apply, dress, palette, style_sheet, system_theme
from ui.look.tokens import (
    BARS,
    CONTRAST,
    DARK,
    LIGHT,
    PAPER,
    THEMES,
    TONE_ICONS,
    Ink,
    Theme,
    Tokens,
    Tone,
    tokens,
)

__all__ = [
    "BARS",
    "CONTRAST",
    "DARK",
    "LIGHT",
    "PAPER",
    "STYLED",
    "TEXT_PERCENTS",
    "THEMES",
    "TONE_ICONS",
    "TYPES",
    "Ink",
    "Theme",
    "Tokens",
    "Tone",
    "Type",
    "apply",
    "dress",
    "font",
    "icon_names",
    "icon_pixmap",
    "lost_fonts",
    "palette",
    "scaled",
    "style_sheet",
    "system_theme",
    "text_percent",
    "tokens",
]
