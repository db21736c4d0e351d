"""What set-up says of a company, kept in somebody's chain once it ends.

The firm, its people and their first rights are written by no document: only this shows later that
they are still what they were. People who join afterwards are kept the same way.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, text

from erpdesk.storage.audit import record_audit
from erpdesk.storage.checks_texts import plain
from erpdesk.storage.people import in_set_up
from erpdesk.storage.unit_of_work import Unit

Said = dict[str, list[list[Any]]]
"""Rows by what they say something of, such as ``firm phone`` or ``authority lintao director``."""

ENDED, JOINED = "set up", "add person"
AT_ONCE: Final = 50
"""So many names an event holds: a detail has its longest."""

_RIGHTS: Final = (
    "SELECT 'authority ' || person || ' ' || role, id, limit_minor, loss_limit_minor, window_minor,"
    " valid_from, valid_to FROM authority WHERE document_id IS NULL"
    " ORDER BY person, role, valid_from"
)
_ROWS: Final = (
    "SELECT 'firm ' || key, value FROM firm ORDER BY key",
    "SELECT 'person ' || name, display, added_at FROM person ORDER BY name",
    _RIGHTS,
    "SELECT 'owner_mode ' || person, valid_from, valid_to FROM owner_mode ORDER BY person",
)


def standing(connection: Connection) -> Said:
    """Return what the tables say now of what no document says."""
    said: Said = {}
    for statement in _ROWS:
        for name, *row in connection.execute(text(statement)):
            said.setdefault(name, []).append(list(map(plain, row)))
    return said


def end_set_up(unit: Unit) -> None:
    """Keep what stands, where the posting that follows is the first that ends set-up."""
    if in_set_up(unit.connection):
        _keep(unit, ENDED, standing(unit.connection))


def keep_person(unit: Unit, name: str) -> None:
    """Keep who somebody is that was added after set-up."""
    whose = f"person {name}"
    _keep(unit, JOINED, {whose: standing(unit.connection)[whose]})


def _keep(unit: Unit, what: str, said: Said) -> None:
    for some in _cut(said):
        record_audit(unit, what, json.dumps(some, ensure_ascii=False))


def _cut(said: Said) -> Iterator[Said]:
    left = iter(said.items())
    while some := dict(islice(left, AT_ONCE)):
        yield some
