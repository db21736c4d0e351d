"""``receipt``, ``allocate``, ``unallocate``, ``items`` and ``reverse``: money in and back again."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from erpdesk.commands.document_view import print_text, seen_text
from erpdesk.commands.frame import Session, verb
from erpdesk.domain.effects import Effect
from erpdesk.domain.evidence import Evidence
from erpdesk.domain.money import Money, parse_amount
from erpdesk.services.receipts import MoneyIn, Wanted
from erpdesk.storage.documents import Document
from erpdesk.words import STATES, Sentence, explain
from erpdesk.words.effects import EFFECTS

DAY = click.DateTime(["%Y-%m-%d"])
pays_option = click.option(
    "--item",
    "pays",
    multiple=True,
    metavar="NUMBER[=AMOUNT]",
    help="核销哪一笔 / which item it pays",
)


@click.command()
@click.argument("amount", metavar="AMOUNT")
@click.option(
    "--customer", metavar="CUSTOMER", help="付款客户（不写 = 待查款项） / unknown without"
)
@pays_option
@click.option("--oldest-first", "oldest", is_flag=True, help="先核销到期早的 / earliest due first")
@click.option("--currency", default="CNY", show_default=True)
@click.option("--day", type=DAY, help="到账日 / day of the money")
@click.option(
    "--evidence",
    "files",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
)
@click.option("--memo", help="摘要 / memo")
@click.option("--submit", "at_once", is_flag=True, help="马上提交审批 / submit at once")
@verb
def receipt(
    session: Session,
    *,
    amount: str,
    customer: str | None,
    oldest: bool,
    at_once: bool,
    **given: Any,
) -> None:
    """收款单。 A receipt, matched at once or kept for the customer."""
    desk, currency = session.desk, given["currency"]
    kept = tuple(
        Evidence(desk.evidence.keep_file(Path(f)).hex(), "bank_slip") for f in given["files"]
    )
    money = MoneyIn(
        parse_amount(amount, currency),
        desk.customer(customer) if customer else None,
        _day(given["day"]),
        given["memo"],
        kept,
    )
    wanted = tuple(_wanted(text, currency) for text in given["pays"])
    done = desk.receipts.record(money, pays=wanted, oldest=oldest, submit=at_once)
    answer(session, done.value)


@click.command()
@click.argument("customer", metavar="CUSTOMER")
@click.option("--credit", required=True, metavar="NUMBER", help="用哪笔未核销收款 / which credit")
@pays_option
@click.option("--currency", default="CNY", show_default=True)
@verb
def allocate(
    session: Session, *, customer: str, credit: str, pays: tuple[str, ...], currency: str
) -> None:
    """核销：用未核销收款冲应收。 Match unapplied cash with charges."""
    wanted = tuple(_wanted(text, currency) for text in pays)
    owner = session.desk.customer(customer)
    answer(session, session.desk.receipts.allocate(owner, credit=credit, pays=wanted).value)


@click.command()
@click.argument("allocation", metavar="ALLOCATION-ID")
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def unallocate(session: Session, *, allocation: str, reason: str) -> None:
    """反核销一笔，等第二个人审核。 Take exactly one allocation back."""
    answer(session, session.desk.receipts.undo(allocation, reason).value)


@click.command()
@click.argument("customer", metavar="CUSTOMER")
@verb
def items(session: Session, *, customer: str) -> None:
    """客户的未清项和核销。 Open items of a customer."""
    service = session.desk.receipts
    rows = [
        {
            "number": row.label,
            "part": row.part,
            "due": row.due_date.isoformat(),
            "original": Money(row.original_minor, row.currency).grouped(),
            "open": Money(row.open_minor, row.currency).grouped(),
            "currency": row.currency,
            "original_minor": row.original_minor,
            "open_minor": row.open_minor,
            "id": row.id,
            "allocations": [
                {"id": x.id, "amount_minor": x.amount.minor} for x in service.links(row)
            ],
        }
        for row in service.open_items(session.desk.customer(customer))
    ]
    columns = {
        "number": Sentence("单据", "Item"),
        "due": Sentence("到期日", "Due"),
        "original": Sentence("原金额", "Original"),
        "open": Sentence("未清金额", "Open"),
        "currency": Sentence("币种", "Currency"),
    }
    session.table(rows, columns)


@click.command()
@click.argument("document", metavar="DOCUMENT")
@click.option("--reason", help="原因（至少五个字） / at least five characters")
@click.option("--dry-run", "dry", is_flag=True, help="只看影响 / show the effects only")
@click.option(
    "--corrected-copy", "copy", is_flag=True, help="同时按原单填好改正稿 / draft a corrected copy"
)
@verb
def reverse(session: Session, *, document: str, reason: str | None, dry: bool, copy: bool) -> None:
    """冲销已过账的单据；先列出全部影响。 Reverse a posted document."""
    origin, service = session.desk.document(document), session.desk.reversing
    found, against = service.effects(origin)
    parts = {"made": found.made, "follows": found.follows, "stays": found.stays}
    value: dict[str, Any] = {
        name: [_effect(session, e) for e in part] for name, part in parts.items()
    }
    value["why_not"] = explain(against, session.language) if against else None
    if dry:
        _show_effects(session, value)
        return
    if reason is None:
        raise click.UsageError("--reason")
    done = service.reverse(origin, reason).value
    copied = service.corrected_copy(origin).value if copy else None
    if not session.json:
        _show_effects(session, value)
    answer(session, done, {"effects": value, "corrected_copy": copied.id if copied else None})


def _show_effects(session: Session, value: dict[str, Any]) -> None:
    if session.json:
        session.answer(value)
        return
    heads = {
        "made": Sentence("会生成", "Will be made"),
        "follows": Sentence("会跟着变", "Will follow"),
        "stays": Sentence("不会动", "Will stay"),
    }
    for name, head in heads.items():
        session.line(session.say(head))
        for effect in value[name]:
            session.line("  " + effect["sentence"])
    if value["why_not"]:
        session.line(value["why_not"])


def _effect(session: Session, effect: Effect) -> dict[str, Any]:
    money = f"{effect.money.grouped()} {effect.money.currency}" if effect.money else ""
    sentence = session.say(EFFECTS[effect.what.value], about=effect.about, money=money)
    return {"what": effect.what.value, "about": effect.about, "sentence": sentence.strip()}


def _wanted(text: str, currency: str) -> Wanted:
    label, mark, amount = text.partition("=")
    return Wanted(label, parse_amount(amount, currency) if mark else None)


def _day(moment: Any) -> date | None:
    return moment.date() if moment else None


def answer(session: Session, document: Document, more: dict[str, Any] | None = None) -> None:
    """Print a document that was just written."""
    if session.json:
        value = {
            "id": document.id,
            "number": document.number,
            "state": document.state,
            "seen": seen_text(document.seq, document.content_hash),
            "content": document.content,
        }
        session.answer(value | (more or {}))
        return
    session.line(f"{document.number or document.id}  {session.say(STATES[document.state])}")
    print_text(document.content, session)
