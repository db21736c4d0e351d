"""What set-up said still stands: the firm, its people, their first rights, owner mode."""

from collections.abc import Iterator
from typing import Any

from erpdesk.storage.checks import Books, Finding
from erpdesk.storage.checks_texts import read
from erpdesk.storage.set_up import ENDED, JOINED, standing

DIFFERS = {
    "firm": "firm_differs",
    "person": "person_differs",
    "authority": "right_differs",
    "owner_mode": "owner_mode_differs",
}
UNSAID = "set_up_unsaid"


def set_up(books: Books) -> Iterator[Finding]:
    """Yield what differs from what was kept when set-up ended; until then it may change."""
    if books.all("SELECT open FROM set_up")[0][0]:
        return
    kept = _kept(books)
    if kept is None:
        yield Finding("U", UNSAID, ENDED)
        return
    now = standing(books.connection)
    for name in sorted(kept.keys() | now.keys()):
        if now.get(name) != kept.get(name):
            yield _differing(name)


def _differing(name: str) -> Finding:
    table, _, where = name.partition(" ")
    if table in DIFFERS:
        return Finding("U", DIFFERS[table], where)
    return Finding("U", UNSAID, name)


def _kept(books: Books) -> dict[str, Any] | None:
    """Return what was kept, None where nothing was; of two that say the same, the first counts."""
    kept: dict[str, Any] = {}
    is_ended = False
    events = books.rows(
        "SELECT what, detail FROM audit_event WHERE what IN (:ended, :joined) ORDER BY made_at, id",
        ended=ENDED,
        joined=JOINED,
    )
    for what, detail in events:
        kept = read(detail) | kept
        is_ended = is_ended or what == ENDED
    return kept if is_ended else None
