"""The ledger: written only by the unfolding of approved texts."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from erpdesk.storage.tables.base import money_range, needed, partial, table, to
from erpdesk.storage.types import Bytes, Day, Flag, Id, Whole

currency = table("currency", Column("code", Text, primary_key=True), needed("decimals", Whole))

account = table(
    "account",
    Column("code", Text, primary_key=True),
    needed("name", Text),
    needed("name_en", Text),
    needed("by_item", Flag),
    needed("is_loss", Flag),
    needed("part", Text),
    CheckConstraint("part IN ('', 'billed', 'unbilled', 'unapplied')", name="part"),
)

period = table(
    "period",
    Column("period", Text, primary_key=True),
    needed("first_day", Day, unique=True),
    needed("last_day", Day, unique=True),
)

period_lock = table(
    "period_lock",
    Column("period", Text, to("period.period"), primary_key=True),
    needed("made_by", Text, to("person.name")),
    needed("made_at", Whole),
    needed("ledger_hash", Bytes),
)

period_total = table(
    "period_total",
    needed("period", Text, to("period.period")),
    needed("series", Text),
    needed("account", Text, to("account.code")),
    needed("currency", Text),
    needed("number", Whole),
    needed("debit_minor", Whole),
    needed("credit_minor", Whole),
    needed("debit_base_minor", Whole),
    needed("credit_base_minor", Whole),
    PrimaryKeyConstraint("period", "series", "account", "currency"),
)
"""Sums of a period's lines, by series, up to the entry with this number: a cache that ``verify``
recomputes. Each posting moves those of its own series, whose number it holds already: so nobody
waits for them who does not wait for the number.
"""

number_series = table(
    "number_series",
    needed("series", Text),
    needed("period", Text),
    needed("last", Whole),
    PrimaryKeyConstraint("series", "period"),
    CheckConstraint("last >= 0", name="last"),
)

journal_entry = table(
    "journal_entry",
    Column("id", Id, primary_key=True),
    needed("document_id", Id, to("document.id"), unique=True),
    needed("content_hash", Bytes),
    needed("series", Text),
    needed("period", Text, to("period.period")),
    needed("number", Whole),
    needed("posting_date", Day),
    Column("document_date", Day),
    Column("origin_period", Text),
    needed("rule", Text),
    Column("reverses", Id, to("journal_entry.id")),
    Column("identifies", Id, to("journal_entry.id")),
    needed("step_id", Id, to("step.id"), unique=True),
    needed("posted_at", Whole),
    UniqueConstraint("series", "period", "number"),
    CheckConstraint("number > 0", name="number"),
    Index(None, "posting_date"),
    partial("ix_journal_entry_reverses", "reverses", where="reverses IS NOT NULL"),
    partial("ix_journal_entry_identifies", "identifies", where="identifies IS NOT NULL"),
)

open_item = table(
    "open_item",
    Column("id", Id, primary_key=True),
    needed("customer_id", Id, to("customer.id")),
    needed("account", Text, to("account.code")),
    needed("currency", Text, to("currency.code")),
    needed("original_minor", Whole),
    needed("due_date", Day),
    needed("entry_id", Id, to("journal_entry.id")),
    needed("open_minor", Whole),
    needed("version", Whole),
    Column("label", Text),
    money_range("original_minor"),
    CheckConstraint("original_minor <> 0", name="nonzero"),
    CheckConstraint(
        "(original_minor > 0 AND open_minor BETWEEN 0 AND original_minor)"
        " OR (original_minor < 0 AND open_minor BETWEEN original_minor AND 0)",
        name="open_bounds",
    ),
    partial(
        "ix_open_item_open",
        "customer_id",
        "currency",
        "due_date",
        "open_minor",
        "account",
        where="open_minor <> 0",
    ),
    partial("ix_open_item_due", "due_date", "id", where="open_minor <> 0"),
    partial("ix_open_item_left", "entry_id", "open_minor", where="open_minor <> 0"),
    Index(None, "customer_id", "due_date"),
    Index(None, "entry_id", "currency", "original_minor"),
)
"""One receivable or credit; ``label`` is the number another program gave an opening item."""

journal_line = table(
    "journal_line",
    needed("entry_id", Id, to("journal_entry.id")),
    needed("line_no", Whole),
    needed("account", Text, to("account.code")),
    needed("side", Flag),
    needed("amount_minor", Whole),
    needed("currency", Text, to("currency.code")),
    needed("base_minor", Whole),
    Column("customer_id", Id, to("customer.id")),
    Column("item_id", Id, to("open_item.id")),
    Column("text", Text),
    PrimaryKeyConstraint("entry_id", "line_no"),
    CheckConstraint("side IN (1, -1)", name="side"),
    money_range("amount_minor"),
    money_range("base_minor"),
    CheckConstraint("amount_minor <> 0 OR base_minor <> 0", name="nonzero"),
    partial(
        "ix_journal_line_customer",
        "customer_id",
        "account",
        "currency",
        "side",
        "amount_minor",
        "base_minor",
        where="customer_id IS NOT NULL",
    ),
    Index("ix_journal_line_account", "account", "entry_id"),
)

allocation = table(
    "allocation",
    Column("id", Id, primary_key=True),
    Column("charge_id", Id, to("open_item.id")),
    Column("credit_id", Id, to("open_item.id")),
    needed("amount_minor", Whole),
    Column("undoes", Id, to("allocation.id"), unique=True),
    needed("step_id", Id, to("step.id")),
    money_range("amount_minor"),
    CheckConstraint("amount_minor <> 0", name="nonzero"),
    CheckConstraint("charge_id IS NOT NULL OR credit_id IS NOT NULL", name="a_side"),
    CheckConstraint("(amount_minor > 0) = (undoes IS NULL)", name="undo_sign"),
    Index("ix_allocation_charge", "charge_id", "amount_minor"),
    Index("ix_allocation_credit", "credit_id", "amount_minor"),
    Index(None, "step_id"),
)
