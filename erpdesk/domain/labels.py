"""Labels with a customer's code: how a sheet of them is laid out (documents.md 5)."""

from dataclasses import dataclass
from typing import Final

from erpdesk.errors import UserError

ACROSS: Final = 3
ON_SHEET: Final = 24
MOST: Final = 4_800
"""So many are drawn at once: two hundred sheets."""
OFF_MOST: Final = 50
"""So far may a printer's sheet be moved, in tenths of a millimetre."""


class LabelPlaceError(UserError):
    """There is no such place on a sheet, or it is moved too far."""


class TooManyLabelsError(UserError):
    """So many labels are not drawn at once."""


class NoLabelsError(UserError):
    """Nobody is to get a label."""


@dataclass(frozen=True, slots=True)
class LabelsAsked:
    """The first free place of the sheet, from 1; by how much the printer is off, in 0.1 mm.

    ``is_framed`` draws the edges, to try where the printer puts them.
    """

    first: int = 1
    right_tenths: int = 0
    down_tenths: int = 0
    is_framed: bool = False


def must_print(asked: LabelsAsked, count: int) -> None:
    """Refuse what no sheet has, and too many.

    Raises:
        LabelPlaceError, NoLabelsError, TooManyLabelsError: so it is.
    """
    off = max(abs(asked.right_tenths), abs(asked.down_tenths))
    if not 1 <= asked.first <= ON_SHEET or off > OFF_MOST:
        raise LabelPlaceError(places=ON_SHEET, most=OFF_MOST)
    if not count:
        raise NoLabelsError
    if count > MOST:
        raise TooManyLabelsError(count=count, most=MOST)
