"""Contents, steps, heads: write the next step, read what was shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from erpdesk.domain.changes import Seen
from erpdesk.domain.content import (
    ZERO_HASH,
    canonical,
    content_hash,
    parse,
    record_hash,
    record_text,
)
from erpdesk.domain.ids import is_id
from erpdesk.domain.posting_stop import why_not_post
from erpdesk.errors import RefusedError, UserError
from erpdesk.storage import tables as t
from erpdesk.storage.among import among
from erpdesk.storage.set_up import end_set_up
from erpdesk.storage.unit_of_work import Unit, fields

STEP_FIELDS = (
    "id", "document_id", "seq", "kind", "verb", "from_state", "to_state", "content_hash", "reason",
    "signature", "made_by", "made_at", "self_review", "risk", "actor_seq", "actor_prev",
    "document_prev",
)  # fmt: skip
SIGN_FIELDS = ("document_id", "seq", "kind", "verb", "content_hash", "made_by")
SIGNED_VERBS = ("approve", "endorse")
_AT_ONCE: Final = 100
_TEXTS: Final = select(t.document, t.content.c.body).join(
    t.content, t.content.c.hash == t.document.c.content_hash
)


class NoSuchDocumentError(UserError):
    """There is no such document."""


class DamagedTextError(RefusedError):
    """The stored text of this document is not what its hash says."""


class IdReusedError(UserError):
    """This id was used for something else already."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it stands: its head and its text, hash and form checked."""

    id: str
    kind: str
    state: str
    seq: int
    number: str | None
    made_by: str
    made_at: int
    customer_id: str | None
    content_hash: bytes
    content: dict[str, Any]

    @property
    def seen(self) -> Seen:
        """Return what a decision on this document has to send back."""
        return Seen(self.seq, self.content_hash)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step as it was taken."""

    seq: int
    verb: str
    from_state: str
    to_state: str
    made_by: str
    made_at: int
    reason: str | None
    risk: int
    self_review: bool
    content_hash: bytes


def put_content(unit: Unit, content: dict[str, Any]) -> bytes:
    """Store a text under its hash, once, and return the hash."""
    body = canonical(content)
    name = content_hash(body)
    known = unit.connection.execute(select(t.content.c.hash).where(t.content.c.hash == name))
    if known.first() is None:
        unit.connection.execute(insert(t.content).values(hash=name, body=body))
    return name


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step to take: on which document as it was seen, by which verb, under which id."""

    id: str
    document_id: str
    kind: str
    seen: Seen
    verb: str
    reason: str | None = None


def draft(
    unit: Unit, kind: str, document_id: str, content: dict[str, Any], *, step_id: str
) -> Seen:
    """Write the first step of a document."""
    name = put_content(unit, {**content, "document": document_id, "kind": kind})
    return take_step(unit, NextStep(step_id, document_id, kind, Seen(0, name), "draft"))


def edit(
    unit: Unit, document: Document, content: dict[str, Any], *, seen: Seen, step_id: str
) -> Seen:
    """Write a new text for a draft or a rejected document: a new round begins."""
    whole = {**content, "document": document.id, "kind": document.kind}
    name = put_content(unit, whole)
    shown = Seen(seen.seq, name)
    return take_step(unit, NextStep(step_id, document.id, document.kind, shown, "edit"))


def take_step(unit: Unit, step: NextStep) -> Seen:
    """Append the next step on what was seen, and return what is to be seen now.

    The same step id twice is one step: the second call finds the first.

    Raises:
        IdReusedError: the id belongs to another step.
        PostingStoppedError: a check of the books fails that posting rests on.
        StaleError, RefusedError: from the guards, when the transaction runs.
    """
    row = _row(unit, step)
    unit.writes(t.step.c.id, step.id)
    now = Seen(step.seen.seq + 1, step.seen.content_hash)
    if _taken(unit.connection, row):
        return now
    if step.verb == "post" and (refusal := why_not_post(step.kind, unit.failing())):
        raise refusal
    if step.verb == "post" and step.kind != "import":
        end_set_up(unit)
    if unit.signer and step.verb in SIGNED_VERBS:
        row["signature"] = unit.signer(
            record_text("erpdesk.sign.1", fields(row, SIGN_FIELDS)).encode()
        )
    unit.connection.execute(
        insert(t.step).values(**(row if unit.is_server else _stamped(unit, row)))
    )
    return now


def was_taken(unit: Unit, step: NextStep) -> bool:
    """Say whether exactly this step is stored already, so that asking again is no second one.

    Raises:
        IdReusedError: the id belongs to another step.
    """
    return _taken(unit.connection, _row(unit, step))


def document_of_step(connection: Connection, step_id: str) -> str | None:
    """Return the document on which this step was taken, None where it is not stored."""
    named = select(t.step.c.document_id).where(t.step.c.id == step_id)
    return connection.execute(named).scalar()


def _row(unit: Unit, step: NextStep) -> dict[str, Any]:
    seen = step.seen
    return {
        "id": step.id, "document_id": step.document_id, "seq": seen.seq + 1, "kind": step.kind,
        "verb": step.verb, "content_hash": seen.content_hash, "reason": step.reason,
        "made_by": unit.person, "signature": None,
    }  # fmt: skip


def text_to_sign(row: dict[str, Any]) -> bytes:
    """Return the bytes that an approver's key signs (storage.md 7.2)."""
    return record_text("erpdesk.sign.1", fields(row, SIGN_FIELDS)).encode()


def _taken(connection: Connection, row: dict[str, Any]) -> bool:
    known = connection.execute(select(t.step).where(t.step.c.id == row["id"])).one_or_none()
    if known is None:
        return False
    same = ("document_id", "seq", "verb", "content_hash", "made_by")
    if any(_comparable(getattr(known, name)) != row[name] for name in same):
        raise IdReusedError(id=row["id"])
    return True


def _comparable(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _stamped(unit: Unit, row: dict[str, Any]) -> dict[str, Any]:
    """Fill in what PostgreSQL fills in by itself; the guards of SQLite judge it."""
    head = _head(unit.connection, row["document_id"])
    state = head.state if head else "none"
    rule = _rule(unit, row["kind"], state, row["verb"])
    seq, prev = unit.chain()
    row |= {
        "from_state": state,
        "to_state": rule.to_state if rule else state,
        "made_at": unit.clock.now_us(),
        "self_review": int(bool(rule and rule.four_eyes) and _worked_on(unit, row["document_id"])),
        "risk": _risk(unit.connection, row["content_hash"]),
        "actor_seq": seq,
        "actor_prev": prev,
        "document_prev": bytes(head.step_hash) if head else ZERO_HASH,
    }
    return row | {"hash": record_hash("erpdesk.step.1", fields(row, STEP_FIELDS))}


def _head(connection: Connection, document_id: str) -> Row[Any] | None:
    return connection.execute(
        select(t.document).where(t.document.c.id == document_id)
    ).one_or_none()


def _rule(unit: Unit, kind: str, state: str, verb: str) -> Row[Any] | None:
    rule = t.transition_rule.c
    return unit.connection.execute(
        select(t.transition_rule)
        .join(t.authority, t.authority.c.role == rule.role)
        .where(rule.kind == kind, rule.from_state == state, rule.verb == verb)
        .where(t.authority.c.person == unit.person)
        .limit(1)
    ).first()


def _worked_on(unit: Unit, document_id: str) -> bool:
    return bool(
        unit.connection.exec_driver_sql(
            "SELECT 1 FROM worked_on WHERE document_id = ? AND person = ? LIMIT 1",
            (document_id, unit.person),
        ).first()
    )


def _risk(connection: Connection, name: bytes) -> int:
    body = connection.execute(select(t.content.c.body).where(t.content.c.hash == name))
    content = parse(body.scalar_one())
    lines = sum(abs(line["base"]) for line in content.get("lines", ()))
    allocated = sum(abs(link["amount"]) for link in content.get("allocations", ()))
    varied = sum(abs(line["difference"]) for line in content.get("variances", ()))
    listed = _list_risk(connection, content)
    return int(max((lines + 1) // 2, allocated, varied, listed))


def _list_risk(connection: Connection, content: dict[str, Any]) -> int:
    named = content.get("list")
    if not named or named["what"] != "items":
        return 0
    total = func.coalesce(func.sum(func.abs(t.list_line.c.base_minor)), 0)
    lines = connection.execute(
        select(total).where(
            t.list_line.c.list_id == named["id"],
            t.list_line.c.n <= named.get("sums", {}).get("lines", 0),
        )
    ).scalar_one()
    return (int(lines) + 1) // 2


def look(connection: Connection, document_id: str) -> Document:
    """Read a document; its text is hashed and parsed strictly again.

    Raises:
        NoSuchDocumentError: nobody drafted it.
        DamagedTextError: the stored text does not match its hash.
        NotCanonicalError: the stored text has another form than its own canonical one.
    """
    row = connection.execute(_TEXTS.where(t.document.c.id == document_id)).one_or_none()
    if row is None:
        raise NoSuchDocumentError(id=document_id)
    return _document(row)


def looks(connection: Connection, document_ids: Iterable[str]) -> Iterator[Document]:
    """Read documents in any order, few texts in memory at a time; each is hashed and parsed.

    Raises:
        DamagedTextError, NotCanonicalError: as :func:`look` says.
    """
    wanted = _TEXTS.where(among(connection, t.document.c.id, document_ids))
    rows = connection.execute(wanted.execution_options(yield_per=_AT_ONCE))
    return map(_document, rows)


def _document(row: Row[Any]) -> Document:
    if content_hash(row.body) != bytes(row.content_hash):
        raise DamagedTextError("G5 damaged", id=row.id)
    return Document(
        row.id, row.kind, row.state, row.seq, row.number, row.made_by, row.made_at,
        row.customer_id, bytes(row.content_hash), parse(row.body),
    )  # fmt: skip


def find(connection: Connection, reference: str) -> str:
    """Return the id of the document with this id or number.

    Raises:
        NoSuchDocumentError: neither.
    """
    named = connection.execute(
        select(t.document.c.id).where(t.document.c.number == reference)
    ).scalar()
    if named is None and is_id(reference):
        named = connection.execute(
            select(t.document.c.id).where(t.document.c.id == reference)
        ).scalar()
    if named is None:
        raise NoSuchDocumentError(reference=reference)
    return str(named)


def steps_of(connection: Connection, document_id: str) -> tuple[StepRow, ...]:
    """Return every step of a document in order."""
    rows = connection.execute(
        select(t.step).where(t.step.c.document_id == document_id).order_by(t.step.c.seq)
    )
    return tuple(
        StepRow(
            r.seq, r.verb, r.from_state, r.to_state, r.made_by, r.made_at, r.reason, r.risk,
            bool(r.self_review), bytes(r.content_hash),
        )
        for r in rows
    )  # fmt: skip


def same_text(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two sections have the same canonical text."""
    return canonical(one) == canonical(other)
