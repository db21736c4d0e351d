"""An invoice with what is posted with it: one decision, judged text by text in their order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.entry_bases import booked_by
from erpdesk.domain.entry_moves import SIDES, allocated, rows
from erpdesk.domain.entry_rules import check_content
from erpdesk.domain.ids import CustomerId, ItemId
from erpdesk.domain.invoice import INVOICE, PART
from erpdesk.domain.money import Money
from erpdesk.domain.open_item import OpenItem
from erpdesk.errors import UserError
from erpdesk.storage import documents, ledger
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document, NoSuchDocumentError


class BundleChangedError(UserError):
    """What is posted with this invoice is no longer what its text names."""


class PartOfBundleError(UserError):
    """This is posted with an invoice and is decided with it, never alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an invoice names as posted with it: a document, the hash of its text, its state."""

    document: str
    hash: str
    state: str


def named_parts(document: Document) -> tuple[Part, ...]:
    """Return what a text names as posted with it, in the order of posting; only an invoice does."""
    if document.kind != INVOICE:
        return ()
    named = document.content.get("invoice", {}).get("with", ())
    return tuple(Part(one["document"], one["hash"], document.state) for one in named)


def parts_of(connection: Connection, document: Document) -> tuple[Document, ...]:
    """Return what goes with a document, in the order of posting; nothing but for an invoice.

    Raises:
        BundleChangedError: a part has not the text that the invoice names.
    """
    return parts_of_each(connection, {document.id: named_parts(document)})[document.id]


def parts_of_each(
    connection: Connection, named: Mapping[str, tuple[Part, ...]]
) -> dict[str, tuple[Document, ...]]:
    """Return what goes with each of many documents as it names it; all of it is read at once.

    Raises:
        BundleChangedError: a part has not the text that its invoice names.
    """
    wanted = {part.document for parts in named.values() for part in parts}
    found = {one.id: one for one in documents.looks(connection, wanted)} if wanted else {}
    return {name: tuple(_as_named(part, found) for part in parts) for name, parts in named.items()}


def _as_named(part: Part, found: Mapping[str, Document]) -> Document:
    known = found.get(part.document)
    if known is None:
        raise NoSuchDocumentError(id=part.document)
    if known.content_hash.hex() != part.hash or known.state != part.state:
        raise BundleChangedError(number=known.number)
    return known


def must_stand_alone(document: Document) -> None:
    """Go on only with a document that is decided by itself.

    Raises:
        PartOfBundleError: it goes with an invoice.
    """
    if document.kind == PART:
        raise PartOfBundleError(number=document.number)


def must_be_sound_in_order(connection: Connection, bundle: Sequence[Document]) -> None:
    """Go on only when each text keeps every rule, judged by the items as those before leave them.

    Raises:
        StaleError: an item is no longer what was seen when the texts were made.
        UserError: any other rule that a text breaks.
    """
    names = {name for one in bundle for _, name, _ in allocated(one.content)}
    found = ledger.items_by_id(connection, names) if names else {}
    items = {name: row.item for name, row in found.items()}
    for one in bundle:
        check_content(one.kind, one.content, items)
        items = _after(one.content, items)


def _after(content: dict[str, Any], items: dict[str, OpenItem]) -> dict[str, OpenItem]:
    """Return the items as a posted text leaves them: one version further where it touched them."""
    known = {**items, **{row["id"]: _made(content, row) for row in rows(content, "items")}}
    change = dict.fromkeys((name for _, name, _ in allocated(content)), 0)
    for side, name, row in allocated(content):
        change[name] += SIDES[side] * row["amount"]
    for name, minor in change.items():
        item = known[name]
        left = Money(item.open.minor + minor, item.open.currency)
        booked = item.base + Money(booked_by(content, name, item.account), BASE_CURRENCY)
        known[name] = replace(item, open=left, version=item.version + 1, booked=booked)
    return known


def _made(content: dict[str, Any], row: Any) -> OpenItem:
    amount = Money(row["amount"], row["currency"])
    customer = CustomerId(row["customer"])
    booked = Money(booked_by(content, row["id"], row["account"]), BASE_CURRENCY)
    return OpenItem(
        ItemId(row["id"]), customer, row["account"], amount, amount, row["due"], booked=booked
    )
