"""Effects: what a reversal makes, what follows from it, and what stays, before anybody decides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.domain.reversal import Origin, red, sorted_links


class What(StrEnum):
    """Kinds of effects."""

    RED_LINE = "red_line"  # about an account
    ITEM_CLOSED = "item_closed"
    LINK_UNDONE = "link_undone"  # about the document that made it
    UNDO_FIRST = "undo_first"  # about the document that stands in the way
    ITEM_OPEN_AGAIN = "item_open_again"
    DELIVERY_FREE = "delivery_free"
    NOTICE_OUTDATED = "notice_outdated"  # not sent yet: its figures change
    ORIGIN_STAYS = "origin_stays"
    EVIDENCE_STAYS = "evidence_stays"
    NOTICE_STAYS = "notice_stays"  # it was sent


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: what it is, the account, item, delivery or document it is about, how much."""

    what: What
    about: str
    money: Money | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """Everything a reversal touches, and what it leaves alone."""

    made: tuple[Effect, ...]
    follows: tuple[Effect, ...]
    stays: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class NoticeFact:
    """A notice that shows an item of the origin."""

    number: str
    is_sent: bool


def effects(origin: Origin, *, number: str, notices: Sequence[NoticeFact] = ()) -> Effects:
    """Return every effect of reversing a document with this number."""
    return Effects(
        tuple(_made(origin)),
        (*_follows(origin), *_notices(notices, What.NOTICE_OUTDATED, is_sent=False)),
        (
            Effect(What.ORIGIN_STAYS, number),
            *(Effect(What.EVIDENCE_STAYS, one["hash"]) for one in origin.text.get("evidence", ())),
            *_notices(notices, What.NOTICE_STAYS, is_sent=True),
        ),
    )


def _made(origin: Origin) -> Iterator[Effect]:
    for line in map(red, origin.text["lines"]):
        money = Money(line["amount"], line["currency"])
        yield Effect(What.RED_LINE, line["account"], money)
    for item in origin.items:
        yield Effect(What.ITEM_CLOSED, _name(item), item.original)


def _follows(origin: Origin) -> Iterator[Effect]:
    links = sorted_links(origin)
    for link in links.in_the_way:
        yield Effect(What.UNDO_FIRST, link.document, link.amount)
    for link in links.undone:
        yield Effect(What.LINK_UNDONE, link.document, link.amount)
    opened = ((link.charge, link.amount) for link in links.undone if link.charge is not None)
    yield from (Effect(What.ITEM_OPEN_AGAIN, _name(item), money) for item, money in opened)
    currency = origin.text["lines"][0]["currency"]
    for use in origin.text.get("deliveries", ()):
        yield Effect(What.DELIVERY_FREE, use["id"], Money(use["amount"], currency))


def _name(item: OpenItem) -> str:
    return item.label or item.id


def _notices(notices: Iterable[NoticeFact], what: What, *, is_sent: bool) -> Iterator[Effect]:
    return (Effect(what, one.number) for one in notices if one.is_sent is is_sent)
