"""``promise``, ``promises``, ``dispute``, ``disputes``: what customers promise and contest."""

from datetime import date
from typing import Any

import click

from erpdesk.commands.arguments import DAY, kept_file, named_evidence
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.dispute import Ground
from erpdesk.domain.money import parse_amount
from erpdesk.words import Sentence
from erpdesk.words.following import GROUNDS, KEPT

PROMISED = Sentence(
    "{number}：{customer} {due} 前付 {amount}", "{number}: {amount} by {due}, {customer}"
)
RAISED = Sentence("{number}：{item} 争议中（{ground}）", "{number}: {item} is disputed ({ground})")


@click.command(
    cls=Verb,
    examples=("--company 我的.erpdesk promise C0001 8000 2026-12-05 --by 王敏 --note 月底付",),
)
@click.argument("customer", metavar="CUSTOMER")
@click.argument("amount", metavar="AMOUNT")
@click.argument("due", type=DAY, metavar="DAY")
@click.option("--currency", default="CNY", show_default=True)
@click.option("--by", default="", metavar="NAME", help="谁答应的 / who promised")
@click.option("--note", default="", metavar="TEXT", help="说明 / what else was said")
@verb
def promise(session: Session, *, customer: str, amount: str, due: date, **given: Any) -> None:
    """记付款承诺：谁、多少、哪天前。 Write down a promise to pay."""
    owner, money = session.desk.customer(customer), parse_amount(amount, given["currency"])
    service = session.desk.follow_up
    done = service.promise(owner, money, due, by=given["by"], note=given["note"]).value
    value = {"number": done.number, "id": done.id, "due": due.isoformat(), "amount": money.plain()}
    facts = {"due": due, "customer": owner.name, "amount": money.grouped()}
    session.answer(value, PROMISED, number=done.number, **facts)


@click.command(cls=Verb, examples=("--company 我的.erpdesk promises --open",))
@click.argument("customer", required=False, metavar="CUSTOMER")
@click.option("--open", "open_only", is_flag=True, help="只看到期没付的 / due and not paid")
@verb
def promises(session: Session, *, customer: str | None, open_only: bool) -> None:
    """付款承诺：兑现没有。 Promises to pay, kept or not."""
    whose = session.desk.customer(customer).id if customer else None
    rows = [
        {
            "number": one.number,
            "customer": one.customer_name,
            "due": one.due.isoformat(),
            "amount": one.amount.grouped(),
            "left": one.left.grouped(),
            "currency": one.amount.currency,
            "kept": one.kept.value,
            "kept_word": session.say(KEPT[one.kept]),
            "by": one.by,
            "note": one.note,
            "waits": one.waits,
            "ended": one.ended,
        }
        for one in session.desk.follow_up.promises(whose)
        if one.waits or not open_only
    ]
    columns = {
        "number": Sentence("承诺", "Promise"),
        "customer": Sentence("客户", "Customer"),
        "due": Sentence("哪天前", "By"),
        "amount": Sentence("金额", "Amount"),
        "left": Sentence("没付", "Not paid"),
        "kept_word": Sentence("兑现", "Kept"),
        "ended": Sentence("了结", "Ended"),
    }
    session.table(rows, columns)


@click.command(
    cls=Verb,
    examples=("--company 我的.erpdesk dispute C0001 应-202611-0007 quality --note 有两箱破损",),
)
@click.argument("customer", metavar="CUSTOMER")
@click.argument("item", metavar="ITEM")
@click.argument("ground", type=click.Choice([one.value for one in Ground]))
@click.option(
    "--note", required=True, metavar="TEXT", help="争议什么（至少五个字） / what is contested"
)
@click.option("--evidence", "files", multiple=True, metavar="FILE", help="证据 / evidence")
@verb
def dispute(
    session: Session, *, customer: str, item: str, ground: str, note: str, files: tuple[str, ...]
) -> None:
    """立争议：只对这一笔，其余照常。 Write down that an item is contested."""
    named = [named_evidence(text, otherwise="other") for text in files]
    for _, path in named:
        kept_file(session.desk, path)
    service, why = session.desk.follow_up, Ground(ground)
    proof = tuple(one for one, _ in named)
    owner = session.desk.customer(customer)
    done = service.dispute(owner, item, why, note, evidence=proof).value
    value = {"number": done.number, "id": done.id, "item": item, "ground": ground}
    word = session.say(GROUNDS[why])
    session.answer(value, RAISED, number=done.number, item=item, ground=word)


@click.command(cls=Verb, examples=("--company 我的.erpdesk disputes --open",))
@click.argument("customer", required=False, metavar="CUSTOMER")
@click.option("--open", "open_only", is_flag=True, help="只看没了结的 / those that stand")
@verb
def disputes(session: Session, *, customer: str | None, open_only: bool) -> None:
    """争议：哪一笔、为什么、怎么了结的。 Disputes, and how they ended."""
    whose = session.desk.customer(customer).id if customer else None
    rows = [
        {
            "number": one.number,
            "customer": one.customer_name,
            "item": one.label,
            "amount": one.amount.grouped(),
            "currency": one.amount.currency,
            "ground": one.ground.value,
            "ground_word": session.say(GROUNDS[one.ground]),
            "note": one.note,
            "ended": one.ended,
        }
        for one in session.desk.follow_up.disputes(whose)
        if not one.ended or not open_only
    ]
    columns = {
        "number": Sentence("争议", "Dispute"),
        "customer": Sentence("客户", "Customer"),
        "item": Sentence("单据", "Item"),
        "amount": Sentence("金额", "Amount"),
        "ground_word": Sentence("原因", "Ground"),
        "note": Sentence("说明", "Note"),
        "ended": Sentence("了结", "Ended"),
    }
    session.table(rows, columns)
