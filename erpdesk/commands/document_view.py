"""A document as it is put before somebody who decides: entry, uses, evidence, steps, hash."""

from typing import Any

from erpdesk.commands.frame import Session
from erpdesk.domain.money import Money
from erpdesk.services.approving import Shown, Waiting
from erpdesk.words import KINDS, STATES, VERBS, Sentence, explain

SIDES = {1: Sentence("借", "Dr"), -1: Sentence("贷", "Cr")}


def seen_text(seq: int, content_hash: bytes) -> str:
    """Return what ``--seen`` takes: the step number and the hash of the text that was shown."""
    return f"{seq}:{content_hash.hex()[:16]}"


def plain(shown: Shown, session: Session) -> dict[str, Any]:
    """Return a shown document for machines."""
    document = shown.document
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind,
        "state": document.state,
        "seen": seen_text(document.seq, document.content_hash),
        "hash": document.content_hash.hex(),
        "made_by": document.made_by,
        "risk_minor": shown.risk_minor,
        "why_not": why(shown.why_not_approve, session),
        "content": document.content,
        "steps": [
            {"seq": s.seq, "verb": s.verb, "by": s.made_by, "at_us": s.made_at, "reason": s.reason}
            for s in shown.steps
        ],
    }


def why(error: Any, session: Session) -> str | None:
    """Return the sentence that stands against a decision, or None."""
    return None if error is None else explain(error, session.language)


def print_document(shown: Shown, session: Session) -> None:
    """Print a document for people: what it is, what will be posted, on what it rests."""
    say, document = session.say, shown.document
    session.line(
        f"{say(KINDS[document.kind])} {document.number or '—'}  {say(STATES[document.state])}  "
        f"{seen_text(document.seq, document.content_hash)}"
    )
    print_text(document.content, session)
    for step in shown.steps:
        reason = f"  {step.reason}" if step.reason else ""
        session.line(f"  {step.seq}. {say(VERBS[step.verb])}  {step.made_by}{reason}")
    if shown.why_not_approve is not None and document.state in {"submitted", "in_review"}:
        session.line(explain(shown.why_not_approve, session.language))


def print_text(content: dict[str, Any], session: Session) -> None:
    """Print what a text will post and on what it rests."""
    for line in content.get("lines", ()):
        session.line(_line(line, session))
    for name in ("items", "allocations", "deliveries", "evidence"):
        for part in content.get(name, ()):
            session.line(f"  {name}: " + "  ".join(f"{k}={v}" for k, v in part.items()))


def _line(line: dict[str, Any], session: Session) -> str:
    amount = Money(line["amount"], line["currency"]).grouped()
    text = f"  {line['text']}" if "text" in line else ""
    side = session.say(SIDES[line["side"]])
    return f"  {side} {line['account']:<8} {amount:>18} {line['currency']}{text}"


def inbox_row(waiting: Waiting, session: Session) -> dict[str, Any]:
    """Return a row of the inbox."""
    head = waiting.head
    against = waiting.why_not_approve
    return {
        "id": head.id,
        "number": head.number,
        "kind": head.kind,
        "word": session.say(KINDS[head.kind]),
        "state": head.state,
        "customer": head.customer_name,
        "made_by": head.made_by,
        "risk_minor": waiting.risk_minor,
        "risk": Money(waiting.risk_minor, "CNY").grouped(),
        "seen": seen_text(head.seq, head.content_hash),
        "may": "endorse"
        if against and waiting.why_not_endorse is None
        else ""
        if against
        else "approve",
        "why_not": why(against, session),
    }
