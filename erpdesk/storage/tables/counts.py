"""The stocktake: what was frozen, what was counted, what was decided about it."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from erpdesk.storage.tables.base import needed, partial, table, to
from erpdesk.storage.types import Bytes, Flag, Id, Whole

campaign_line = table(
    "campaign_line",
    needed("campaign_id", Id, to("document.id")),
    needed("customer_id", Id, to("customer.id")),
    needed("currency", Text, to("currency.code")),
    needed("n", Whole),
    needed("billed_minor", Whole),
    needed("unbilled_minor", Whole),
    needed("unapplied_minor", Whole),
    needed("book_minor", Whole),
    needed("customer_document", Id, to("document.id")),
    Column("counter", Text, to("person.name")),
    needed("blind", Flag),
    PrimaryKeyConstraint("campaign_id", "customer_id", "currency"),
    UniqueConstraint("campaign_id", "n"),
)
"""One customer and currency in one campaign, as the books stood at the freeze."""

count_event = table(
    "count_event",
    Column("id", Id, primary_key=True),
    needed("campaign_id", Id, to("document.id")),
    Column("customer_id", Id),
    needed("raw", Bytes),
    needed("source", Text),
    needed("device_id", Id),
    needed("device_seq", Whole),
    Column("device_time", Whole),
    Column("stated_minor", Whole),
    Column("currency", Text, to("currency.code")),
    Column("supersedes", Id, to("count_event.id")),
    Column("body", Text),
    needed("made_by", Text, to("person.name")),
    needed("received_at", Whole),
    needed("actor_seq", Whole),
    needed("actor_prev", Bytes),
    needed("hash", Bytes),
    UniqueConstraint("device_id", "device_seq"),
    UniqueConstraint("made_by", "actor_seq"),
    CheckConstraint("length(raw) <= 4096", name="raw"),
    CheckConstraint("length(body) <= 16384", name="body"),
    CheckConstraint("(stated_minor IS NULL) = (currency IS NULL)", name="stated"),
    Index(None, "campaign_id", "customer_id"),
)
"""Whose a count is the guard asks: a foreign key would lock the customer, and so write its page."""

line_decision = table(
    "line_decision",
    Column("id", Id, primary_key=True),
    needed("campaign_id", Id, to("document.id")),
    Column("customer_id", Id, to("customer.id")),
    Column("event_id", Id, to("count_event.id")),
    needed("verb", Text),
    Column("to_person", Text, to("person.name")),
    Column("body", Text),
    needed("reason", Text),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    needed("actor_seq", Whole),
    needed("actor_prev", Bytes),
    needed("hash", Bytes),
    UniqueConstraint("made_by", "actor_seq"),
    CheckConstraint("length(body) <= 16384", name="body"),
    Index(None, "campaign_id", "customer_id"),
    partial("ix_line_decision_event", "event_id", where="event_id IS NOT NULL"),
)

line_variance = table(
    "line_variance",
    Column("id", Id, primary_key=True),
    needed("campaign_id", Id),
    needed("customer_id", Id),
    needed("currency", Text),
    needed("n", Whole),
    needed("body", Text),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    needed("actor_seq", Whole),
    needed("actor_prev", Bytes),
    needed("hash", Bytes),
    ForeignKeyConstraint(
        ("campaign_id", "customer_id", "currency"),
        ("campaign_line.campaign_id", "campaign_line.customer_id", "campaign_line.currency"),
    ),
    UniqueConstraint("campaign_id", "customer_id", "currency", "n"),
    UniqueConstraint("made_by", "actor_seq"),
    CheckConstraint("length(body) <= 16384", name="body"),
    Index(None, "campaign_id", "made_by"),
)
"""What was said of a line that differs, one after another: the last holds (``n`` from 1)."""
