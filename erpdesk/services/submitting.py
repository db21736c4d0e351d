"""Handing a document on: everything that has to hold before somebody else is asked to decide."""

from datetime import date
from typing import Any

from erpdesk.domain.approval import ApprovalFacts, SelfReview, why_not_ask
from erpdesk.domain.claim import broken_claim, claimed_entry
from erpdesk.domain.entry_rules import risk_minor
from erpdesk.domain.ids import PersonName
from erpdesk.domain.kept_voucher import voucher_from
from erpdesk.domain.kinds import Transition, kind_of
from erpdesk.domain.people import Role
from erpdesk.errors import StaleError, UserError
from erpdesk.services.bundles import must_be_sound_in_order, parts_of
from erpdesk.services.voucher_lacks import VoucherIncompleteError, lacks_of
from erpdesk.storage import (
    bank_lines,
    customer_history,
    documents,
    inbox,
    long_lists,
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


def must_be_asked(unit: Unit, document: Document) -> None:
    """Go on only when somebody is here who may decide on a document.

    Raises:
        UserError: what :func:`why_not_ask` names.
    """
    facts = asked(unit.connection, document, unit.person, at=unit.clock.now_us())
    refusal = why_not_ask(facts, people.everybody(unit.connection))
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


def asked(connection: Connection, document: Document, person: str, *, at: int) -> ApprovalFacts:
    """Return what matters for who may decide on a document, whoever that will be."""
    rules = approve_rules(document.kind)
    return ApprovalFacts(
        state=document.state,
        made_by=frozenset(map(PersonName, inbox.makers(connection, document.id))),
        risk_minor=whole_risk_of(connection, document),
        at=at,
        two_person_minor=people.policy(connection, "two_person_minor"),
        roles=frozenset(Role(rule.role) for rule in rules),
        limited=any(rule.limited for rule in rules),
        self_review=_self_review(connection, person, at=at),
    )


def risk_of(connection: Connection, content: dict[str, Any]) -> int:
    """Return the amount at risk of a text with its long list, in base minor units."""
    return risk_minor(content, list_base_minor=long_lists.base_minor(connection, content))


def whole_risk_of(connection: Connection, document: Document) -> int:
    """Return the amount at risk of a document with all that is decided with it."""
    every = (document, *parts_of(connection, document))
    return sum(risk_of(connection, one.content) for one in every)


def approve_rules(kind: str) -> tuple[Transition, ...]:
    """Return the rules by which a kind of document is approved."""
    return tuple(rule for rule in kind_of(kind).transitions if rule.verb == "approve")


def _self_review(connection: Connection, person: str, *, at: int) -> SelfReview | None:
    if not people.owner_mode(connection, person, at_us=at):
        return None
    return SelfReview(0, people.policy(connection, "owner_delay_us"))
