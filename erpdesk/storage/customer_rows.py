"""Customers in a list: one page at a time, filtered, sorted and summed by the database."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
    type_coerce,
)

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.customers.customer import CONTACT_FIELDS, SETTLING
from erpdesk.domain.customers.customer_search import digits_of, search_key
from erpdesk.domain.customers.near_names import LETTERS_MIN
from erpdesk.domain.money import DECIMALS
from erpdesk.storage import customer_search
from erpdesk.storage import tables as t
from erpdesk.storage.customers import CustomerRow, row_of

Keys: TypeAlias = "array[int]"
PHONE_DIGITS_MIN: Final = 4
PARTS: Final = ("billed", "unbilled", "unapplied")
_OF_FIGURES: Final = frozenset({*PARTS, "balance", "oldest"})
KINDS_OF_FIGURES: Final = frozenset({"owing", "unbilled", "unapplied"})
_WITH_COLUMN: Final = frozenset({"name", "tax_id"})
_MAY_LACK: Final = frozenset({"tax", "oldest"})
_PLACE: Final = {code: at for at, code in enumerate(DECIMALS)}
_PLACES: Final = 256
"""A row's key is its customer's number times this, and the place of its currency."""
_BASE: Final = _PLACE[BASE_CURRENCY]
_AT_ONCE: Final = 5000


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
    """A customer in one currency; amounts in minor units, ``oldest`` the first due day open.

    ``key`` is the row in a list of numbers (``keys``).
    """

    key: int
    customer: CustomerRow
    currency: str
    billed_minor: int
    unbilled_minor: int
    unapplied_minor: int
    oldest: date | None
    last_contact: int | None


def first_page(
    connection: Connection, wanted: Wanted, *, most: int, with_counts: bool
) -> tuple[ListRow, ...]:
    """Return the first rows of a filter; where its order asks no figure, only these are summed.

    ``with_counts``: the last contact may be a count; who may not read counts leaves them out.
    """
    if wanted.sort in _OF_FIGURES or wanted.kind in KINDS_OF_FIGURES:
        found = keys(connection, wanted, most=most)
        return rows_of(connection, found, with_counts=with_counts)
    numbers = connection.execute(
        select(t.customer.c.n)
        .where(*conditions(connection, wanted, None))
        .order_by(*_order(wanted, None))
        .limit(most)
    ).scalars()
    return _rows(connection, list(numbers), with_counts=with_counts)[:most]


def keys(connection: Connection, wanted: Wanted, *, most: int | None = None) -> Keys:
    """Return every row of a filter in its order, as one number each: customer and currency."""
    if most is None and wanted.sort not in _OF_FIGURES and wanted.kind not in KINDS_OF_FIGURES:
        return _keys_by_name(connection, wanted)
    owed = owed_by_each()
    place = case(_PLACE, value=owed.c.currency, else_=_BASE)
    numbers = connection.execute(
        select(t.customer.c.n * _PLACES + place)
        .outerjoin(owed, owed.c.customer_id == t.customer.c.id)
        .where(*conditions(connection, wanted, owed))
        .order_by(*_order(wanted, owed))
        .limit(most)
        .execution_options(yield_per=_AT_ONCE)
    ).scalars()
    return array("q", numbers)


def _keys_by_name(connection: Connection, wanted: Wanted) -> Keys:
    """Return the rows of an order that asks no figure: only the currency of what is owed is."""
    numbers = connection.execute(
        select(t.customer.c.n * _PLACES + _BASE)
        .where(*conditions(connection, wanted, None))
        .order_by(*_order(wanted, None))
        .execution_options(yield_per=_AT_ONCE)
    ).scalars()
    found, others = array("q", numbers), _owed_elsewhere(connection)
    if not others:
        return found
    return array("q", (key for one in found for key in others.get(one, (one,))))


def _owed_elsewhere(connection: Connection) -> dict[int, list[int]]:
    """Return the rows of customers who owe in another than the base currency."""
    item, customer = t.open_item.c, t.customer.c
    elsewhere = select(item.customer_id).where(item.open_minor != 0, item.currency != BASE_CURRENCY)
    rows = connection.execute(
        select(customer.n, item.currency)
        .distinct()
        .join(t.open_item, item.customer_id == customer.id)
        .where(item.open_minor != 0, customer.id.in_(elsewhere))
        .order_by(customer.n, item.currency)
    )
    found: dict[int, list[int]] = {}
    for n, currency in rows:
        found.setdefault(n * _PLACES + _BASE, []).append(n * _PLACES + _PLACE[currency])
    return found


def rows_of(
    connection: Connection, wanted: Sequence[int], *, with_counts: bool
) -> tuple[ListRow, ...]:
    """Return rows by their numbers, in the order of these."""
    numbers = dict.fromkeys(key // _PLACES for key in wanted)
    found = {row.key: row for row in _rows(connection, list(numbers), with_counts=with_counts)}
    return tuple(found[key] for key in wanted if key in found)


def _rows(
    connection: Connection, numbers: Sequence[int], *, with_counts: bool
) -> tuple[ListRow, ...]:
    """Return the rows of customers by their numbers, each in every currency in which it owes."""
    known = {row.n: row for row in connection.execute(_NUMBERED, {"wanted": numbers})}
    ids = [row.id for row in known.values()]
    owed: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(_OWED_OF, {"wanted": ids}):
        owed.setdefault(row.customer_id, []).append(row)
    spoken = last_contacts(connection, ids, with_counts=with_counts)
    return tuple(
        _list_row(known[n], one, spoken.get(known[n].id))
        for n in numbers
        if n in known
        for one in owed.get(known[n].id, (None,))
    )


def owed_by_each() -> FromClause:
    """Return what is open, a row for each customer and currency."""
    return _open_sums().subquery("owed")


def _open_sums() -> Select[Any]:
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
    )  # fmt: skip


_WANTED: Final[BindParameter[Any]] = bindparam("wanted", expanding=True)
_NUMBERED: Final = select(t.customer).where(t.customer.c.n.in_(_WANTED))
_OWED_OF: Final = (
    _open_sums().where(t.open_item.c.customer_id.in_(_WANTED)).order_by(t.open_item.c.currency)
)
_TOLD: Final = (
    select(t.document.c.customer_id, func.max(t.document.c.made_at).label("at"))
    .where(t.document.c.kind == "notice", t.document.c.number.is_not(None))
    .where(t.document.c.customer_id.in_(_WANTED))
    .group_by(t.document.c.customer_id)
)
_STATED: Final = (
    select(t.count_event.c.customer_id, func.max(t.count_event.c.received_at).label("at"))
    .where(t.count_event.c.stated_minor.is_not(None), t.count_event.c.customer_id.in_(_WANTED))
    .group_by(t.count_event.c.customer_id)
)


def _balance(owed: FromClause) -> ColumnElement[Any]:
    return func.coalesce(owed.c.billed + owed.c.unbilled - owed.c.unapplied, 0)


def _order(wanted: Wanted, owed: FromClause | None) -> list[ColumnElement[Any]]:
    """Return the order of a list; what has no value stands last either way."""
    customer = t.customer.c
    by: ColumnElement[Any] = customer.name if wanted.sort == "name" else customer.code
    if owed is not None and wanted.sort in _OF_FIGURES:
        by = _figure(owed, wanted.sort)
    elif wanted.sort == "tax":
        by = customer.tax_id
    sense = by.desc() if wanted.is_descending else by.asc()
    lacks_last = [by.is_(None)] if wanted.sort in _MAY_LACK else []
    alike = [] if by is customer.code else [customer.code]  # said twice, SQLite joins by looking
    return [*lacks_last, sense, *alike, *([] if owed is None else [owed.c.currency])]


def _figure(owed: FromClause, name: str) -> ColumnElement[Any]:
    match name:
        case "balance":
            return _balance(owed)
        case "oldest":
            return owed.c.oldest
        case _:
            return func.coalesce(owed.c[name], 0)


def conditions(
    connection: Connection, wanted: Wanted, owed: FromClause | None
) -> tuple[ColumnElement[bool], ...]:
    """Return what a filter asks of a customer, and of what they owe."""
    return (*found_by(connection, wanted.words), *is_kind(connection, wanted.kind, owed))


def is_kind(
    connection: Connection, kind: str, owed: FromClause | None
) -> tuple[ColumnElement[bool], ...]:
    """Return what a kind of filter asks; one of figures asks nothing where none are summed."""
    if kind == "incomplete":
        return (incomplete(connection),)
    if owed is None or kind not in KINDS_OF_FIGURES:
        return ()
    return (has(owed, kind),)


def has(owed: FromClause, kind: str) -> ColumnElement[bool]:
    """Return that what is owed has a figure of this kind."""
    return (_balance(owed) if kind == "owing" else func.coalesce(owed.c[kind], 0)) != 0


def incomplete(connection: Connection, policy: tuple[str, ...] = SETTLING) -> ColumnElement[bool]:
    """Return the same question as ``customer.missing_fields``, asked by the database."""
    return or_(
        *(and_(*(_is_blank(connection, name) for name in asked.split("/"))) for asked in policy)
    )


def _is_blank(connection: Connection, name: str) -> ColumnElement[bool]:
    """Return that a field says nothing; a server reads no text that plainly has it."""
    blank = func.trim(field_of(connection, name)) == ""
    if name in _WITH_COLUMN or connection.dialect.name != "postgresql":
        return blank
    text, key = _text_with(name), f'"{name}":"'
    at = func.strpos(text, key)
    begins = func.substr(text, at + len(key), 1)
    return and_(or_(at == 0, begins.in_((" ", '"'))), blank)


def field_of(connection: Connection, name: str) -> ColumnElement[str]:
    """Return a field of a customer's record or contact; what is unknown is empty.

    What has a column of its own is not looked for in the text.
    """
    if name in _WITH_COLUMN:
        return func.coalesce(t.customer.c[name], "")
    column, is_server = _text_with(name), connection.dialect.name == "postgresql"
    text = cast(column, JSON) if is_server else type_coerce(column, JSON)
    return func.coalesce(text[name].as_string(), "")


def _text_with(name: str) -> ColumnElement[str]:
    return t.customer.c.contact if name in CONTACT_FIELDS else t.customer.c.record


def found_by(connection: Connection, words: str) -> tuple[ColumnElement[bool], ...]:
    """Return what a search asks: name, pinyin, any code, tax number; or a telephone's digits."""
    if not words.strip():
        return ()
    key, said, customer = search_key(words), words.strip(), t.customer.c
    sought = list(dict.fromkeys(filter(None, (key, said.casefold()))))
    asked = [customer.search.contains(one, autoescape=True) for one in sought]
    asked.append(customer.code.contains(said, autoescape=True))
    digits = _phone_digits(words)
    if digits:
        asked.append(_has_digits(connection, "phone", digits))
    return (customer_search.found(connection, sought, digits, asked),)


def _phone_digits(words: str) -> str:
    """Return the digits of what may be a telephone, or nothing: a code has letters."""
    digits = digits_of(words)
    is_phone = len(digits) >= PHONE_DIGITS_MIN and not any(map(str.isalpha, words))
    return digits if is_phone else ""


def _has_digits(connection: Connection, name: str, digits: str) -> ColumnElement[bool]:
    """Return that a field has these digits, whatever stands between them.

    The text it stands in is parsed only where it has them one after another: that is slow.
    """
    column = t.customer.c.contact if name in CONTACT_FIELDS else t.customer.c.record
    may_have = column.like("%".join(("", *digits, "")))
    return and_(may_have, bare(field_of(connection, name)).contains(digits))


def bare(text: ColumnElement[str]) -> ColumnElement[str]:
    """Return a number without the signs that people put between its digits."""
    signs = (" ", "-", "(", ")", "+", "/", ".")
    return reduce(lambda found, sign: func.replace(found, sign, ""), signs, text)


def last_contacts(
    connection: Connection, ids: Iterable[str], *, with_counts: bool
) -> dict[str, int]:
    """Return when customers last had a notice or stated a balance, in microseconds since 1970."""
    wanted = list(ids)
    found: dict[str, int] = {}
    for query in (_TOLD, _STATED) if with_counts else (_TOLD,):
        for row in connection.execute(query, {"wanted": wanted}):
            found[row.customer_id] = max(row.at, found.get(row.customer_id, 0))
    return found


def _list_row(customer: Row[Any], owed: Row[Any] | None, last_contact: int | None) -> ListRow:
    if owed is None:
        return ListRow(
            customer.n * _PLACES + _BASE, row_of(customer), BASE_CURRENCY, 0, 0, 0, None,
            last_contact,
        )  # fmt: skip
    oldest = date.fromisoformat(owed.oldest) if isinstance(owed.oldest, str) else owed.oldest
    return ListRow(
        customer.n * _PLACES + _PLACE[owed.currency], row_of(customer), owed.currency,
        int(owed.billed), int(owed.unbilled), int(owed.unapplied), oldest, last_contact,
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
        _has_digits(connection, name, numbers[name])
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
