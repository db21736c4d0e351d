"""What a balance confirmation is drawn from: one frozen view; nothing is asked while drawing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from erpdesk.domain.confirmation import Confirmed, Method
from erpdesk.papers.confirmation_words import CONFIRMATION_WORDINGS, ConfirmationWording
from erpdesk.papers.notice_view import Company, Customer, named
from erpdesk.papers.view_texts import texts_in
from erpdesk.papers.wording import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationView:
    """A confirmation with the time of its freezing; ``balances`` are empty in a blank one.

    ``currencies`` are those that are asked about, the customer's own first. ``copy`` 0 is the
    original; ``content_hash`` and ``seal`` are hex, of which the foot shows 8 and 16 digits.
    """

    method: Method
    number: str
    code: str
    reply_code: str
    as_of: date
    reply_by: date
    currencies: tuple[str, ...]
    balances: tuple[Confirmed, ...]
    company: Company
    customer: Customer
    made_by: str
    content_hash: str
    printed_at: str
    seal: str | None = None
    copy: int = 0
    draft: bool = False
    language: Language = "zh"

    @property
    def words(self) -> ConfirmationWording:
        """Return what the confirmation says."""
        return CONFIRMATION_WORDINGS[self.language]

    def party(self, who: Company | Customer) -> str:
        """Return a name in the language of the paper."""
        return named(who, self.language)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text of the view and its wording: where it stands, and what it says."""
        yield from texts_in("", self)
        yield from texts_in("wording.", self.words)
