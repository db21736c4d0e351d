"""``suggest``: what the unapplied cash of a customer may pay, and why."""

from typing import Any

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.matching import Explanation, Suggestion
from erpdesk.domain.money import Money
from erpdesk.services.looking import Item
from erpdesk.words import Sentence
from erpdesk.words.matching import why_said

SURE, RIVAL = Sentence("唯一建议", "only one"), Sentence("候选", "candidate")


@click.command(cls=Verb, examples=("--company 我的.erpdesk suggest C0001",))
@click.argument("customer", metavar="CUSTOMER")
@verb
def suggest(session: Session, *, customer: str) -> None:
    """未核销收款该核销哪几笔，为什么。 What unapplied cash may pay, and why."""
    owner, service = session.desk.customer(customer), session.desk.receipts
    items = {item.id: item for item in service.open_items(owner)}
    found = service.suggestions([owner.id])
    rows = [
        _row(session, items, suggestion, one)
        for suggestion in found.values()
        for one in suggestion.explanations
    ]
    columns = {
        "receipt": Sentence("收款", "Receipt"),
        "sure_word": Sentence("建议", "Suggestion"),
        "items_word": Sentence("单据", "Items"),
        "why_word": Sentence("理由", "Reason"),
    }
    session.table(rows, columns)


def _row(
    session: Session, items: dict[str, Item], suggestion: Suggestion, one: Explanation
) -> dict[str, Any]:
    receipt = items[suggestion.payment]
    labels = [items[claim].label for claim in one.claims]
    short = Money(abs(one.short_minor), receipt.currency).grouped()
    return {
        "receipt": receipt.label,
        "sure": suggestion.is_sure,
        "sure_word": session.say(SURE if suggestion.is_sure else RIVAL),
        "items": labels,
        "items_word": " ".join(labels),
        "why": one.why.value,
        "why_word": session.say(why_said(one), short=short, over=short),
        "short_minor": one.short_minor,
        "currency": receipt.currency,
    }
