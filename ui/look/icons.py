"""Icons by name: outlines in the colour of the text beside them, sharp at every scale."""

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from erpdesk.paths import resource

_STROKE = "1.9"
_WIDTH = re.compile(r'stroke-width="[^"]*"')


def icon_names() -> frozenset[str]:
    """Return the icons there are."""
    return frozenset(path.stem for path in resource("icons").glob("*.svg"))


def icon_pixmap(name: str, colour: QColor, size: int = 16, *, dpr: float = 1.0) -> QPixmap:
    """Return an icon of a size in device-independent px, painted for a device pixel ratio."""
    return QPixmap.fromImage(_painted(name, colour.name(), size, dpr))


@lru_cache(maxsize=1024)
def _painted(name: str, colour: str, size: int, dpr: float) -> QImage:
    renderer = QSvgRenderer(QByteArray(drawn(name).replace("currentColor", colour).encode()))
    image = QImage(round(size * dpr), round(size * dpr), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    image.setDevicePixelRatio(dpr)
    return image


@lru_cache(maxsize=256)
def drawn(name: str) -> str:
    """Return the SVG text of an icon, its colour still ``currentColor``."""
    text = resource(f"icons/{name}.svg").read_text("utf-8")
    return _WIDTH.sub(f'stroke-width="{_STROKE}"', text)
