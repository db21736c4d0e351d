"""What a counter may see, the same on both engines: names, scope, who counted; never a figure."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, column, func, select, table

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
    row = connection.execute(
        select(_names)
        .join(t.customer_code, t.customer_code.c.customer_id == _names.c.id)
        .where(t.customer_code.c.code == code)
    ).one_or_none()
    return None if row is None else Named(row.id, row.n, row.code, row.name)


def of_number(connection: Connection, n: int) -> Named | None:
    """Return the customer with this number of the label, or None."""
    row = connection.execute(select(_names).where(_names.c.n == n)).one_or_none()
    return None if row is None else Named(row.id, row.n, row.code, row.name)


def of_line(connection: Connection, campaign_id: str, n: int) -> Named | None:
    """Return the customer of a line of a campaign, or None."""
    row = connection.execute(
        select(_names)
        .join(_scope, _scope.c.customer_id == _names.c.id)
        .where(_scope.c.campaign_id == campaign_id, _scope.c.n == n)
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


def counted_by(connection: Connection, campaign_id: str, customer_id: str) -> tuple[CountedBy, ...]:
    """Return who counted a customer in this round."""
    rows = connection.execute(
        select(_counted).where(
            _counted.c.campaign_id == campaign_id, _counted.c.customer_id == customer_id
        )
    )
    return tuple(
        CountedBy(PersonName(r.made_by), r.received_at, r.device_id, r.device_seq) for r in rows
    )


def uncounted(connection: Connection, campaign_id: str) -> tuple[Named, ...]:
    """Return the customers of a campaign that nobody counted yet, in the order of their lines."""
    done = select(_counted.c.customer_id).where(_counted.c.campaign_id == campaign_id)
    rows = connection.execute(
        select(_names, func.min(_scope.c.n).label("line"))
        .join(_scope, _scope.c.customer_id == _names.c.id)
        .where(_scope.c.campaign_id == campaign_id, _scope.c.customer_id.not_in(done))
        .group_by(_names.c.id, _names.c.n, _names.c.code, _names.c.name)
        .order_by("line")
    )
    return tuple(Named(row.id, row.n, row.code, row.name) for row in rows)


def scope_size(connection: Connection, campaign_id: str) -> int:
    """Return how many customers are in the frozen list."""
    found = connection.execute(
        select(func.count(func.distinct(_scope.c.customer_id))).where(
            _scope.c.campaign_id == campaign_id
        )
    )
    return int(found.scalar_one())
