"""A company's first rows: kinds, rules, accounts, periods, policies, the first people."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, Table, insert

from erpdesk.domain.accounts import ACCOUNTS, DIFFERENCE_MINOR, PARTS, Account
from erpdesk.domain.ids import new_id
from erpdesk.domain.kinds import KINDS, Kind
from erpdesk.domain.moments import ZONE_MINUTES
from erpdesk.domain.money import DECIMALS
from erpdesk.storage import kept_keys
from erpdesk.storage import tables as t
from erpdesk.storage.database import APPLICATION_ID
from erpdesk.storage.guards import install_guards

DAY_US = 86_400_000_000

POLICIES = {
    "two_person_minor": 500_000_00,
    "owner_delay_us": DAY_US,
    "window_us": DAY_US,
    "zone_minutes": ZONE_MINUTES,
    "difference_minor": DIFFERENCE_MINOR,
    "evidence_bytes": 20 * 1024 * 1024,
}

YEARS_AHEAD = 20


@dataclass(frozen=True, slots=True)
class Grant:
    """A role with its limits in minor units of the base currency."""

    role: str
    limit_minor: int = 0
    loss_limit_minor: int = 0
    window_minor: int = 0


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added while the company is being set up."""

    name: str
    display: str
    grants: tuple[Grant, ...]
    public_key: bytes | None = None
    wrapped: bytes | None = None
    salt: bytes | None = None
    verifier: str | None = None
    login_oid: int | None = None


def found_file(connection: Connection, *, first_month: date) -> None:
    """Create tables, first rows and guards in an empty file."""
    from erpdesk.storage.migrations import stamp

    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    t.metadata.create_all(connection)
    found(connection, first_month=first_month)
    install_guards(connection)
    stamp(connection)


def found(connection: Connection, *, first_month: date) -> None:
    """Write the data of this version into empty tables."""
    for table, rows in first_rows(first_month).items():
        connection.execute(insert(table), rows)


def first_rows(first_month: date) -> dict[Table, list[dict[str, object]]]:
    """Return what a company's tables of settings hold from its first month on, while it lives."""
    rules = [row for kind in KINDS for row in kind.transitions]
    return {
        t.document_kind: [_kind_row(kind) for kind in KINDS],
        t.transition_rule: [{f: _plain(getattr(r, f)) for f in _RULE} for r in rules],
        t.kind_section: [
            {"kind": kind.name, "section": section} for kind in KINDS for section in kind.sections
        ],
        t.policy: [{"key": key, "value": value} for key, value in POLICIES.items()],
        t.currency: [{"code": code, "decimals": n} for code, n in DECIMALS.items()],
        t.account: [_account_row(account) for account in ACCOUNTS],
        t.period: _periods(first_month),
    }


_RULE = (
    "kind",
    "from_state",
    "verb",
    "role",
    "to_state",
    "four_eyes",
    "limited",
    "reason",
    "decides",
)


def _plain(value: object) -> object:
    return int(value) if isinstance(value, bool) else value


def _kind_row(kind: Kind) -> dict[str, object]:
    return {
        "kind": kind.name,
        "mark": kind.mark,
        "number_verb": kind.number_verb,
        "monthly": int(kind.monthly),
    }


def _account_row(account: Account) -> dict[str, object]:
    return {
        "code": account.code,
        "name": account.name_zh,
        "name_en": account.name_en,
        "by_item": int(account.by_item),
        "is_loss": int(account.is_loss),
        "part": PARTS.get(account.code, ""),
    }


def _periods(first_month: date) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    day = first_month.replace(day=1)
    while day.year <= first_month.year + YEARS_AHEAD:
        following = (day + timedelta(days=32)).replace(day=1)
        rows.append(
            {"period": f"{day:%Y-%m}", "first_day": day, "last_day": following - timedelta(days=1)}
        )
        day = following
    return rows


def add_person(connection: Connection, person: NewPerson, *, at_us: int) -> None:
    """Add somebody with roles and a key, while the company is being set up."""
    connection.execute(
        insert(t.person).values(
            name=person.name,
            display=person.display,
            login_oid=person.login_oid,
            public_key=person.public_key,
            added_at=at_us,
        )
    )
    connection.execute(insert(t.chain_head).values(actor=person.name, seq=0, hash=bytes(32)))
    for grant in person.grants:
        connection.execute(
            insert(t.authority).values(
                id=new_id(at_us=at_us),
                person=person.name,
                role=grant.role,
                limit_minor=grant.limit_minor,
                loss_limit_minor=grant.loss_limit_minor,
                window_minor=grant.window_minor,
                valid_from=at_us,
            )
        )
    if person.public_key or person.verifier:
        row = {
            "person": person.name, "n": 1, "made_at": at_us, "public_key": person.public_key,
            "wrapped": person.wrapped, "salt": person.salt, "verifier": person.verifier,
        }  # fmt: skip
        kept_keys.keep(connection, row)
