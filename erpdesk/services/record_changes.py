"""What a document changes of a customer's record: each field with before and after."""

from typing import Any, TypeAlias

from erpdesk.domain.customers.customer import contact_from, record_from
from erpdesk.domain.importing.customer_typed import said_of
from erpdesk.standards.numbers import tax_id_problem
from erpdesk.storage import customers
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document

Differing: TypeAlias = tuple[tuple[str, str, str], ...]
"""Fields with what stood there and what will; what is unknown is empty."""


def said(record: dict[str, Any], contact: dict[str, Any]) -> dict[str, str]:
    """Return every field of a customer as it would be typed."""
    read = record_from(record)
    codes = " ".join(sorted(one.code for one in read.codes))
    return said_of(read, contact_from(contact)) | {"codes": codes}


def differing(before: dict[str, str], after: dict[str, str]) -> Differing:
    """Return the fields that are not the same."""
    pairs = ((name, before.get(name, ""), value) for name, value in after.items())
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def changed_by(connection: Connection, document: Document) -> Differing:
    """Return what a document would change of the record in force; nothing for any other kind."""
    if document.kind != "customer" or document.state == "posted":
        return ()
    known = customers.by_ids(connection, filter(None, [document.customer_id]))
    before = {one.id: said(one.record, one.contact) for one in known.values()}
    after = said(document.content["record"], document.content.get("contact", {}))
    return differing(before.get(document.customer_id or "", {}), after)


def tax_problem_of(changes: Differing) -> str | None:
    """Return what is wrong with a tax number that would be another one; None where nothing is."""
    number = next((after for name, _, after in changes if name == "tax_id"), "")
    return tax_id_problem(number) if number else None
