"""Customers, their codes and uninvoiced deliveries; the long lists they are imported from."""

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    Index,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    event,
)

from erpdesk.storage.tables.base import money_range, needed, partial, table, to
from erpdesk.storage.types import Day, Flag, Id, Whole

customer = table(
    "customer",
    Column("id", Id, primary_key=True),
    needed("n", Whole, unique=True),
    needed("code", Text, unique=True),
    needed("name", Text),
    Column("tax_id", Text),
    needed("search", Text),
    needed("record", Text),
    needed("contact", Text),
    needed("document_id", Id, to("document.id")),
    Index(None, "code", "n", "id"),
    Index(None, "name", "code", "n", "id"),
)
"""Kept by posted ``customer`` and ``import`` documents; ``n`` is the number on the label.

A list of a million in its order is read from an index alone.
"""

CUSTOMER_SEARCH = """CREATE VIRTUAL TABLE customer_search USING fts5 (
\twords, phone, tokenize='trigram', content='', contentless_delete=1
)"""
"""Where any three characters of a customer are found (SQLite); it follows ``customer``."""

_MAKE_SEARCH = DDL(CUSTOMER_SEARCH)  # type: ignore[no-untyped-call]
event.listen(customer, "after_create", _MAKE_SEARCH.execute_if(dialect="sqlite"))

customer_code = table(
    "customer_code",
    Column("code", Text, primary_key=True),
    needed("customer_id", Id, to("customer.id")),
    needed("kind", Text),
    Column("retired_at", Whole),
    needed("document_id", Id, to("document.id")),
    partial("ix_customer_code_customer", "customer_id", where="retired_at IS NULL"),
)
"""Every code a scan may bring, the main code too; retired ones still resolve."""

delivery = table(
    "delivery",
    Column("id", Id, primary_key=True),
    needed("source", Text),
    needed("number", Text),
    needed("revision", Whole),
    needed("customer_id", Id, to("customer.id")),
    needed("day", Day),
    needed("currency", Text, to("currency.code")),
    needed("amount_minor", Whole),
    needed("tax_included", Flag),
    needed("body", Text),
    needed("document_id", Id, to("document.id")),
    UniqueConstraint("source", "number", "revision"),
    money_range("amount_minor"),
    CheckConstraint("revision > 0", name="revision"),
    partial("ix_delivery_customer", "customer_id", "day", where="revision > 0"),
)

delivery_use = table(
    "delivery_use",
    needed("step_id", Id, to("step.id")),
    needed("delivery_id", Id, to("delivery.id")),
    needed("document_id", Id, to("document.id")),
    needed("amount_minor", Whole),
    PrimaryKeyConstraint("step_id", "delivery_id"),
    money_range("amount_minor"),
    partial("ix_delivery_use_delivery", "delivery_id", "amount_minor", where="amount_minor <> 0"),
    partial("ix_delivery_use_document", "document_id", where="amount_minor <> 0"),
)

list_customer = table(
    "list_customer",
    needed("list_id", Id),
    needed("n", Whole),
    needed("id", Id),
    needed("record", Text),
    needed("contact", Text),
    PrimaryKeyConstraint("list_id", "n"),
    Index(None, "list_id", "id"),
)
"""Customers as they were imported; code, name, all that is searched and codes are in the record."""

list_delivery = table(
    "list_delivery",
    needed("list_id", Id),
    needed("n", Whole),
    needed("id", Id),
    needed("source", Text),
    needed("number", Text),
    needed("revision", Whole),
    needed("customer_id", Id),
    needed("day", Day),
    needed("currency", Text),
    needed("amount_minor", Whole),
    needed("tax_included", Flag),
    needed("body", Text),
    PrimaryKeyConstraint("list_id", "n"),
    Index(None, "list_id", "id"),
)

list_line = table(
    "list_line",
    needed("list_id", Id),
    needed("n", Whole),
    needed("account", Text),
    needed("side", Flag),
    needed("amount_minor", Whole),
    needed("currency", Text),
    needed("base_minor", Whole),
    Column("customer_id", Id),
    Column("item_id", Id),
    Column("text", Text),
    PrimaryKeyConstraint("list_id", "n"),
)

list_item = table(
    "list_item",
    needed("list_id", Id),
    needed("n", Whole),
    needed("id", Id),
    needed("customer_id", Id),
    needed("account", Text),
    needed("currency", Text),
    needed("amount_minor", Whole),
    needed("due_date", Day),
    Column("label", Text),
    PrimaryKeyConstraint("list_id", "n"),
    Index(None, "list_id", "id"),
)

list_scope = table(
    "list_scope",
    needed("list_id", Id),
    needed("n", Whole),
    needed("customer_id", Id),
    needed("currency", Text),
    Column("counter", Text),
    PrimaryKeyConstraint("list_id", "n"),
)

LIST_TABLES = {
    "customers": (list_customer,),
    "deliveries": (list_delivery,),
    "items": (list_line, list_item),
    "scope": (list_scope,),
}
"""Which tables a long list of each sort lies in, in the order in which they are hashed."""
