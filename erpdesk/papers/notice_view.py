"""What a settlement notice is drawn from: one frozen view; nothing is asked while drawing."""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from erpdesk.domain.money import Money
from erpdesk.papers.view_texts import texts_in
from erpdesk.papers.wording import WORDINGS, Language, NoticeWording


class Category(StrEnum):
    """What a row of a notice is."""

    BILLED = "billed"
    UNBILLED = "unbilled"
    UNAPPLIED = "unapplied"


@dataclass(frozen=True, slots=True, kw_only=True)
class BankAccount:
    """Where the customer pays to."""

    holder: str
    bank: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Who sends the paper; ``english_name`` is used on English papers."""

    name: str
    address: str
    phone: str
    tax_id: str
    account: BankAccount
    email: str = ""
    english_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who gets the paper; ``english_name`` is used on English papers."""

    name: str
    tax_id: str
    addressee: str
    address: str
    english_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRow:
    """One item of the notice; an unapplied receipt has negative amounts."""

    document: str
    category: Category
    basis: str
    due: date | None
    original: Money
    settle: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A settlement notice with the time of its freezing.

    ``code`` and ``reply_code`` are the own codes of the notice and of its slip; ``content_hash``
    and ``seal`` are hex, of which the foot shows 8 and 16 digits; ``copy`` 0 is the original.
    Rows stand in the order of printing. ``currency`` comes first among those of the rows.
    """

    number: str
    code: str
    reply_code: str
    as_of: date
    pay_by: date
    issued_on: date
    currency: str
    rows: tuple[NoticeRow, ...]
    company: Company
    customer: Customer
    made_by: str
    approved_by: str
    content_hash: str
    printed_at: str
    seal: str | None = None
    disputed: int = 0
    copy: int = 0
    draft: bool = False
    superseded_by: str | None = None
    language: Language = "zh"
    wording: NoticeWording | None = None

    @property
    def words(self) -> NoticeWording:
        """Return what the notice says: the company's own words or the given ones."""
        return self.wording or WORDINGS[self.language]

    @property
    def currencies(self) -> tuple[str, ...]:
        """Return the currencies of the rows, that of the notice first."""
        found = dict.fromkeys(row.settle.currency for row in self.rows)
        return tuple(sorted(found, key=lambda currency: currency != self.currency))

    def total(self, currency: str, category: Category | None = None) -> Money:
        """Return what is to be settled in a currency, of one category or of all."""
        rows = (row for row in self.rows if category in (None, row.category))
        return sum_of((row.settle for row in rows), currency)

    def party(self, who: Company | Customer) -> str:
        """Return a name in the language of the paper."""
        return named(who, self.language)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every text of the view and its wording: where it stands, and what it says."""
        yield from texts_in("", self)
        yield from _words_of(self.words)


def named(who: Company | Customer, language: Language) -> str:
    """Return a name as a paper in a language says it, its best place to break marked.

    English papers keep the legal name in brackets.
    """
    if language == "en" and who.english_name:
        return f"{who.english_name}\n({who.name})"
    return who.name


@functools.lru_cache(maxsize=8)
def _words_of(words: NoticeWording) -> tuple[tuple[str, str], ...]:
    """Return the texts of a wording, which is the same for many notices."""
    return tuple(texts_in("wording.", words))


def sum_of(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of those amounts that are in a currency."""
    return Money(sum(money.minor for money in amounts if money.currency == currency), currency)
