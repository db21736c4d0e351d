"""One heap for all lanes: each would take one of its own, of which most stays empty."""

import contextlib
from typing import Final

_ARENAS_MOST: Final = -8
"""``M_ARENA_MAX`` of the GNU C library's ``mallopt``; others have no such number."""


def share_one_heap() -> None:
    """Let the lanes that begin from now on take their memory where the window does."""
    import ctypes  # loads what a start does without

    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENAS_MOST, 1)
