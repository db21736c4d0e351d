"""What happened with one customer: documents, counts, changes of the record, what was promised."""

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.blind import withholds
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.services.following_up import DisputeLine, PromiseLine, disputes_of, promises_of
from erpdesk.services.record_changes import differing, said
from erpdesk.storage import customer_history, documents
from erpdesk.storage.customer_history import CountedRow, PaperRow
from erpdesk.storage.database import Connection

Paper: TypeAlias = PaperRow

PAPERS_MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of the customer; ``book`` is None where it is withheld or nothing was stated."""

    campaign: str
    by: str
    at: int
    stated: Money | None
    book: Money | None
    fields: tuple[str, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A document that changed the customer, or would: each field with before and after."""

    paper: Paper
    fields: tuple[tuple[str, str, str], ...]
    memo: str


@dataclass(frozen=True, slots=True)
class History:
    """What happened with a customer, the newest first."""

    vouchers: tuple[Paper, ...] = ()
    receipts: tuple[Paper, ...] = ()
    notices: tuple[Paper, ...] = ()
    counts: tuple[Counted, ...] = ()
    changes: tuple[Change, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    disputes: tuple[DisputeLine, ...] = ()


def history_of(
    connection: Connection, customer_id: str, *, today: date, with_counts: bool
) -> History:
    """Return what happened with a customer; counts only for those who may read them."""

    def papers(*kinds: str) -> tuple[Paper, ...]:
        return customer_history.papers(connection, customer_id, kinds, most=PAPERS_MOST)

    return History(
        papers("voucher", "reversal"),
        papers("receipt", "allocation"),
        papers("notice", "statement", "reply"),
        _counts(connection, customer_id) if with_counts else (),
        _changes(connection, customer_id, papers("customer")),
        promises_of(connection, customer_id, today=today),
        disputes_of(connection, customer_id),
    )


def _counts(connection: Connection, customer_id: str) -> tuple[Counted, ...]:
    rows = customer_history.counted(connection, customer_id, most=PAPERS_MOST)
    return tuple(map(_counted, rows))


def _counted(row: CountedRow) -> Counted:
    is_withheld = withholds(blind=row.is_blind, state=CampaignState(row.state))
    money = [
        None if minor is None or row.currency is None else Money(minor, row.currency)
        for minor in (row.stated_minor, None if is_withheld else row.book_minor)
    ]
    return Counted(row.campaign, row.by, row.at, money[0], money[1], row.fields, is_withheld)


def _changes(
    connection: Connection, customer_id: str, papers: tuple[Paper, ...]
) -> tuple[Change, ...]:
    """Return what each document changes against what stood before it, the newest first."""
    imported = customer_history.imported(connection, customer_id)
    before = {} if imported is None else said(*imported)
    made: list[Change] = []
    for paper in reversed(papers):
        content = documents.look(connection, paper.id).content
        after = said(content["record"], content.get("contact", {}))
        made.append(Change(paper, differing(before, after), content.get("memo", "")))
        if paper.state == "posted":
            before = after
    return tuple(reversed(made))
