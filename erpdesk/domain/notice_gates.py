"""What is looked at before a notice goes out, each with its facts (domain.md 2.5).

A gate that blocks stands against issuing; the others tell what to look at first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final

FRESH_DAYS: Final = 3
"""So old may the last receipt in the books be, in days."""
CONTACT_DAYS: Final = 60
"""So long ago may the contact have been checked, in days."""


class Looked(StrEnum):
    """What is looked at."""

    OPEN = "open"
    FIRM = "firm"
    FRESH = "fresh"
    UNAPPLIED = "unapplied"
    DISPUTED = "disputed"
    CONTACT = "contact"
    REPEATED = "repeated"
    FONT = "font"


@dataclass(frozen=True, slots=True)
class Gate:
    """One thing looked at: whether it holds, and with which facts; ``blocks`` the issue."""

    what: Looked
    holds: bool
    facts: Mapping[str, Any] = field(default_factory=dict)
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What is known before a notice is issued, all of it as of ``today``.

    Amounts are in minor units of ``currency``; ``charges_minor`` are what is open item by item,
    ``unapplied_minor`` is cash that pays nothing yet. ``last_money_on`` is the day of the last
    receipt in the books, of whoever; ``missing`` are characters that cannot be printed,
    ``disputed`` the numbers of open items that the customer contests.
    """

    today: date
    currency: str
    charges_minor: tuple[int, ...]
    unapplied_minor: int
    firm_known: bool
    last_money_on: date | None
    contact: str
    contact_on: date | None
    last_number: str | None
    last_on: date | None
    missing: tuple[str, ...]
    disputed: tuple[str, ...] = ()


def gates(facts: NoticeFacts) -> tuple[Gate, ...]:
    """Return every gate, in the order in which people look."""
    return tuple(_gates(facts))


def _gates(facts: NoticeFacts) -> Iterator[Gate]:
    count = len(facts.charges_minor)
    yield Gate(Looked.OPEN, count > 0, {"count": count}, blocks=True)
    yield Gate(Looked.FIRM, facts.firm_known, blocks=True)
    yield _dated(Looked.FRESH, facts.last_money_on, facts.today, FRESH_DAYS)
    yield _unapplied(facts)
    yield Gate(Looked.DISPUTED, not facts.disputed, {"items": "、".join(facts.disputed)})
    contact = _dated(Looked.CONTACT, facts.contact_on, facts.today, CONTACT_DAYS)
    yield Gate(
        Looked.CONTACT, contact.holds and bool(facts.contact),
        {**contact.facts, "person": facts.contact},
    )  # fmt: skip
    yield _repeated(facts)
    yield Gate(Looked.FONT, not facts.missing, {"characters": facts.missing}, blocks=True)


def _dated(what: Looked, day: date | None, today: date, most: int) -> Gate:
    holds = day is not None and (today - day).days <= most
    return Gate(what, holds, {"day": day, "most": most})


def _unapplied(facts: NoticeFacts) -> Gate:
    """Cash that could pay an item whole ought to be matched first; less is merely deducted."""
    could = any(one <= facts.unapplied_minor for one in facts.charges_minor)
    said = {"minor": facts.unapplied_minor, "currency": facts.currency}
    return Gate(Looked.UNAPPLIED, not could, said)


def _repeated(facts: NoticeFacts) -> Gate:
    """One notice of a kind a month: a second one is looked at before it goes out."""
    day = facts.last_on
    same = day is not None and (day.year, day.month) == (facts.today.year, facts.today.month)
    return Gate(Looked.REPEATED, not same, {"number": facts.last_number, "day": day})
