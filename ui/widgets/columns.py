"""Parts side by side; where there is not room enough for that, one under the other."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QSizePolicy, QWidget
from typing_extensions import override

from ui.look import scaled
from ui.widgets.page_stack import UpAndDown
from ui.widgets.parts import row

LEAST_PX, LOW_PX, HIGH_PX = 960, 220, 420
_Width = tuple[int, int, QSizePolicy.Policy]
"""The least and the most of a part, and its policy."""
_FREE: _Width = (0, (1 << 24) - 1, QSizePolicy.Policy.Preferred)


class Columns(QWidget):
    """Each part with its share of the room; 0: it is as wide as it says itself.

    Below ``least_px``, or when the parts need more than there is, they stand one under the other:
    a part that has a width of its own gives it up, and none is lower than can be worked in; the
    first is no higher than ``first_px`` then, and what goes up and down by itself is as high as all
    that is in it: what is around it goes up and down. ``turned`` follows when they stand otherwise.
    """

    turned = Signal()

    def __init__(
        self,
        *parts: tuple[QWidget | QLayout, int],
        least_px: int = LEAST_PX,
        first_px: int = HIGH_PX,
        gap: int = 10,
    ) -> None:
        super().__init__()
        shares = [(_whole(part), share) for part, share in parts]
        self._parts, self._least_px = [part for part, _ in shares], least_px
        self._first_px = first_px
        self._given_up: dict[QWidget, _Width] = {}
        self._box = row(*shares, gap=gap)
        self.setLayout(self._box)

    @property
    def is_below(self) -> bool:
        """Say whether the parts stand one under the other."""
        return self._box.direction() is QBoxLayout.Direction.TopToBottom

    @override
    def minimumSizeHint(self) -> QSize:
        widest = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(widest, self._box.minimumSize().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _needs(self) -> int:
        """Return how wide all of it is side by side."""
        shown = self._shown()
        gaps = self._box.spacing() * (len(shown) - 1)
        return max(self._least_px, gaps + sum(map(self._wide, shown)))

    def _wide(self, part: QWidget) -> int:
        least, _, policy = self._given_up.get(part) or _own(part)
        is_fixed = policy is QSizePolicy.Policy.Fixed
        return least or (part.sizeHint() if is_fixed else part.minimumSizeHint()).width()

    def _fit(self) -> None:
        was_below, is_below = self.is_below, self.width() < self._needs()
        if is_below or was_below:
            way = QBoxLayout.Direction
            self._box.setDirection(way.TopToBottom if is_below else way.LeftToRight)
            for part in self._parts:
                (self._release if is_below else self._take_back)(part)
        if is_below != was_below:
            self.turned.emit()

    def _release(self, part: QWidget) -> None:
        if _own(part) != _FREE:
            self._given_up[part] = _own(part)
            _let(part, *_FREE)
        if isinstance(part, UpAndDown):
            part.setMinimumHeight(part.whole_px(self.width()))
            return
        most = self._first_px if part is self._parts[0] else HIGH_PX
        low, high = scaled(LOW_PX), scaled(most)
        wanted = max(low, min(high, part.sizeHint().height()))
        part.setMinimumHeight(max(wanted, part.minimumSizeHint().height()))

    def _take_back(self, part: QWidget) -> None:
        _let(part, *self._given_up.pop(part, _FREE))
        part.setMinimumHeight(0)


def _own(part: QWidget) -> _Width:
    return part.minimumWidth(), part.maximumWidth(), part.sizePolicy().horizontalPolicy()


def _let(part: QWidget, least: int, most: int, policy: QSizePolicy.Policy) -> None:
    part.setMinimumWidth(least)
    part.setMaximumWidth(most)
    whole = part.sizePolicy()
    whole.setHorizontalPolicy(policy)
    part.setSizePolicy(whole)


def _whole(part: QWidget | QLayout) -> QWidget:
    if isinstance(part, QWidget):
        return part
    made = QWidget()
    made.setLayout(part)
    return made
