"""Attacks on stored rows: update, delete, replace and upsert of logs, heads, settings."""

from collections.abc import Callable, Iterator

from erpdesk.storage.tables import HEADS, LOGS, SETTINGS
from tests.storage.sqlite.attacker import Attacker, attack, honest, now_us
from tests.storage.sqlite.scene import (
    PHOTO_HASH,
    audit_row,
    count_row,
    decision_row,
    evidence_row,
    lock_row,
    paper_row,
    seal_row,
    variance_row,
)

NO_REPLACE = ("recursive_triggers=OFF",)
NO_KEYS = ("foreign_keys=OFF",)
Play = Callable[[Attacker], Iterator[None]]


def _update(table: str, column: str) -> Play:
    def play(w: Attacker) -> Iterator[None]:
        yield
        w.sql(f"UPDATE {table} SET {column} = {column}")  # noqa: S608

    return play


def _delete(table: str) -> Play:
    def play(w: Attacker) -> Iterator[None]:
        yield
        w.sql(f"DELETE FROM {table}")  # noqa: S608

    return play


def _replace(table: str) -> Play:
    """Insert a row over itself; where the clock or the order is asked first, that is asked."""

    def play(w: Attacker) -> Iterator[None]:
        row = w.row(table)
        if "made_by" in row:
            w.here(row["made_by"])
        yield
        times = {c: now_us() for c in ("made_at", "received_at", "at", "valid_from") if c in row}
        keep = {"authority": ("valid_from",)}.get(table, ())
        w.insert(table, row | {c: v for c, v in times.items() if c not in keep}, "OR REPLACE")

    return play


REPLACED = {
    "sign_in": "G2 sign-in-order", "person_key": "G1 not-you", "seal": "G11 seal",
    "list_customer": "G5 list-differs",
    "list_delivery": "G5 list-differs", "list_item": "G5 list-differs",
    "list_line": "G5 list-differs", "list_scope": "G5 list-differs", "document": "G2 head",
    "chain_head": "G2 head", "number_series": "G10 number",
    "customer": "G5 code-taken", "customer_code": "G5 code-taken",
}  # fmt: skip
"""The code by which a row refuses to be replaced; all others say that it exists."""

for _table in LOGS:
    _first = next(iter(_table.c)).name
    attack("rows", "G2 log", name=f"update_{_table.name}")(_update(_table.name, _first))
for _table in (*LOGS, *HEADS):
    attack("rows", "G2 log", name=f"delete_{_table.name}", pragmas=NO_KEYS)(_delete(_table.name))
    attack(
        "rows", REPLACED.get(_table.name, "G2 exists"), name=f"replace_{_table.name}",
        pragmas=NO_REPLACE,
    )(_replace(_table.name))  # fmt: skip
attack("rows", "G2 log", name="delete_person", pragmas=NO_KEYS)(_delete("person"))
attack("rows", "G2 exists", name="replace_person", pragmas=NO_REPLACE)(_replace("person"))
for _table in SETTINGS:
    if _table.name != "owner_mode":
        _first = next(iter(_table.c)).name
        for _verb, _play in (
            ("update", _update(_table.name, _first)), ("delete", _delete(_table.name)),
            ("insert", _replace(_table.name)),
        ):  # fmt: skip
            _name = f"{_verb}_{_table.name}"
            attack("settings", "G7 settings", name=_name, pragmas=(*NO_KEYS, *NO_REPLACE))(_play)
for _verb, _play in (
    ("update", _update("firm", "key")), ("delete", _delete("firm")), ("insert", _replace("firm")),
):  # fmt: skip
    attack("settings", "G7 firm-set-up-over", name=f"{_verb}_firm", pragmas=NO_REPLACE)(_play)


@attack("settings", "G7 settings")
def insert_owner_mode(w: Attacker) -> Iterator[None]:
    yield
    w.insert("owner_mode", {"person": "alice", "valid_from": 0, "valid_to": 2**60})


@attack("settings", "G7 settings")
def raise_two_person_limit(w: Attacker) -> Iterator[None]:
    yield
    w.change("policy", "key = 'two_person_minor'", value=10**13)


@honest("settings", setting_up=True)
def settings_while_nothing_happened(w: Attacker) -> Iterator[None]:
    yield
    w.change("policy", "key = 'two_person_minor'", value=10**6)


@honest("rows")
def one_row_in_every_plain_log(w: Attacker) -> Iterator[None]:
    yield
    for by, table, row in (
        ("cody", "count_event", count_row), ("bob", "line_decision", decision_row),
        ("alice", "line_variance", variance_row), ("alice", "paper", paper_row),
        ("aud", "audit_event", audit_row), ("bob", "seal", seal_row),
    ):  # fmt: skip
        w.here(by)
        w.insert(table, row(w))
    w.here("alice")
    w.insert("evidence", evidence_row(b"12"))
    w.here("bob")
    w.insert("period_lock", lock_row("2025-02"))
    assert w.one("SELECT count(*) FROM evidence WHERE hash = ?", PHOTO_HASH) == 1
