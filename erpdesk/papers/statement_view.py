"""What a statement of account is drawn from: one frozen view; nothing is asked while drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from erpdesk.domain.statement import Sort, Stated
from erpdesk.papers.notice_view import Company, Customer, named
from erpdesk.papers.statement_words import STATEMENT_WORDINGS, StatementWording
from erpdesk.papers.view_texts import texts_in
from erpdesk.papers.wording import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement with the time of its freezing; a part a currency, the customer's own first.

    ``first`` is the first day of an activity, ``object_by`` until when to object. ``copy`` 0 is
    the original; ``content_hash`` and ``seal`` are hex, of which the foot shows 8 and 16 digits.
    """

    sort: Sort
    number: str
    code: str
    as_of: date
    first: date | None
    object_by: date
    parts: tuple[Stated, ...]
    company: Company
    customer: Customer
    customer_code: str
    made_by: str
    content_hash: str
    printed_at: str
    seal: str | None = None
    copy: int = 0
    draft: bool = False
    language: Language = "zh"

    @property
    def words(self) -> StatementWording:
        """Return what the statement says."""
        return STATEMENT_WORDINGS[self.language]

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return the currencies in the order of the parts."""
        return tuple(part.opening.currency for part in self.parts)

    def party(self, who: Company | Customer) -> str:
        """Return a name in the language of the paper."""
        return named(who, self.language)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text of the view and its wording: where it stands, and what it says."""
        yield from texts_in("", self)
        yield from texts_in("wording.", self.words)
