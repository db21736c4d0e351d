"""People as the company knows them: names, roles in force, keys; adding one while setting up."""

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, exists, select, text

from erpdesk.errors import UserError
from erpdesk.storage import tables as t


class NoSuchPersonError(UserError):
    """There is nobody of this name in the company."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role somebody holds now, with limits in minor units of the base currency."""

    name: str
    limit_minor: int
    loss_limit_minor: int
    window_minor: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of the company, with the roles held now."""

    name: str
    display: str
    public_key: bytes | None
    roles: tuple[Role, ...]

    def has(self, *names: str) -> bool:
        """Say whether one of these roles is held."""
        return any(role.name in names for role in self.roles)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """How somebody's password is checked (SQLite) and their signing key is kept."""

    public_key: bytes | None
    wrapped: bytes | None
    salt: bytes | None
    verifier: str | None


def everybody(connection: Connection, *, at_us: int) -> tuple[PersonRow, ...]:
    """Return every person, in the order in which they were added."""
    rows = connection.execute(select(t.person).order_by(t.person.c.added_at, t.person.c.name))
    return tuple(_person(connection, row, at_us) for row in rows.mappings())


def person_named(connection: Connection, name: str, *, at_us: int) -> PersonRow:
    """Return the person with this login or display name.

    Raises:
        NoSuchPersonError: nobody, or more than one, is called so.
    """
    named = select(t.person).where((t.person.c.name == name) | (t.person.c.display == name))
    rows = connection.execute(named).mappings().all()
    exact = [row for row in rows if row["name"] == name] or rows
    if len(exact) != 1:
        raise NoSuchPersonError(name=name)
    return _person(connection, exact[0], at_us)


def _person(connection: Connection, row: RowMapping, at_us: int) -> PersonRow:
    key = row["public_key"]
    return PersonRow(
        row["name"],
        row["display"],
        None if key is None else bytes(key),
        _roles(connection, row["name"], at_us),
    )


_ROLES = text(
    "SELECT role, limit_minor, loss_limit_minor, window_minor FROM authority_last"
    " WHERE person = :person AND valid_from <= :at AND (valid_to IS NULL OR valid_to > :at)"
    " ORDER BY role"
)


def _roles(connection: Connection, person: str, at_us: int) -> tuple[Role, ...]:
    rows = connection.execute(_ROLES, {"person": person, "at": at_us})
    return tuple(Role(r.role, r.limit_minor, r.loss_limit_minor, r.window_minor) for r in rows)


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


def _bytes(value: object) -> bytes | None:
    return bytes(value) if isinstance(value, bytes | memoryview) else None


def in_set_up(connection: Connection) -> bool:
    """Say whether nothing but imports was posted yet."""
    posted = exists().where(t.step.c.verb == "post", t.step.c.kind != "import")
    return not connection.execute(select(posted)).scalar()


def may(connection: Connection, person: str, kind: str, verb: str, *, at_us: int) -> bool:
    """Say whether a role of this person allows the verb on this kind in some state."""
    found = connection.execute(
        text(
            "SELECT 1 FROM transition_rule u JOIN authority_last a ON a.role = u.role"
            " WHERE u.kind = :kind AND u.verb = :verb AND a.person = :person"
            " AND a.valid_from <= :at AND (a.valid_to IS NULL OR a.valid_to > :at) LIMIT 1"
        ),
        {"kind": kind, "verb": verb, "person": person, "at": at_us},
    )
    return found.first() is not None


def policy(connection: Connection, key: str) -> int:
    """Return a number of the company's policy."""
    value = connection.execute(select(t.policy.c.value).where(t.policy.c.key == key)).scalar_one()
    return int(value)
