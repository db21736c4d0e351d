"""The list of a combo box in which typing finds a row by more than what is written in it."""

import time
from collections.abc import Callable
from typing import Final

from typing_extensions import override

from ui.widgets.combo import DropList

PAUSE_S: Final = 1.2
"""After so long what is typed begins anew."""


class FindingList(DropList):
    """``find`` gets what was typed so far and returns the place of a row, or None."""

    def __init__(
        self, find: Callable[[str], int | None], *, now_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._find, self._now_s = find, now_s
        self._typed, self._at_s = "", 0.0

    @override
    def keyboardSearch(self, search: str) -> None:
        now = self._now_s()
        self._typed = search if now - self._at_s > PAUSE_S else self._typed + search
        self._at_s = now
        place = self._find(self._typed)
        if place is not None:
            self.setCurrentIndex(self.model().index(place, 0))
