"""People as the company knows them: names, roles in force, keys; adding one while setting up."""

from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import (
    BindParameter,
    Connection,
    RowMapping,
    bindparam,
    func,
    or_,
    select,
    text,
)

from erpdesk.domain.ids import PersonName
from erpdesk.domain.people import Authority, Person, Role
from erpdesk.errors import UserError
from erpdesk.storage import kept_keys
from erpdesk.storage import tables as t

_WANTED: Final[BindParameter[str]] = bindparam("wanted")
_NAMED: Final = select(t.person).where(
    or_(t.person.c.name == _WANTED, t.person.c.display == _WANTED)
)
_GIVEN: Final = select(t.authority).where(t.authority.c.person == _WANTED)


class NoSuchPersonError(UserError):
    """There is nobody of this name in the company."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """How somebody's password is checked (SQLite) and their signing key is kept."""

    public_key: bytes | None
    wrapped: bytes | None
    salt: bytes | None
    verifier: str | None


def everybody(connection: Connection) -> tuple[Person, ...]:
    """Return every person, in the order in which they were added."""
    rows = connection.execute(select(t.person).order_by(t.person.c.added_at, t.person.c.name))
    return tuple(_person(connection, row) for row in rows.mappings().all())


def person_named(connection: Connection, name: str) -> Person:
    """Return the person with this login or display name.

    Raises:
        NoSuchPersonError: nobody, or more than one, is called so.
    """
    rows = connection.execute(_NAMED, {"wanted": name}).mappings().all()
    exact = [row for row in rows if row["name"] == name] or rows
    if len(exact) != 1:
        raise NoSuchPersonError(name=name)
    return _person(connection, exact[0])


def _person(connection: Connection, row: RowMapping) -> Person:
    given = connection.execute(_GIVEN, {"wanted": row["name"]})
    return Person(
        PersonName(row["name"]),
        row["display"],
        tuple(_authority(grant) for grant in given.mappings()),
        _bytes(row["public_key"]),
    )


def _authority(row: RowMapping) -> Authority:
    return Authority(
        PersonName(row["person"]), Role(row["role"]), row["valid_from"], row["valid_to"],
        row["limit_minor"], row["loss_limit_minor"], row["window_minor"],
    )  # fmt: skip


def key_of(connection: Connection, person: str) -> KeyRow | None:
    """Return the newest key row of a person, or None for somebody without a password."""
    row = connection.execute(
        select(t.person_key)
        .where(t.person_key.c.person == person)
        .order_by(t.person_key.c.n.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return KeyRow(_bytes(row.public_key), _bytes(row.wrapped), _bytes(row.salt), row.verifier)


def keep_key(connection: Connection, person: str, key: KeyRow, *, at_us: int) -> None:
    """Append a person's own key row: a new password, kept in full beside the old one."""
    kept = select(func.coalesce(func.max(t.person_key.c.n), 0)).where(
        t.person_key.c.person == person
    )
    row = {"person": person, "n": connection.execute(kept).scalar_one() + 1, "made_at": at_us}
    kept_keys.keep(connection, row | asdict(key))


def _bytes(value: object) -> bytes | None:
    return bytes(value) if isinstance(value, bytes | memoryview) else None


def in_set_up(connection: Connection) -> bool:
    """Say whether nothing but imports was posted yet."""
    return bool(connection.execute(text("SELECT open FROM set_up")).scalar_one())


def policy(connection: Connection, key: str) -> int:
    """Return a number of the company's policy."""
    value = connection.execute(select(t.policy.c.value).where(t.policy.c.key == key)).scalar_one()
    return int(value)


def owner_mode(connection: Connection, person: str, *, at_us: int) -> bool:
    """Say whether owner mode (单人模式) is in force for this person, with nobody else to ask."""
    mode = t.owner_mode.c
    row = connection.execute(select(t.owner_mode).where(mode.person == person)).one_or_none()
    if row is None or not row.valid_from <= at_us <= row.valid_to:
        return False
    harmless = {Role.AUDITOR, Role.ADMIN, Role.COUNTER}
    others = (other for other in everybody(connection) if other.name != person)
    return not any(other.roles(at=at_us) - harmless for other in others)
