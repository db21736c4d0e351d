"""Which vouchers words find: looked for one by one where many have them, else through an index."""

from typing import Final

from sqlalchemy import ColumnElement, Connection, Select, false, func, or_, select, true

from erpdesk.domain.customers.customer_search import search_key
from erpdesk.domain.kinds import kind_of
from erpdesk.storage import customer_search
from erpdesk.storage import tables as t

Found = ColumnElement[bool]
"""Whether a voucher is among those that words find, asked of each."""
VOUCHER: Final = t.document.c.kind == "voucher"
NEWEST: Final = (t.document.c.made_at.desc(), t.document.c.id.desc())
_OF_NUMBERS: Final = frozenset(f"{kind_of('voucher').mark}-0123456789")
_LOOKED_AT: Final = 2000
_OFTEN: Final = 50
"""Words that so many of the newest have are in too many to be looked for beforehand."""
_FEW: Final = 2000


def found(connection: Connection, words: str) -> Found:
    """Return that a voucher is found by words, in small letters.

    They stand in the number and the customer's name.
    """
    if not words:
        return true()
    has = _has(words)
    newest = select(t.document.c.id).where(VOUCHER).order_by(*NEWEST).limit(_LOOKED_AT)
    often = select(func.count()).where(t.document.c.id.in_(newest), has)
    if connection.execute(often).scalar_one() >= _OFTEN:
        return has
    fitting = select(t.document.c.id).where(VOUCHER, _through_index(connection, words), has)
    ids = connection.execute(fitting.limit(_FEW + 1)).scalars().all()
    return t.document.c.id.in_(ids) if len(ids) <= _FEW else has


def _has(words: str) -> Found:
    name = _named().where(t.customer.c.id == t.document.c.customer_id).scalar_subquery()
    said = func.coalesce(t.document.c.number, "") + " " + func.coalesce(name, "")
    return _small(said, words).contains(words, autoescape=True)


def _named() -> Select[tuple[str]]:
    return select(t.customer.c.name).correlate(t.document)


def _small(said: ColumnElement[str], words: str) -> ColumnElement[str]:
    said = func.lower(said)
    for one in {one for one in words if not one.isascii() and one.upper() != one}:
        said = func.replace(said, one.upper(), one)  # a database knows small letters of ASCII alone
    return said


def _through_index(connection: Connection, words: str) -> Found:
    """Return what is so of every voucher that has the words, and leaves few to be looked at.

    The name of a customer is in the index of a file; what has a space may stand in number and name.
    """
    if " " in words:
        return true()
    if connection.dialect.name == "postgresql":  # names once, not once a voucher
        whose = _small(t.customer.c.name, words).contains(words, autoescape=True)
        number = _small(t.document.c.number, words).contains(words, autoescape=True)
        return or_(number, t.document.c.customer_id.in_(select(t.customer.c.id).where(whose)))
    key, may_be_number = search_key(words), set(words) <= _OF_NUMBERS
    if len(key) < customer_search.LETTERS_MIN:
        is_nobodys = key and not may_be_number and customer_search.is_nobodys(connection, [key])
        return false() if is_nobodys else true()
    named = customer_search.found(
        connection, [key], "", [t.customer.c.search.contains(key, autoescape=True)]
    )
    theirs = t.document.c.customer_id.in_(select(t.customer.c.id).where(named))
    if not may_be_number:
        return theirs
    return or_(theirs, t.document.c.number.contains(words, autoescape=True))
