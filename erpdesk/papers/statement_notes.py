"""What ends a statement: notes in plain words, a code to check with, who made it, the seal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.units import mm

from erpdesk.domain.accounts import Part
from erpdesk.domain.statement import Sort
from erpdesk.papers.codes import qr
from erpdesk.papers.fonts import Weight
from erpdesk.papers.page import LEFT, RIGHT, Sheet
from erpdesk.papers.pairs import Pair, Pairs
from erpdesk.papers.payment import SEAL_LABEL
from erpdesk.papers.statement_view import StatementView
from erpdesk.papers.text import BODY, SMALL, SMALLEST, Fitted, Style, fit
from erpdesk.papers.wording import said

_CAPTION: Final = SMALL.at(SMALLEST)
_HEADING: Final = Style(Weight.SEMIBOLD, 9.5)
_QR: Final = 20 * mm
_SEAL: Final = 17 * mm
_ROOM: Final = 100 * mm
_BESIDE: Final = LEFT + 108 * mm
_UPPER: Final = 12 * mm
_LINE: Final = 4.6 * mm
_BELOW: Final = 42 * mm
_NOTE: Final = BODY.at(8.5)


@dataclass(frozen=True, slots=True)
class StatementNotes:
    """The last block of a statement."""

    view: StatementView

    @property
    def height(self) -> float:
        """Return the height in points."""
        return max(_BELOW, _UPPER + sum(_LINE + note.drop for note in self._notes()))

    def draw(self, sheet: Sheet, top: float) -> None:
        """Draw under ``top``."""
        sheet.text(LEFT, top - 6.5 * mm, self.view.words.notes, _HEADING)
        y = top - _UPPER
        for note in self._notes():
            y = sheet.lines(LEFT, y, note) - _LINE
        self._beside(sheet, top)
        sheet.mark("notes", bottom=top - self.height, top=top)

    def _notes(self) -> tuple[Fitted, ...]:
        return tuple(
            fit(f"{n}. {text}", _NOTE, _ROOM, where=f"notes.{n}", lines=4)
            for n, text in enumerate(self._said(), 1)
        )

    def _said(self) -> Iterator[str]:
        view, words = self.view, self.view.words
        yield words.listed[view.sort]
        listed = {line.part for part in view.parts for line in part.lines}
        if view.sort is Sort.ACTIVITY or Part.UNBILLED in listed:
            yield words.unbilled
        if Part.UNAPPLIED in listed:
            yield words.unapplied
        yield said(words.object_by, day=view.object_by.isoformat())
        yield words.not_a_demand

    def _beside(self, sheet: Sheet, top: float) -> None:
        words, seal = self.view.words, RIGHT - _SEAL - 1 * mm
        qr(sheet, check_text(self.view), x=_BESIDE, y=top - 4 * mm - _QR, size=_QR)
        middle = _BESIDE + _QR / 2
        sheet.text(middle, top - 8 * mm - _QR, words.scan, _CAPTION, align="centre")
        self._signers().draw(sheet, _BESIDE, top - 34.5 * mm)
        sheet.ring(seal, top - 5 * mm - _SEAL, _SEAL)
        sheet.text(seal, top - 6 * mm - _SEAL, words.seal, SEAL_LABEL, align="centre")

    def _signers(self) -> Pairs:
        words, view = self.view.words, self.view
        pairs = (
            Pair(words.made_by, view.made_by or "—"),
            Pair(words.issued_on, view.as_of.isoformat()),
        )
        room = RIGHT - 2 * _SEAL - 2 * mm - _BESIDE
        return Pairs(pairs=pairs, indent=15 * mm, room=room - 15 * mm)


def check_text(view: StatementView) -> str:
    """Return what the QR code says, a line a currency: ``code|balance|currency|date``."""
    return "\n".join(
        f"{view.code}|{part.total.plain()}|{part.opening.currency}|{view.as_of:%Y%m%d}"
        for part in view.parts
    )
