"""Uninvoiced deliveries and what of them is still free."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select

from erpdesk.errors import UserError
from erpdesk.storage import tables as t
from erpdesk.storage.among import among
from erpdesk.storage.following import later


class NoSuchDeliveryError(UserError):
    """There is no delivery with this number."""


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A delivery; ``used_minor`` is held or used by vouchers, the rest is free."""

    id: str
    source: str
    number: str
    revision: int
    customer_id: str
    day: date
    currency: str
    amount_minor: int
    tax_included: bool
    used_minor: int
    body: dict[str, Any]

    @property
    def free_minor(self) -> int:
        """Return what no voucher uses yet."""
        return self.amount_minor - self.used_minor


@dataclass(frozen=True, slots=True)
class Unbooked:
    """Deliveries of a currency of which no voucher uses all: how many, and what is left of them.

    ``free_minor`` is as the deliveries say it, with or without tax.
    """

    currency: str
    count: int
    free_minor: int


def _query() -> Select[Any]:
    use = (
        select(t.delivery_use.c.delivery_id, func.sum(t.delivery_use.c.amount_minor).label("used"))
        .group_by(t.delivery_use.c.delivery_id)
        .subquery()
    )
    return (
        select(t.delivery, func.coalesce(use.c.used, 0).label("used"))
        .outerjoin(use, use.c.delivery_id == t.delivery.c.id)
        .where(~_is_revised())
        .order_by(t.delivery.c.day, t.delivery.c.number)
    )


def _row(row: Row[Any]) -> DeliveryRow:
    return DeliveryRow(
        row.id, row.source, row.number, row.revision, row.customer_id, row.day, row.currency,
        row.amount_minor, bool(row.tax_included), int(row.used), json.loads(row.body),
    )  # fmt: skip


def of_customer(connection: Connection, customer_id: str) -> tuple[DeliveryRow, ...]:
    """Return a customer's deliveries in their newest revision, oldest first."""
    rows = connection.execute(_query().where(t.delivery.c.customer_id == customer_id))
    return tuple(map(_row, rows))


@dataclass(frozen=True, slots=True)
class FreeDelivery:
    """A delivery of which no voucher uses all, and whose it is."""

    delivery: DeliveryRow
    customer: str


def free(connection: Connection, *, most: int) -> tuple[FreeDelivery, ...]:
    """Return the oldest deliveries of which something is free, of all customers."""
    whose = _query().add_columns(t.customer.c.name.label("whose"))
    known = whose.join(t.customer, t.customer.c.id == t.delivery.c.customer_id).subquery()
    rows = connection.execute(
        select(known)
        .where(known.c.amount_minor > known.c.used)
        .order_by(known.c.day, known.c.number)
        .limit(most)
    )
    return tuple(FreeDelivery(_row(row), row.whose) for row in rows)


def numbered(connection: Connection, number: str) -> DeliveryRow:
    """Return the delivery with this number (送货单号).

    Raises:
        NoSuchDeliveryError: there is none, or it stands in several sources.
    """
    rows = connection.execute(_query().where(t.delivery.c.number == number)).all()
    if len(rows) != 1:
        raise NoSuchDeliveryError(number=number)
    return _row(rows[0])


def by_ids(connection: Connection, ids: Iterable[str]) -> tuple[DeliveryRow, ...]:
    """Return deliveries by their ids, in the order of their days."""
    return tuple(map(_row, connection.execute(_query().where(t.delivery.c.id.in_(list(ids))))))


def unbooked(connection: Connection) -> tuple[Unbooked, ...]:
    """Return what was delivered and stands in no voucher, by currency."""
    known = _query().order_by(None).subquery()
    free = known.c.amount_minor - known.c.used
    rows = connection.execute(
        select(known.c.currency, func.count().label("count"), func.sum(free).label("free"))
        .where(free > 0)
        .group_by(known.c.currency)
        .order_by(known.c.currency)
    )
    return tuple(Unbooked(row.currency, row[1], int(row.free)) for row in rows)


def there_is_none(connection: Connection, source: str) -> bool:
    """Say whether there is no delivery yet from a source."""
    one = t.delivery.c
    return connection.execute(select(one.id).where(one.source == source).limit(1)).first() is None


def unbooked_since(
    connection: Connection, before: Iterable[Unbooked], since: Mapping[str, int]
) -> tuple[Unbooked, ...]:
    """Return what stands in no voucher now, from what did at these lengths of chains.

    Only deliveries that a step since then holds or lets go are looked at; none came or was revised.
    """
    found = {one.currency: (one.count, one.free_minor) for one in before}
    for row in connection.execute(_moved(since)):
        was, now = (max(0, row.amount_minor - int(used)) for used in (row.used_before, row.used))
        count, free = found.get(row.currency, (0, 0))
        found[row.currency] = count + (now > 0) - (was > 0), free + now - was
    return tuple(
        Unbooked(currency, *found[currency]) for currency in sorted(found) if found[currency][0]
    )


def _moved(since: Mapping[str, int]) -> Select[Any]:
    """Return the deliveries that steps since then moved: what is used of them now, and was."""
    use, moved = t.delivery_use.c, t.delivery_use.alias("moved")
    new = (
        select(moved.c.delivery_id, func.sum(moved.c.amount_minor).label("minor"))
        .join(t.step, t.step.c.id == moved.c.step_id)
        .where(later(t.step, since))
        .group_by(moved.c.delivery_id)
        .subquery("new")
    )
    every = select(func.sum(use.amount_minor)).where(use.delivery_id == new.c.delivery_id)
    used = every.scalar_subquery()
    return select(
        t.delivery.c.currency, t.delivery.c.amount_minor, used.label("used"),
        (used - new.c.minor).label("used_before"),
    ).join(new, new.c.delivery_id == t.delivery.c.id)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """The newest revision of a delivery that is in the books."""

    revision: int
    body: str
    amount_minor: int
    customer_id: str
    used_minor: int


def known(connection: Connection, source: str, numbers: Iterable[str]) -> dict[str, Known]:
    """Return the newest revision of those of these deliveries of a source that there are."""
    one, use = t.delivery, t.delivery_use.c
    used = select(func.coalesce(func.sum(use.amount_minor), 0)).where(use.delivery_id == one.c.id)
    rows = connection.execute(
        select(one, used.scalar_subquery().label("used")).where(
            one.c.source == source, among(connection, one.c.number, numbers), ~_is_revised()
        )
    )
    return {
        row.number: Known(row.revision, row.body, row.amount_minor, row.customer_id, int(row.used))
        for row in rows
    }


def _is_revised() -> ColumnElement[bool]:
    """Return that there is a newer revision of a delivery."""
    newer = t.delivery.alias("newer")
    return (
        select(newer.c.id)
        .where(newer.c.source == t.delivery.c.source, newer.c.number == t.delivery.c.number)
        .where(newer.c.revision > t.delivery.c.revision)
        .exists()
    )
