"""What many documents say, in one look, and why a step was taken on each."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from erpdesk.storage import tables as t


def texts(connection: Connection, document_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what documents say, by document."""
    rows = connection.execute(
        select(t.document.c.id, t.content.c.body)
        .join(t.content, t.content.c.hash == t.document.c.content_hash)
        .where(t.document.c.id.in_(set(document_ids)))
    )
    return {row.id: json.loads(row.body) for row in rows}


def reasons(connection: Connection, document_ids: Iterable[str], *, verb: str) -> dict[str, str]:
    """Return the reason of the last step by this verb, by document."""
    step = t.step.c
    rows = connection.execute(
        select(step.document_id, step.reason)
        .where(step.document_id.in_(set(document_ids)), step.verb == verb)
        .order_by(step.seq)
    )
    return {row.document_id: row.reason or "" for row in rows}
