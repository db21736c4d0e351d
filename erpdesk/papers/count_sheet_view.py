"""What a count sheet is drawn from: one frozen view; nothing is asked while drawing."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Literal

from erpdesk.domain.money import Money
from erpdesk.papers.count_sheet_words import WORDINGS, SheetWording


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line as it is printed; ``book`` is absent, not empty, where figures are withheld."""

    code: str
    name: str
    customer_code: str
    tax_id: str = ""
    contact: str = ""
    book: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One page: the code by which its lines are found again, and the lines."""

    code: str
    lines: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheetView:
    """A count sheet with the time of its printing; ``list_hash`` is hex, of which 8 are shown."""

    company: str
    number: str
    campaign: str
    cut_off: date
    is_blind: bool
    list_hash: str
    printed_at: str
    pages: tuple[SheetPage, ...]
    language: Literal["zh", "en"] = "zh"

    @property
    def words(self) -> SheetWording:
        """Return what the sheet says."""
        return WORDINGS[self.language]

    def texts(self) -> tuple[tuple[str, str], ...]:
        """Return every text that is not ours: where it stands, and what it says."""
        lines = (line for page in self.pages for line in page.lines)
        every = (
            (f"{line.customer_code}.{part.name}", getattr(line, part.name))
            for line in lines
            for part in dataclasses.fields(line)
        )
        own = (("company", self.company), ("campaign", self.campaign))
        return (*own, *((where, text) for where, text in every if isinstance(text, str)))
