"""Handing a document on: everything that has to hold before somebody else is asked to decide."""

from datetime import date

from erpdesk.domain.approval import why_not_ask
from erpdesk.domain.claim import broken_claim, claimed_entry
from erpdesk.domain.kept_voucher import voucher_from
from erpdesk.errors import StaleError, UserError
from erpdesk.services.asking import asking
from erpdesk.services.bundles import must_be_sound_in_order, parts_of
from erpdesk.services.risks import whole_risks
from erpdesk.services.voucher_lacks import VoucherIncompleteError, lacks_of
from erpdesk.storage import (
    bank_lines,
    customer_history,
    documents,
    inbox,
    people,
    unidentified,
)
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document
from erpdesk.storage.unit_of_work import Unit

ANY_DAY = date(1970, 1, 1)
"""Where a kept text says no day: nothing that it lacks depends on one."""


class LineTakenError(UserError):
    """The line of the bank statement became another receipt meanwhile."""


class OvertakenTextError(StaleError):
    """What the text settles or changes is no longer what it was when the text was written."""


class OvertakenDecisionError(StaleError):
    """What the text settles or changes moved on while it waited: nobody can approve it any more."""


def must_be_ready(unit: Unit, document_id: str) -> None:
    """Go on only when a document may be handed on for a decision.

    Raises:
        VoucherIncompleteError: a voucher lacks something; all of it is listed.
        UserError: its text breaks a rule, or there is nobody who may approve it.
    """
    document = documents.look(unit.connection, document_id)
    if document.kind == "voucher":
        _must_be_complete(unit.connection, document)
    must_be_sound(unit.connection, document)
    must_be_asked(unit, document)


def must_be_ready_again(unit: Unit, document_id: str) -> None:
    """Go on only when a document that may have lain for a while may be handed on.

    While a receipt is rejected, its line of the bank statement may be imported again.

    Raises:
        LineTakenError: it was, and the other receipt stands.
        OvertakenTextError: an item or a record moved on meanwhile; the text stays as it is.
        UserError: what :func:`must_be_ready` finds against it.
    """
    document = documents.look(unit.connection, document_id)
    if key := document.content.get("bank", {}).get("key"):
        number = bank_lines.holder_of(unit.connection, key, but=document_id)
        if number is not None:
            raise LineTakenError(number=number)
    try:
        must_be_ready(unit, document_id)
    except StaleError as error:
        raise OvertakenTextError(number=document.number) from error


def must_still_stand(connection: Connection, document: Document) -> None:
    """Go on only when a text that waited may be agreed to as things stand now.

    Raises:
        OvertakenDecisionError: an item or a record moved on meanwhile; the text stays as it is.
        UserError: any other rule it breaks.
    """
    try:
        must_be_sound(connection, document)
    except StaleError as error:
        raise OvertakenDecisionError(number=document.number) from error


def must_be_asked(unit: Unit, document: Document) -> None:
    """Go on only when somebody is here who may decide on a document.

    Raises:
        UserError: what :func:`why_not_ask` names.
    """
    connection = unit.connection
    facts = asking(connection, unit.person, at=unit.clock.now_us()).about(
        document,
        risk_minor=whole_risks(connection, [document])[document.id],
        made_by=inbox.makers(connection, document.id),
    )
    refusal = why_not_ask(facts, people.everybody(connection))
    if refusal is not None:
        raise refusal


def _must_be_complete(connection: Connection, document: Document) -> None:
    kept = voucher_from(document.content, posting_date=ANY_DAY)
    lacks = lacks_of(connection, kept)
    if lacks:
        raise VoucherIncompleteError(lacks)


def must_be_sound(connection: Connection, document: Document) -> None:
    """Go on only when a text, and all that goes with it, keeps every rule as things stand now.

    Raises:
        StaleError: an item it allocates, or the customer it changes, is no longer what was seen.
        UserError: any other rule it breaks.
    """
    if document.kind == "customer" and customer_history.is_overtaken(connection, document.id):
        raise StaleError(number=document.number)
    _must_claim_what_is_left(connection, document)
    must_be_sound_in_order(connection, (document, *parts_of(connection, document)))


def _must_claim_what_is_left(connection: Connection, document: Document) -> None:
    entry = claimed_entry(document.content)
    if entry is not None:
        one = unidentified.of_entry(connection, entry, but=document.id)
        for error in broken_claim(document.content, one):
            raise error
