"""What the report of a campaign is drawn from: one frozen view; nothing is asked while drawing."""

from collections.abc import Iterator
from dataclasses import dataclass

from erpdesk.papers.notice_view import Company
from erpdesk.papers.report_words import REPORT_WORDINGS, ReportWording
from erpdesk.papers.view_texts import texts_in
from erpdesk.papers.wording import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table of a kind that the wording names: cells as they are printed, rows of sums last.

    ``sums`` are, after each row, the rows of sums so far, which a page that ends there carries.
    """

    kind: str
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...] = ()
    sums: tuple[tuple[tuple[str, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who answers for a part of the work, by the record; ``part`` is one the wording names."""

    part: str
    name: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """The result of a campaign with the time of its printing.

    ``facts`` are the figures of the first page by the names of the wording; ``copy`` 0 is the
    original; ``content_hash`` and ``seal`` are hex, of which the foot shows 8 and 16 digits.
    """

    company: Company
    number: str
    name: str
    code: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[ReportTable, ...]
    signers: tuple[Signer, ...]
    content_hash: str
    printed_at: str
    seal: str | None = None
    copy: int = 0
    draft: bool = False
    language: Language = "zh"

    @property
    def words(self) -> ReportWording:
        """Return what the report says."""
        return REPORT_WORDINGS[self.language]

    @property
    def sender(self) -> str:
        """Return the name of the company in the language of the paper."""
        english = self.company.english_name if self.language == "en" else ""
        return english or self.company.name

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text of the view: where it stands, and what it says."""
        yield from texts_in("", self)
