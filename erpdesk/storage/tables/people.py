"""Who: people, what they may do, their keys and their chains."""

from sqlalchemy import CheckConstraint, Column, PrimaryKeyConstraint, Text, UniqueConstraint

from erpdesk.storage.tables.base import needed, table, to
from erpdesk.storage.types import Bytes, Id, Whole

ROLES = (
    "counter",
    "accountant",
    "cashier",
    "supervisor",
    "director",
    "collector",
    "auditor",
    "admin",
)

person = table(
    "person",
    Column("name", Text, primary_key=True),
    needed("display", Text),
    Column("login_oid", Whole),
    Column("public_key", Bytes),
    needed("added_at", Whole),
)

authority = table(
    "authority",
    Column("id", Id, primary_key=True),
    needed("person", Text, to("person.name")),
    needed("role", Text),
    needed("limit_minor", Whole, server_default="0"),
    needed("loss_limit_minor", Whole, server_default="0"),
    needed("window_minor", Whole, server_default="0"),
    needed("valid_from", Whole),
    Column("valid_to", Whole),
    Column("document_id", Id),
    CheckConstraint("role IN ('" + "', '".join(ROLES) + "')", name="role"),
    CheckConstraint(
        "limit_minor >= 0 AND window_minor >= 0 AND loss_limit_minor >= 0", name="limits"
    ),
    UniqueConstraint("person", "role", "valid_from"),
)

policy = table("policy", Column("key", Text, primary_key=True), needed("value", Whole))

firm = table("firm", Column("key", Text, primary_key=True), needed("value", Text))
"""Whose company it is: name, address, telephone, tax number, bank account; said in set-up."""

owner_mode = table(
    "owner_mode",
    Column("person", Text, to("person.name"), primary_key=True),
    needed("valid_from", Whole),
    needed("valid_to", Whole),
)

sign_in = table(
    "sign_in",
    Column("seq", Whole, primary_key=True, autoincrement=False),
    needed("person", Text, to("person.name")),
    needed("at", Whole),
    needed("method", Text),
)
"""Who is here (SQLite only): the person of the last row."""

chain_head = table(
    "chain_head",
    Column("actor", Text, to("person.name"), primary_key=True),
    needed("seq", Whole),
    needed("hash", Bytes),
)

person_key = table(
    "person_key",
    needed("person", Text, to("person.name")),
    needed("n", Whole),
    Column("public_key", Bytes),
    Column("wrapped", Bytes),
    Column("salt", Bytes),
    Column("verifier", Text),
    needed("made_at", Whole),
    Column("hash", Bytes),
    PrimaryKeyConstraint("person", "n"),
)
"""Passwords' verifiers (SQLite) and wrapped private keys; the last row of a person counts.

``hash`` is that of the row itself."""
