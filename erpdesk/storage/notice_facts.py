"""What the books know before a notice goes out."""

import json
from datetime import date

from sqlalchemy import Connection, select

from erpdesk.domain.accounts import BANK
from erpdesk.domain.moments import day_at_desk
from erpdesk.storage import customer_history
from erpdesk.storage import tables as t

_COUNTS_MOST = 50
_PAPERS_MOST = 50


def last_money_on(connection: Connection) -> date | None:
    """Return the posting day of the last entry on the bank account."""
    entry, line = t.journal_entry.c, t.journal_line.c
    has_money = select(line.entry_id).where(line.entry_id == entry.id, line.account == BANK)
    newest = select(entry.posting_date).where(has_money.exists())
    day = connection.execute(newest.order_by(entry.posting_date.desc()).limit(1)).scalar()
    return day if day is None or isinstance(day, date) else date.fromisoformat(day)


def contact_checked_on(connection: Connection, customer_id: str) -> date | None:
    """Return when a count last checked the customer's contact."""
    counts = customer_history.counted(connection, customer_id, most=_COUNTS_MOST)
    return next((day_at_desk(one.at) for one in counts if "contact" in one.fields), None)


def last_issued(
    connection: Connection, kind: str, sorts: frozenset[str], customer_id: str
) -> tuple[str, date] | None:
    """Return number and day of the customer's last paper that was issued, of a kind and sorts."""
    document = t.document.c
    rows = connection.execute(
        select(document.number, document.made_at, t.content.c.body)
        .join(t.content, t.content.c.hash == document.content_hash)
        .where(document.kind == kind, document.customer_id == customer_id)
        .where(document.number.is_not(None), document.state != "cancelled")
        .order_by(document.made_at.desc())
        .limit(_PAPERS_MOST)
    )
    for row in rows:
        if json.loads(row.body)[kind].get("sort", "") in sorts:
            return str(row.number), day_at_desk(row.made_at)
    return None
