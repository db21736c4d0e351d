"""Documents: texts, the steps taken on them, where they stand; evidence, papers, audit, seals."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from erpdesk.storage.tables.base import needed, partial, table, to
from erpdesk.storage.types import Bytes, Flag, Id, Whole

transition_rule = table(
    "transition_rule",
    needed("kind", Text),
    needed("from_state", Text),
    needed("verb", Text),
    needed("role", Text),
    needed("to_state", Text),
    needed("four_eyes", Flag),
    needed("limited", Flag),
    needed("reason", Flag),
    needed("decides", Flag),
    PrimaryKeyConstraint("kind", "from_state", "verb", "role"),
)

document_kind = table(
    "document_kind",
    Column("kind", Text, primary_key=True),
    needed("mark", Text, unique=True),
    needed("number_verb", Text),
    needed("monthly", Flag),
)

kind_section = table(
    "kind_section",
    needed("kind", Text, to("document_kind.kind")),
    needed("section", Text),
    PrimaryKeyConstraint("kind", "section"),
)

content = table(
    "content",
    Column("hash", Bytes, primary_key=True),
    needed("body", Text),
    CheckConstraint("length(body) BETWEEN 2 AND 32000000", name="size"),
)
"""A text; only a campaign's, with a hundred thousand differences, is longer than 4,000,000."""

IN_HAND = "state IN ('draft', 'rejected', 'submitted', 'in_review', 'approved')"
"""What somebody still has to do something about; a list of it says so, and has the index."""

document = table(
    "document",
    Column("id", Id, primary_key=True),
    needed("kind", Text),
    needed("state", Text),
    needed("seq", Whole),
    needed("content_hash", Bytes, to("content.hash")),
    needed("step_hash", Bytes),
    needed("made_by", Text),
    needed("made_at", Whole),
    Column("number", Text, unique=True),
    Column("customer_id", Id),
    partial(
        "ix_document_inbox",
        "state",
        "kind",
        where=IN_HAND,
    ),
    Index("ix_document_kind", "kind", "customer_id", "made_at", "id"),
    Index(None, "kind", "made_at", "id", "state"),
    partial("ix_document_customer", "customer_id", where="customer_id IS NOT NULL"),
)

DECIDING = ("approve", "reject", "endorse", "return")
"""The verbs of somebody who decides; every other step is work on the document."""

DECIDES = f"verb IN {DECIDING}"
"""That a step is one of these; a list of them says so, and has the index."""

step = table(
    "step",
    Column("id", Id, primary_key=True),
    needed("document_id", Id, to("document.id", deferrable=True, initially="DEFERRED")),
    needed("seq", Whole),
    needed("kind", Text),
    needed("verb", Text),
    needed("from_state", Text),
    needed("to_state", Text),
    needed("content_hash", Bytes, to("content.hash")),
    Column("reason", Text),
    Column("signature", Bytes),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    needed("self_review", Flag),
    needed("risk", Whole),
    needed("actor_seq", Whole),
    needed("actor_prev", Bytes),
    needed("document_prev", Bytes),
    needed("hash", Bytes),
    UniqueConstraint("document_id", "seq"),
    UniqueConstraint("made_by", "actor_seq"),
    CheckConstraint("risk >= 0", name="risk"),
    partial("ix_step_decided", "made_by", "made_at", "id", where=DECIDES),
    partial("ix_step_limit", "made_by", "made_at", "risk", where="verb = 'approve'"),
)

evidence = table(
    "evidence",
    Column("hash", Bytes, primary_key=True),
    needed("media_type", Text),
    needed("name", Text),
    needed("size", Whole),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    CheckConstraint("length(hash) = 32", name="hash"),
)

evidence_blob = table(
    "evidence_blob",
    needed("hash", Bytes, to("evidence.hash")),
    needed("n", Whole),
    needed("bytes", Bytes),
    PrimaryKeyConstraint("hash", "n"),
    CheckConstraint("length(bytes) <= 1048576", name="size"),
)

paper = table(
    "paper",
    Column("id", Id, primary_key=True),
    needed("document_id", Id, to("document.id")),
    needed("hash", Bytes, to("evidence.hash")),
    needed("copy", Whole),
    Column("reason", Text),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    UniqueConstraint("document_id", "copy"),
)

audit_event = table(
    "audit_event",
    Column("id", Id, primary_key=True),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    needed("what", Text),
    needed("detail", Text),
    needed("actor_seq", Whole),
    needed("actor_prev", Bytes),
    needed("hash", Bytes),
    UniqueConstraint("made_by", "actor_seq"),
    CheckConstraint("length(detail) <= 16384", name="detail"),
)

seal = table(
    "seal",
    Column("seq", Whole, primary_key=True, autoincrement=False),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    needed("heads", Text),
    needed("prev", Bytes),
    needed("hash", Bytes),
)
