"""Who stands at the door of a company file, asked by the driver alone: nothing heavier is loaded.

The first window needs no more than names. Whatever is odd is left to opening the books, which says
what it is.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pysqlite3.dbapi2 as sqlite

from erpdesk.storage import versions

_VERSION: Final = "SELECT version_num FROM schema_version"
_PEOPLE: Final = """
SELECT p.name, p.display, k.verifier IS NOT NULL
FROM person p LEFT JOIN person_key k ON k.person = p.name
  AND k.n = (SELECT max(n) FROM person_key WHERE person = p.name)
ORDER BY p.added_at, p.name
"""


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who may sign in: login, the name people see, whether a password is asked."""

    name: str
    display: str
    needs_password: bool


def is_url(place: str) -> bool:
    """Say whether a place names a server instead of a file."""
    return place.startswith(("postgresql://", "postgresql+psycopg://"))


def without_login(place: str) -> str:
    """Return a place as it may be shown: a server's address names nobody and no password."""
    scheme, sign, rest = place.partition("://")
    return f"{scheme}{sign}{rest.rpartition('@')[2]}" if is_url(place) else place


def entrants(place: str) -> tuple[Entrant, ...] | None:
    """Return who may sign in to a company file, or None where it is not to be read just so."""
    try:
        address = f"{Path(place).absolute().as_uri()}?mode=ro"
        with closing(sqlite.connect(address, uri=True, timeout=1)) as raw:
            if raw.execute(_VERSION).fetchone()[0] != versions.VERSION:
                return None
            rows = raw.execute(_PEOPLE).fetchall()
    except (sqlite.Error, TypeError):
        return None
    return tuple(Entrant(name, display, bool(asked)) for name, display, asked in rows)
