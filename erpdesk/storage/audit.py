"""What is no step of a document: exports, backups, refused attempts, chained like everything."""

from sqlalchemy import insert

from erpdesk.domain.content import record_hash
from erpdesk.storage import tables as t
from erpdesk.storage.unit_of_work import Unit, fields

AUDIT_FIELDS = ("id", "made_by", "made_at", "what", "detail", "actor_seq", "actor_prev")


def record_audit(unit: Unit, what: str, detail: str) -> None:
    """Append an event to the person's chain."""
    row: dict[str, object] = {
        "id": unit.new_id(), "made_by": unit.person, "what": what, "detail": detail,
    }  # fmt: skip
    if not unit.is_server:
        seq, prev = unit.chain()
        row |= {"made_at": unit.clock.now_us(), "actor_seq": seq, "actor_prev": prev}
        row["hash"] = record_hash("erpdesk.audit.1", fields(row, AUDIT_FIELDS))
    unit.writes(t.audit_event.c.id, row["id"])
    unit.connection.execute(insert(t.audit_event).values(**row))
