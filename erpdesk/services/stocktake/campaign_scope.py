"""What a plan will freeze: whom, with which balances, and who is left out and why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import CampaignPlan
from erpdesk.domain.stocktake.campaign_gates import FreezeFacts, freeze_problems
from erpdesk.domain.stocktake.campaign_scope import (
    TAKEN_OUT,
    Book,
    Candidate,
    left_out,
    must_be_filters,
)
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.campaign_watch import Tell, telling
from erpdesk.storage import counts, long_lists, people, scopes
from erpdesk.storage import tables as t
from erpdesk.storage.database import Connection
from erpdesk.storage.long_lists import LongList

LISTED_MOST: Final = 500
"""So many customers of a plan are listed; a search finds the others."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A customer of the scope: chosen, taken out by hand, or held by another campaign.

    ``held_by`` is the number of the campaign that has the customer already.
    """

    id: CustomerId
    code: str
    name: str
    books: tuple[Book, ...]
    is_chosen: bool
    held_by: str | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What freezing a plan would make.

    ``choices`` are the first of the scope, those that another campaign holds before the others;
    ``listed`` is how many are asked for, ``chosen`` how many customers the list would hold,
    ``held`` those of them whom another open campaign holds, so that it cannot be frozen. ``rows``
    are customers by currency; ``sums`` the books of all of them by currency; ``snapshot`` the hash
    of the list as it would be stored; ``left_out`` how many for each reason; ``problems`` all that
    stands against it.
    """

    choices: tuple[Choice, ...]
    listed: int
    chosen: int
    held: tuple[CustomerId, ...]
    rows: int
    sums: tuple[Book, ...]
    snapshot: bytes
    left_out: tuple[tuple[str, int], ...]
    problems: tuple[UserError, ...]

    def is_same(self, other: "Preview") -> bool:
        """Say whether another look found the same list and the same books."""
        return (self.snapshot, self.sums) == (other.snapshot, other.sums)


@dataclass(slots=True)
class _Look:
    """Whom a plan finds, customer by customer: what is said of them grows as they are read."""

    plan: CampaignPlan
    holding: Mapping[str, str]
    words: str
    chosen: int = 0
    listed: int = 0
    held: list[CustomerId] = field(default_factory=list)
    first: list[Choice] = field(default_factory=list)
    first_held: list[Choice] = field(default_factory=list)
    sums: dict[str, Book] = field(default_factory=dict)
    missed: Counter[str] = field(default_factory=Counter)

    def rows(self, every: Iterable[Candidate]) -> Iterator[dict[str, object]]:
        """Yield the rows to freeze, in order."""
        plan, why_not = self.plan, left_out(self.plan)
        for one in every:
            why = why_not(one)
            if why is not None:
                self.missed[why] += 1
            if why in {None, TAKEN_OUT}:
                self._list(one, is_chosen=why is None)
            if why is None:
                self._choose(one)
                yield from scopes.scope_rows(
                    one.id, one.books, base=plan.currency, counters=plan.counters
                )

    def _choose(self, one: Candidate) -> None:
        self.chosen += 1
        if one.id in self.holding:
            self.held.append(one.id)
        for book in one.books:
            self.sums[book.currency] = _plus(self.sums.get(book.currency), book)

    def _list(self, one: Candidate, *, is_chosen: bool) -> None:
        if self.words not in f"{one.record['code']} {one.record['name']}".lower():
            return
        self.listed += 1
        held_by = self.holding.get(one.id)
        known = self.first_held if held_by and is_chosen else self.first
        if len(known) < LISTED_MOST:
            record = one.record
            known.append(
                Choice(one.id, record["code"], record["name"], one.books, is_chosen, held_by)
            )


def preview(
    connection: Connection,
    plan: CampaignPlan,
    clock: Clock,
    *,
    words: str = "",
    tell: Tell | None = None,
    keep: LongList | None = None,
) -> Preview:
    """Return what freezing this plan now would make; nothing is stored but what ``keep`` takes.

    ``words`` (small letters) say who is listed; ``tell`` is told how many customers were read.

    Raises:
        UnknownFilterError, FilterValueError: the plan chooses by what cannot be chosen by.
    """
    must_be_filters(plan.filter)
    zone, fields = people.policy(connection, "zone_minutes"), [name for name, _ in plan.filter]
    look = _Look(plan, counts.held_customers(connection), words)
    every = scopes.candidates(connection, plan.cut_off, zone_minutes=zone, fields=fields)
    rows = look.rows(telling(tell, scopes.customers(connection))(every))
    if keep is None:
        snapshot, number = long_lists.rows_hash(t.list_scope, rows)
    else:
        number = keep.write(t.list_scope, rows)
        snapshot = bytes.fromhex(keep.named(rows=number)["hash"])
    return Preview(
        (*look.first_held, *look.first)[:LISTED_MOST],
        look.listed,
        look.chosen,
        tuple(look.held),
        number,
        tuple(look.sums[name] for name in sorted(look.sums)),
        snapshot,
        tuple(sorted(look.missed.items())),
        freeze_problems(plan, _facts(connection, plan, look, clock)),
    )


def _plus(one: Book | None, other: Book) -> Book:
    if one is None:
        return other
    return Book(
        one.currency,
        one.billed_minor + other.billed_minor,
        one.unbilled_minor + other.unbilled_minor,
        one.unapplied_minor + other.unapplied_minor,
    )


def _facts(connection: Connection, plan: CampaignPlan, look: _Look, clock: Clock) -> FreezeFacts:
    now, everybody = clock.now_us(), people.everybody(connection)
    return FreezeFacts(
        customers=look.chosen,
        today=clock.today(),
        counters=frozenset(p.name for p in everybody if Role.COUNTER in p.roles(at=now)),
        has_period=scopes.period_exists(connection, plan.cut_off),
        elsewhere=frozenset(look.held),
    )
