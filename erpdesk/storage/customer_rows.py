"""Customers in a list: one page at a time, filtered, sorted and summed by the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any, Final

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.customer import CONTACT_FIELDS, SETTLING
from erpdesk.domain.customer_search import digits_of, search_key
from erpdesk.domain.duplicates import LETTERS_MIN
from erpdesk.storage import tables as t
from erpdesk.storage.customers import CustomerRow, row_of

PHONE_DIGITS_MIN: Final = 4
PARTS: Final = ("billed", "unbilled", "unapplied")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which customers of a list, in which order.

    ``kind`` is ``all``, ``owing``, ``unbilled``, ``unapplied`` or ``incomplete``; ``sort`` a name
    of ``SORTS``.
    """

    words: str = ""
    kind: str = "all"
    sort: str = "code"
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class ListRow:
    """A customer in one currency; amounts in minor units, ``oldest`` the first due day open."""

    customer: CustomerRow
    currency: str
    billed_minor: int
    unbilled_minor: int
    unapplied_minor: int
    oldest: date | None
    last_contact: int | None


@dataclass(frozen=True, slots=True)
class SumRow:
    """What a filter adds up to in one currency, in minor units."""

    currency: str
    rows: int
    billed_minor: int
    unbilled_minor: int
    unapplied_minor: int


def page(
    connection: Connection, wanted: Wanted, *, start: int, most: int, with_counts: bool
) -> tuple[ListRow, ...]:
    """Return the rows of a filter from a place on.

    ``with_counts``: the last contact may be a count; who may not read counts leaves them out.
    """
    owed = _owed()
    amounts = [func.coalesce(owed.c[name], 0).label(name) for name in PARTS]
    currency = func.coalesce(owed.c.currency, BASE_CURRENCY).label("currency")
    rows = connection.execute(
        select(t.customer, currency, *amounts, owed.c.oldest)
        .outerjoin(owed, owed.c.customer_id == t.customer.c.id)
        .where(*_conditions(connection, wanted, owed))
        .order_by(*_order(wanted, owed))
        .limit(most)
        .offset(start)
    ).all()
    spoken = last_contacts(connection, {row.id for row in rows}, with_counts=with_counts)
    return tuple(_list_row(row, spoken.get(row.id)) for row in rows)


def sums(connection: Connection, wanted: Wanted) -> tuple[SumRow, ...]:
    """Return what the whole filter adds up to, a row a currency, the base currency first."""
    owed = _owed()
    currency = func.coalesce(owed.c.currency, BASE_CURRENCY)
    parts = [func.coalesce(func.sum(owed.c[name]), 0).label(name) for name in PARTS]
    rows = connection.execute(
        select(currency.label("currency"), func.count().label("rows"), *parts)
        .select_from(t.customer.outerjoin(owed, owed.c.customer_id == t.customer.c.id))
        .where(*_conditions(connection, wanted, owed))
        .group_by(currency)
    )
    found = [
        SumRow(r.currency, int(r.rows), int(r.billed), int(r.unbilled), int(r.unapplied))
        for r in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.currency != BASE_CURRENCY, one.currency)))


def counts(connection: Connection, words: str, kinds: tuple[str, ...]) -> dict[str, int]:
    """Return how many customers each filter shows under a search."""
    owed = _owed()
    counted = [
        func.count(case((_is_kind(connection, kind, owed), t.customer.c.id)).distinct()).label(kind)
        for kind in kinds
    ]
    row = connection.execute(
        select(*counted)
        .select_from(t.customer.outerjoin(owed, owed.c.customer_id == t.customer.c.id))
        .where(*_found(connection, words))
    ).one()
    return {kind: int(getattr(row, kind)) for kind in kinds}


def _owed() -> FromClause:
    """Return what is open by customer and currency, and the oldest due day of a charge."""
    item = t.open_item.c

    oldest = func.min(case((item.open_minor > 0, item.due_date))).label("oldest")

    def part(name: str, sign: int) -> ColumnElement[Any]:
        amount = case((t.account.c.part == name, sign * item.open_minor), else_=0)
        return func.sum(amount).label(name)

    return (
        select(
            item.customer_id, item.currency, part("billed", 1), part("unbilled", 1),
            part("unapplied", -1), oldest,
        )
        .join(t.account, t.account.c.code == item.account)
        .where(item.open_minor != 0)
        .group_by(item.customer_id, item.currency)
        .subquery("owed")
    )  # fmt: skip


def _balance(owed: FromClause) -> ColumnElement[Any]:
    return func.coalesce(owed.c.billed + owed.c.unbilled - owed.c.unapplied, 0)


def _order(wanted: Wanted, owed: FromClause) -> list[ColumnElement[Any]]:
    """Return the order of a list; what has no value stands last either way."""
    by: ColumnElement[Any] = {
        "name": t.customer.c.name,
        "tax": t.customer.c.tax_id,
        "balance": _balance(owed),
        "oldest": owed.c.oldest,
        **{name: func.coalesce(owed.c[name], 0) for name in PARTS},
    }.get(wanted.sort, t.customer.c.code)
    sense = by.desc() if wanted.is_descending else by.asc()
    return [by.is_(None), sense, t.customer.c.code, owed.c.currency]


def _conditions(
    connection: Connection, wanted: Wanted, owed: FromClause
) -> tuple[ColumnElement[bool], ...]:
    return (*_found(connection, wanted.words), _is_kind(connection, wanted.kind, owed))


def _is_kind(connection: Connection, kind: str, owed: FromClause) -> ColumnElement[bool]:
    match kind:
        case "owing":
            return _balance(owed) != 0
        case "unbilled" | "unapplied":
            return func.coalesce(owed.c[kind], 0) != 0
        case "incomplete":
            return incomplete(connection)
        case _:
            return literal(value=True) == literal(value=True)


def incomplete(connection: Connection, policy: tuple[str, ...] = SETTLING) -> ColumnElement[bool]:
    """Return the same question as ``customer.missing_fields``, asked by the database."""
    return or_(
        *(
            and_(*(func.trim(field_of(connection, name)) == "" for name in asked.split("/")))
            for asked in policy
        )
    )


def field_of(connection: Connection, name: str) -> ColumnElement[str]:
    """Return a field of a customer's record or contact; what is unknown is empty."""
    column = t.customer.c.contact if name in CONTACT_FIELDS else t.customer.c.record
    is_server = connection.dialect.name == "postgresql"
    text = cast(column, JSON) if is_server else type_coerce(column, JSON)
    return func.coalesce(text[name].as_string(), "")


def _found(connection: Connection, words: str) -> tuple[ColumnElement[bool], ...]:
    """Return what a search asks: name, pinyin, any code, tax number; or a telephone's digits."""
    if not words.strip():
        return ()
    key, customer = search_key(words), t.customer.c
    asked = [customer.search.contains(key, autoescape=True)] if key else []
    asked += [customer.code.contains(words.strip(), autoescape=True)]
    asked += [customer.search.contains(words.strip().casefold(), autoescape=True)]
    digits = digits_of(words)
    if len(digits) >= PHONE_DIGITS_MIN:
        asked.append(bare(field_of(connection, "phone")).contains(digits))
    return (or_(*asked),)


def bare(text: ColumnElement[str]) -> ColumnElement[str]:
    """Return a number without the signs that people put between its digits."""
    signs = (" ", "-", "(", ")", "+", "/", ".")
    return reduce(lambda found, sign: func.replace(found, sign, ""), signs, text)


def last_contacts(
    connection: Connection, ids: Iterable[str], *, with_counts: bool
) -> dict[str, int]:
    """Return when customers last had a notice or stated a balance, in microseconds since 1970."""
    document, event, wanted = t.document.c, t.count_event.c, list(ids)
    told = (
        select(document.customer_id, func.max(document.made_at).label("at"))
        .where(document.kind == "notice", document.number.is_not(None))
        .where(document.customer_id.in_(wanted))
        .group_by(document.customer_id)
    )
    stated = (
        select(event.customer_id, func.max(event.received_at).label("at"))
        .where(event.stated_minor.is_not(None), event.customer_id.in_(wanted))
        .group_by(event.customer_id)
    )
    found: dict[str, int] = {}
    for query in (told, stated) if with_counts else (told,):
        for row in connection.execute(query):
            found[row.customer_id] = max(row.at, found.get(row.customer_id, 0))
    return found


def _list_row(row: Row[Any], last_contact: int | None) -> ListRow:
    oldest = date.fromisoformat(row.oldest) if isinstance(row.oldest, str) else row.oldest
    return ListRow(
        row_of(row), row.currency, int(row.billed), int(row.unbilled), int(row.unapplied), oldest,
        last_contact,
    )  # fmt: skip


def alike(
    connection: Connection, *, letters: str, numbers: Mapping[str, str], most: int
) -> tuple[CustomerRow, ...]:
    """Return customers that may be one that is being entered, to be compared letter by letter.

    Whose name has all of these letters but two, or who has one of these numbers (``tax_id``,
    ``phone``, ``bank_account``: digits and letters alone).
    """
    distinct = sorted(set(letters))
    hits = [case((t.customer.c.search.contains(c, autoescape=True), 1), else_=0) for c in distinct]
    fits = [reduce(add, hits) >= len(hits) - _may_lack(letters)] if hits else []
    if number := numbers.get("tax_id"):
        fits.append(t.customer.c.search.contains(number, autoescape=True))
    fits += [
        bare(field_of(connection, name)).contains(numbers[name])
        for name in ("phone", "bank_account")
        if numbers.get(name)
    ]
    if not fits:
        return ()
    rows = connection.execute(select(t.customer).where(or_(*fits)).limit(most))
    return tuple(map(row_of, rows))


def _may_lack(letters: str) -> int:
    """Return how many letters of a name another one may lack and still be compared to it."""
    return max(lost for lost, least in LETTERS_MIN.items() if lost == 0 or len(letters) >= least)
