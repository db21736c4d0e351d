"""What a counter may see, the same on both engines: names, scope, who counted; never a figure."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, column, exists, func, or_, select, table

from erpdesk.domain.customers.customer_search import search_key
from erpdesk.domain.ids import CustomerId, PersonName, is_id
from erpdesk.errors import UserError
from erpdesk.storage import tables as t
from erpdesk.storage.types import Id

_campaign = table(
    "counting_campaign", column("id", Id), column("number"), column("state"), column("scope")
)
_scope = table("campaign_scope", column("campaign_id", Id), column("customer_id", Id), column("n"))
_names = table("customer_names", column("id", Id), column("n"), column("code"), column("name"))
_counted = table(
    "counted_by", column("campaign_id", Id), column("customer_id", Id), column("made_by"),
    column("received_at"), column("device_id", Id), column("device_seq"),
)  # fmt: skip


_list = table(
    "counting_list", column("campaign_id", Id), column("customer_id", Id), column("currency"),
    column("n"), column("counter"), column("code"), column("name"), column("tax_id"),
    column("search"), column("record"), column("contact"), column("billed_minor"),
    column("unbilled_minor"), column("unapplied_minor"), column("book_minor"),
)  # fmt: skip
_decided = table("decided_scan", column("campaign_id", Id), column("event_id", Id))


class NoSuchCampaignError(UserError):
    """There is no frozen campaign with this number."""


class NotACodeError(UserError):
    """There is no customer with this code or exact name."""


@dataclass(frozen=True, slots=True)
class CampaignHead:
    """A frozen campaign as counters see it."""

    id: str
    number: str
    state: str


@dataclass(frozen=True, slots=True)
class Named:
    """A customer as counters see it: number of the label, main code and name."""

    id: CustomerId
    n: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ScopeLine:
    """A line of a frozen list as counters see it: its number, whose it is, no figure."""

    n: int
    customer_id: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CountedBy:
    """Who counted a customer and when, without what."""

    by: PersonName
    at: int
    device: str
    device_seq: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What the books said at the freeze in one currency, in minor units; of an open count only."""

    currency: str
    billed_minor: int
    unbilled_minor: int
    unapplied_minor: int
    book_minor: int


@dataclass(frozen=True, slots=True)
class CounterCard:
    """A customer as whoever counts may see it; ``figures`` are empty while they are withheld."""

    id: CustomerId
    code: str
    name: str
    tax_id: str | None = None
    record: dict[str, Any] = field(default_factory=dict)
    contact: dict[str, Any] = field(default_factory=dict)
    figures: tuple[Figures, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A customer of a campaign that was counted, by whom and when last, without what."""

    customer: Named
    by: PersonName
    at: int


def campaign(connection: Connection, reference: str) -> CampaignHead:
    """Return the campaign with this number or id.

    Raises:
        NoSuchCampaignError: there is none that was frozen.
    """
    by = _campaign.c.id if is_id(reference) else _campaign.c.number
    row = connection.execute(
        select(_campaign.c.id, _campaign.c.number, _campaign.c.state).where(by == reference)
    ).one_or_none()
    if row is None:
        raise NoSuchCampaignError(reference=reference)
    return CampaignHead(row.id, row.number, row.state)


def campaigns(connection: Connection, states: frozenset[str]) -> tuple[CampaignHead, ...]:
    """Return the frozen campaigns in these states, the newest first."""
    rows = connection.execute(
        select(_campaign.c.id, _campaign.c.number, _campaign.c.state)
        .where(_campaign.c.state.in_(states))
        .order_by(_campaign.c.number.desc())
    )
    return tuple(CampaignHead(row.id, row.number, row.state) for row in rows)


def scope_said(connection: Connection, campaign_id: str) -> dict[str, Any]:
    """Return the section of a campaign's text that says what is counted, and how."""
    found = connection.execute(
        select(_campaign.c.scope).where(_campaign.c.id == campaign_id)
    ).scalar_one()
    read: dict[str, Any] = json.loads(found) if isinstance(found, str) else found
    return read


def scope_lines(connection: Connection, campaign_id: str) -> tuple[ScopeLine, ...]:
    """Return the lines of a campaign in their order."""
    rows = connection.execute(
        select(_scope.c.n.label("line"), _names)
        .join(_names, _scope.c.customer_id == _names.c.id)
        .where(_scope.c.campaign_id == campaign_id)
        .order_by("line")
    )
    return tuple(ScopeLine(row.line, row.id, row.code, row.name) for row in rows)


def of_code(connection: Connection, code: str) -> Named | None:
    """Return the customer one of whose codes this is, or None."""
    known = t.customer_code.c
    return _one(connection, select(known.customer_id).where(known.code == code))


def of_number(connection: Connection, n: int) -> Named | None:
    """Return the customer with this number of the label, or None."""
    row = connection.execute(select(_names).where(_names.c.n == n)).one_or_none()
    return None if row is None else Named(row.id, row.n, row.code, row.name)


def of_line(connection: Connection, campaign_id: str, n: int) -> Named | None:
    """Return the customer of a line of a campaign, or None."""
    line = select(_scope.c.customer_id).where(_scope.c.campaign_id == campaign_id, _scope.c.n == n)
    return _one(connection, line)


def _one(connection: Connection, whose: Select[Any]) -> Named | None:
    """Return the customer whose id this finds, or None.

    A server reads all of a view that may keep rows back when it is joined, but asked for one id,
    and be it one that is looked up first, it takes the index.
    """
    row = connection.execute(
        select(_names).where(_names.c.id == whose.scalar_subquery())
    ).one_or_none()
    return None if row is None else Named(row.id, row.n, row.code, row.name)


def named(connection: Connection, reference: str) -> Named:
    """Return the customer with this code, else this exact name.

    Raises:
        NotACodeError: none, or more than one.
    """
    found = of_code(connection, reference)
    if found is not None:
        return found
    rows = connection.execute(select(_names).where(_names.c.name == reference)).all()
    if len(rows) != 1:
        raise NotACodeError(reference=reference)
    return Named(rows[0].id, rows[0].n, rows[0].code, rows[0].name)


def in_scope(connection: Connection, campaign_id: str, customer_id: str) -> bool:
    """Say whether a customer is in the frozen list of a campaign."""
    found = connection.execute(
        select(_scope.c.n).where(
            _scope.c.campaign_id == campaign_id, _scope.c.customer_id == customer_id
        )
    )
    return found.first() is not None


def scope_customers(connection: Connection, campaign_id: str) -> frozenset[str]:
    """Return the customers in the frozen list of a campaign."""
    rows = connection.execute(
        select(_scope.c.customer_id).where(_scope.c.campaign_id == campaign_id)
    )
    return frozenset(row.customer_id for row in rows)


def uncounted(
    connection: Connection, campaign_id: str, among: Collection[str] = (), *, most: int
) -> tuple[Named, ...]:
    """Return the first customers that nobody counted yet, in the order of lines.

    ``among`` says of which; else of all.
    """
    done = select(_counted.c.customer_id).where(_counted.c.campaign_id == campaign_id)
    waiting = (
        select(_names)
        .join(_scope, _scope.c.customer_id == _names.c.id)
        .where(_scope.c.campaign_id == campaign_id, _scope.c.customer_id.not_in(done))
        .order_by(_scope.c.n)
        .limit(most)
    )
    if among:
        waiting = waiting.where(_scope.c.customer_id.in_(among))
    rows = connection.execute(waiting)
    found = (Named(row.id, row.n, row.code, row.name) for row in rows)
    return tuple({one.id: one for one in found}.values())


def counted_size(connection: Connection, campaign_id: str) -> int:
    """Return how many customers of a campaign were counted."""
    done = _counted.c.customer_id
    is_inside = exists().where(_scope.c.campaign_id == campaign_id, _scope.c.customer_id == done)
    found = connection.execute(
        select(func.count(done.distinct())).where(_counted.c.campaign_id == campaign_id, is_inside)
    )
    return int(found.scalar_one())


def scope_size(connection: Connection, campaign_id: str) -> int:
    """Return how many customers are in the frozen list."""
    found = connection.execute(
        select(func.count(func.distinct(_scope.c.customer_id))).where(
            _scope.c.campaign_id == campaign_id
        )
    )
    return int(found.scalar_one())


def counted(connection: Connection, campaign_id: str, *, most: int) -> tuple[Counted, ...]:
    """Return customers of a campaign that were counted: of the last counts, the newest first."""
    rows = connection.execute(
        select(_names, _counted.c.made_by, _counted.c.received_at)
        .join(_counted, _counted.c.customer_id == _names.c.id)
        .where(_counted.c.campaign_id == campaign_id)
        .order_by(_counted.c.received_at.desc())
        .limit(most)
    )
    last: dict[CustomerId, Counted] = {}
    for row in rows:
        named = Named(row.id, row.n, row.code, row.name)
        last.setdefault(row.id, Counted(named, row.made_by, row.received_at))
    return tuple(last.values())


def was_counted(connection: Connection, campaign_id: str, customer_id: str) -> bool:
    """Say whether anybody counted a customer of a campaign."""
    about = (_counted.c.campaign_id == campaign_id, _counted.c.customer_id == customer_id)
    return connection.execute(select(_counted.c.made_by).where(*about).limit(1)).first() is not None


def decided_scans(connection: Connection, campaign_id: str) -> frozenset[str]:
    """Return the scans of nobody that a supervisor decided about, without what was decided."""
    rows = connection.execute(
        select(_decided.c.event_id).where(_decided.c.campaign_id == campaign_id)
    )
    return frozenset(row.event_id for row in rows)


def cards(
    connection: Connection, campaign_id: str, person: PersonName, customers: Collection[str]
) -> dict[CustomerId, CounterCard]:
    """Return those of these customers that are on this person's lines or on nobody's.

    With what may be seen of them.
    """
    mine = or_(_list.c.counter.is_(None), _list.c.counter == person)
    query = select(_list).where(
        _list.c.campaign_id == campaign_id, mine, _list.c.customer_id.in_(customers)
    )
    found: dict[CustomerId, CounterCard] = {}
    rows = connection.execute(query)  # asked in order, a whole list would be looked through
    for row in sorted(rows, key=lambda one: int(one.n)):
        known = found.get(row.customer_id)
        card = known or CounterCard(
            row.customer_id, row.code, row.name, row.tax_id,
            json.loads(row.record), json.loads(row.contact),
        )  # fmt: skip
        found[row.customer_id] = replace(card, figures=(*card.figures, *_figures(row)))
    return found


def _figures(row: Row[Any]) -> tuple[Figures, ...]:
    if row.book_minor is None:
        return ()
    parts = (row.billed_minor, row.unbilled_minor, row.unapplied_minor, row.book_minor)
    return (Figures(row.currency, *parts),)


def _like(words: str) -> str:
    return "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def named_like(connection: Connection, words: str, *, limit: int) -> tuple[Named, ...]:
    """Return customers whose code or name contains the words, as everybody may find them."""
    like = _like(words)
    fits = or_(*(one.like(like, escape="\\") for one in (_names.c.code, _names.c.name)))
    rows = connection.execute(select(_names).where(fits).order_by(_names.c.n).limit(limit))
    return tuple(Named(row.id, row.n, row.code, row.name) for row in rows)


def search(
    connection: Connection, campaign_id: str, words: str, *, limit: int
) -> tuple[CounterCard, ...]:
    """Return customers by code, name, tax number, pinyin or telephone, those to count first.

    Of customers outside the campaign only code and name are looked at.
    """
    like, key = _like(words), _like(search_key(words) or words)
    columns = (_list.c.code, _list.c.name, _list.c.tax_id, _list.c.contact)
    fits = or_(
        *(one.like(like, escape="\\") for one in columns), _list.c.search.like(key, escape="\\")
    )
    inside = connection.execute(
        select(_list.c.customer_id, _list.c.code, _list.c.name)
        .where(_list.c.campaign_id == campaign_id, fits)
        .limit(limit)
    )
    found = {row.customer_id: CounterCard(row.customer_id, row.code, row.name) for row in inside}
    for one in named_like(connection, words, limit=limit):
        found.setdefault(one.id, CounterCard(one.id, one.code, one.name))
    return tuple(found.values())[:limit]
