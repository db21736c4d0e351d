"""What a plan will freeze: whom, with which balances, and who is left out and why."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from erpdesk.domain.campaign import CampaignPlan
from erpdesk.domain.campaign_gates import FreezeFacts, freeze_problems
from erpdesk.domain.campaign_scope import (
    TAKEN_OUT,
    Book,
    Candidate,
    must_be_filters,
    why_left_out,
)
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.people import Role
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.storage import counts, long_lists, people, scopes
from erpdesk.storage import tables as t
from erpdesk.storage.database import Connection
from erpdesk.storage.unit_of_work import Unit


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

    ``rows`` are customers by currency; ``sums`` the books of all of them by currency;
    ``snapshot`` the hash of the list as it would be stored; ``left_out`` how many for each reason;
    ``problems`` all that stands against it.
    """

    choices: tuple[Choice, ...]
    rows: int
    sums: tuple[Book, ...]
    snapshot: bytes
    left_out: tuple[tuple[str, int], ...]
    problems: tuple[UserError, ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """Return whom the list would hold."""
        return tuple(one for one in self.choices if one.is_chosen)

    @property
    def held(self) -> tuple[Choice, ...]:
        """Return whom another open campaign holds, so that the list cannot be frozen."""
        return tuple(one for one in self.choices if one.is_chosen and one.held_by)

    def is_same(self, other: "Preview") -> bool:
        """Say whether another look found the same list and the same books."""
        return (self.snapshot, self.sums) == (other.snapshot, other.sums)


def preview(connection: Connection, plan: CampaignPlan, clock: Clock) -> Preview:
    """Return what freezing this plan now would make; nothing is stored.

    Raises:
        UnknownFilterError, FilterValueError: the plan chooses by what cannot be chosen by.
    """
    sorted_out = _sorted_out(connection, plan)
    held = counts.held_customers(connection)
    shown = [(one, why) for one, why in sorted_out if why in {None, TAKEN_OUT}]
    choices = tuple(_choice(one, why, held.get(one.id)) for one, why in shown)
    chosen = [one for one, why in shown if why is None]
    rows = list(rows_to_freeze(plan, choices))
    missed = Counter(why for _, why in sorted_out if why is not None)
    return Preview(
        choices,
        len(rows),
        sums_of(chosen),
        long_lists.rows_hash(t.list_scope, rows),
        tuple(sorted(missed.items())),
        freeze_problems(plan, _facts(connection, plan, choices, clock)),
    )


def rows_to_freeze(plan: CampaignPlan, choices: Iterable[Choice]) -> Iterator[dict[str, object]]:
    """Yield the rows that the frozen list of a plan holds, in order."""
    chosen = ((one.id, one.books) for one in choices if one.is_chosen)
    return scopes.scope_rows(chosen, base=plan.currency, counters=plan.counters)


def listed(unit: Unit, plan: CampaignPlan, found: Preview) -> dict[str, object]:
    """Store the list of a plan, and return the section that names it."""
    scope = long_lists.LongList(unit, "scope")
    rows = scope.write(t.list_scope, rows_to_freeze(plan, found.choices))
    return scope.named(rows=rows)


def sums_of(chosen: Iterable[Candidate]) -> tuple[Book, ...]:
    """Return the books of these customers by currency; no sum over currencies."""
    found: dict[str, Book] = {}
    for book in (book for one in chosen for book in one.books):
        so_far = found.get(book.currency, Book(book.currency))
        found[book.currency] = Book(
            book.currency,
            so_far.billed_minor + book.billed_minor,
            so_far.unbilled_minor + book.unbilled_minor,
            so_far.unapplied_minor + book.unapplied_minor,
        )
    return tuple(found[name] for name in sorted(found))


def _sorted_out(
    connection: Connection, plan: CampaignPlan
) -> tuple[tuple[Candidate, str | None], ...]:
    must_be_filters(plan.filter)
    zone = people.policy(connection, "zone_minutes")
    every = scopes.candidates(connection, plan.cut_off, zone_minutes=zone)
    return tuple((one, why_left_out(one, plan)) for one in every)


def _choice(one: Candidate, why: str | None, held_by: str | None) -> Choice:
    record = one.record
    return Choice(one.id, record["code"], record["name"], one.books, why is None, held_by)


def _facts(
    connection: Connection, plan: CampaignPlan, choices: tuple[Choice, ...], clock: Clock
) -> FreezeFacts:
    now, chosen = clock.now_us(), [one for one in choices if one.is_chosen]
    everybody = people.everybody(connection)
    return FreezeFacts(
        customers=len(chosen),
        today=clock.today(),
        counters=frozenset(p.name for p in everybody if Role.COUNTER in p.roles(at=now)),
        has_period=scopes.period_exists(connection, plan.cut_off),
        elsewhere=frozenset(one.id for one in chosen if one.held_by),
    )
