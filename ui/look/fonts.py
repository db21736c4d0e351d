"""The fonts of the screen: the shipped family, and the sizes by name."""

from functools import cache
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from erpdesk.paths import resource

FAMILIES = [
    "Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei", "sans-serif",
]  # fmt: skip

Type = Literal[
    "title", "subject", "figure", "figure2", "strip", "code", "section", "band", "body", "strong",
    "label", "small", "key",
]  # fmt: skip

TYPES: dict[Type, tuple[int, int]] = {
    "title": (18, 600),
    "subject": (21, 600),
    "figure": (24, 500),
    "figure2": (20, 500),
    "strip": (16, 500),
    "code": (20, 500),
    "section": (14, 600),
    "band": (15, 600),
    "body": (13, 400),
    "strong": (13, 500),
    "label": (12, 500),
    "small": (12, 400),
    "key": (11, 400),
}
"""Size in device-independent px at 100 %, and weight."""

TEXT_PERCENTS = (90, 100, 115, 130)
"""The text sizes that settings offer."""

_PERCENT = "erpdesk_text_percent"
_LOADED = "erpdesk_fonts_loaded"
_WEIGHTS = ("Regular", "Medium", "SemiBold")


def load_fonts(application: QApplication) -> None:
    """Register the shipped fonts once; those that are missing are kept in mind."""
    if application.property(_LOADED) is not None:
        return
    names = [f"NotoSansSC-{weight}.ttf" for weight in _WEIGHTS]
    lost = [name for name in names if not _registered(name)]
    application.setProperty(_LOADED, ",".join(lost))


def _registered(name: str) -> bool:
    path = resource(f"fonts/{name}")
    return path.is_file() and QFontDatabase.addApplicationFont(str(path)) >= 0


def lost_fonts() -> tuple[str, ...]:
    """Return the shipped fonts that are missing or damaged; the system's stand in for them."""
    application = QApplication.instance()
    found = application.property(_LOADED) if application is not None else None
    return tuple(str(found).split(",")) if found else ()


def text_percent() -> int:
    """Return the text size that the application has now, in percent."""
    application = QApplication.instance()
    found = application.property(_PERCENT) if application is not None else None
    return int(found) if found is not None else 100


def remember_text_percent(application: QApplication, percent: int) -> None:
    """Make a text size the one that :func:`font` answers."""
    application.setProperty(_PERCENT, percent)


def scaled(px: int) -> int:
    """Return a length that grows with the text size."""
    return round(px * text_percent() / 100)


def font(name: Type) -> QFont:
    """Return a font of the screen by its name, at the text size of now."""
    return QFont(_made(name, text_percent()))


@cache
def _made(name: Type, percent: int) -> QFont:
    px, weight = TYPES[name]
    made = QFont()
    made.setFamilies(FAMILIES)
    made.setPixelSize(round(px * percent / 100))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
