"""The colours of the three themes by name; no other room writes a colour."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

Theme = Literal["light", "dark", "contrast"]
Tone = Literal["ok", "attention", "error", "info", "unbilled", "neutral"]
Ink = Literal[
    "text", "text2", "text3", "accent", "on_accent", "on_select", "edge",
    "ok", "attention", "error", "info", "unbilled", "neutral",
]  # fmt: skip
"""What text and icons may be painted with; every tone is an ink."""

TONE_ICONS: dict[Tone, str] = {
    "ok": "circle-check",
    "attention": "triangle-alert",
    "error": "octagon-x",
    "info": "info",
    "unbilled": "file-clock",
    "neutral": "circle-dashed",
}
"""The shape of each tone: colour is never the only signal."""

_THEME = "erpdesk_theme"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Every colour of one theme, as ``#RRGGBB``."""

    theme: Theme
    canvas: str
    surface: str
    sunken: str
    side: str
    line: str
    edge: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    select: str
    on_select: str
    focus: str
    ok: str
    ok_soft: str
    attention: str
    attention_soft: str
    error: str
    error_soft: str
    unbilled: str
    unbilled_soft: str
    info: str
    neutral: str
    neutral_soft: str

    @property
    def is_contrast(self) -> bool:
        """Say whether grounds are all black, so that borders carry the tones."""
        return self.theme == "contrast"

    @property
    def ring_px(self) -> int:
        """Return how wide the ring around the focused part is."""
        return 3 if self.is_contrast else 2

    def ink(self, name: Ink) -> QColor:
        """Return the colour of text and icons."""
        return QColor(str(getattr(self, name)))

    def ground(self, tone: Tone) -> QColor:
        """Return the soft ground that belongs to a tone."""
        return QColor(self.ground_name(tone))

    def ground_name(self, tone: Tone) -> str:
        """Return the soft ground of a tone as ``#RRGGBB``."""
        return self.accent_soft if tone == "info" else str(getattr(self, f"{tone}_soft"))


LIGHT = Tokens(
    theme="light",
    canvas="#F3F4F6",
    surface="#FFFFFF",
    sunken="#F7F8FA",
    side="#E9ECF0",
    line="#DDE1E6",
    edge="#7F8A98",
    text="#1A1F26",
    text2="#4A5462",
    text3="#5C6675",
    accent="#1F5AA6",
    accent_hover="#184A8A",
    accent_soft="#E4EDF8",
    on_accent="#FFFFFF",
    select="#D5E4F6",
    on_select="#1A1F26",
    focus="#1F5AA6",
    ok="#1A6B3A",
    ok_soft="#E1F2E6",
    attention="#7D4C00",
    attention_soft="#FCEFD3",
    error="#AF2119",
    error_soft="#FBE5E3",
    unbilled="#6A46A3",
    unbilled_soft="#EEE8F7",
    info="#1F5AA6",
    neutral="#4A5462",
    neutral_soft="#EAEDF1",
)

DARK = Tokens(
    theme="dark",
    canvas="#14171B",
    surface="#1B1F24",
    sunken="#20252B",
    side="#171B1F",
    line="#2E353D",
    edge="#77828F",
    text="#E7EAEE",
    text2="#B4BCC6",
    text3="#98A2AE",
    accent="#86B4F2",
    accent_hover="#A3C7F7",
    accent_soft="#20324A",
    on_accent="#0B1A2E",
    select="#21385A",
    on_select="#E7EAEE",
    focus="#8FBCFA",
    ok="#74CB92",
    ok_soft="#18331F",
    attention="#EBB965",
    attention_soft="#3A2C10",
    error="#F58F87",
    error_soft="#44201E",
    unbilled="#BFA4F0",
    unbilled_soft="#30264A",
    info="#86B4F2",
    neutral="#B4BCC6",
    neutral_soft="#2A3037",
)

CONTRAST = Tokens(
    theme="contrast",
    canvas="#000000",
    surface="#000000",
    sunken="#000000",
    side="#000000",
    line="#FFFFFF",
    edge="#FFFFFF",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#FFFFFF",
    accent="#9DB8FF",
    accent_hover="#C3D3FF",
    accent_soft="#000000",
    on_accent="#000000",
    select="#FFD84A",
    on_select="#000000",
    focus="#4CE6FF",
    ok="#6BFF8E",
    ok_soft="#000000",
    attention="#FFD84A",
    attention_soft="#000000",
    error="#FF9C94",
    error_soft="#000000",
    unbilled="#D9C2FF",
    unbilled_soft="#000000",
    info="#7FC4FF",
    neutral="#FFFFFF",
    neutral_soft="#000000",
)

THEMES: dict[Theme, Tokens] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

PAPER = "#FFFFFF"
BARS = "#000000"
"""Barcodes on screen are black on white in every theme."""


def tokens() -> Tokens:
    """Return the colours of the theme that the application has now; light before any."""
    application = QApplication.instance()
    theme = application.property(_THEME) if application is not None else None
    return THEMES[theme] if theme is not None else LIGHT


def remember_theme(application: QApplication, theme: Theme) -> None:
    """Make a theme the one that :func:`tokens` answers."""
    application.setProperty(_THEME, theme)
