"""``receipt``, ``allocate``, ``unallocate``, ``items`` and ``reverse``: money in and back again."""

from typing import Any

import click

from erpdesk.commands.arguments import DAY, kept_file, named_evidence
from erpdesk.commands.document_view import print_text, seen_text
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.allocation import Treatment
from erpdesk.domain.effects import Effect, What
from erpdesk.domain.money import Money, parse_amount
from erpdesk.services.receipts import GivenUp, MoneyIn, Use, Wanted
from erpdesk.storage.deliveries import by_ids
from erpdesk.storage.documents import Document
from erpdesk.words import STATES, Sentence, explain
from erpdesk.words.effects import EFFECTS
from erpdesk.words.matching import TREATMENTS

PARTS = {
    "billed": Sentence("已开票应收", "billed"),
    "unbilled": Sentence("暂估应收", "unbilled"),
    "unapplied": Sentence("未核销收款", "unapplied cash"),
}

pays_option = click.option(
    "--item",
    "pays",
    multiple=True,
    metavar="NUMBER[=AMOUNT]",
    help="核销哪一笔 / which item it pays",
)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 沈佳 receipt 5000.00 --customer C0001 --oldest-first --submit",
        "--company 我的.erpdesk --as 沈佳 receipt 800.00 --memo 付款人不明",
    ),
)
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
    help="银行回单，或 KIND=FILE / a bank slip, or KIND=FILE",
)
@click.option("--memo", help="摘要 / memo")
@click.option(
    "--anew",
    metavar="NUMBER",
    help="改退回给你的这张，编号不变，再次提交 / write this one that came back anew, and submit",
)
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
    """写收款单：马上核销，或先记着。 A receipt, matched at once or kept for the customer."""
    desk, currency = session.desk, given["currency"]
    named = [named_evidence(text, otherwise="bank_slip") for text in given["files"]]
    for _, path in named:
        kept_file(desk, path)
    money = MoneyIn(
        parse_amount(amount, currency),
        None if customer is None else desk.customer(customer),
        given["day"],
        given["memo"],
        tuple(one for one, _ in named),
    )
    wanted = tuple(wanted_from(text, currency) for text in given["pays"])
    if number := given["anew"]:
        back = desk.rewriting_receipts.returned(number)
        done = desk.rewriting_receipts.rewrite(back, money, Use(wanted, oldest=oldest))
    else:
        done = desk.receipts.record(money, pays=wanted, oldest=oldest, submit=at_once)
    answer(session, done.value)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk allocate C0001 --credit 收-202611-0001 --item 临-202611-0001=500",
    ),
)
@click.argument("customer", metavar="CUSTOMER")
@click.option("--credit", required=True, metavar="NUMBER", help="用哪笔未核销收款 / which credit")
@pays_option
@click.option(
    "--give-up",
    "rests",
    multiple=True,
    metavar="NUMBER=AMOUNT",
    help="哪一笔少收多少，不再收 / a small rest that is given up",
)
@click.option(
    "--treat",
    "treatment",
    type=click.Choice([one.value for one in Treatment]),
    default=Treatment.ROUNDING.value,
    show_default=True,
    help="尾差，或银行手续费 / what the rest is",
)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--submit", "asks", is_flag=True, help="交别人审批 / somebody else decides")
@verb
def allocate(
    session: Session, *, customer: str, credit: str, pays: tuple[str, ...], **given: Any
) -> None:
    """核销：用未核销收款冲应收。 Match unapplied cash with charges."""
    currency, treatment = given["currency"], Treatment(given["treatment"])
    wanted = tuple(wanted_from(text, currency) for text in pays)
    reason = session.say(TREATMENTS[treatment])
    rests = tuple(_rest(text, currency, treatment, reason) for text in given["rests"])
    owner, service = session.desk.customer(customer), session.desk.receipts
    done = service.allocate(owner, credit=credit, pays=wanted, gives_up=rests, submit=given["asks"])
    answer(session, done.value)


@click.command(
    cls=Verb, examples=("--company 我的.erpdesk unallocate 019ab3… --reason 核销错了客户",)
)
@click.argument("allocation", metavar="ALLOCATION-ID")
@click.option("--reason", required=True, help="原因（至少五个字） / at least five characters")
@verb
def unallocate(session: Session, *, allocation: str, reason: str) -> None:
    """反核销一笔，等第二个人审核。 Take exactly one allocation back."""
    answer(session, session.desk.receipts.undo(allocation, reason).value)


@click.command(cls=Verb, examples=("--company 我的.erpdesk items C0001",))
@click.argument("customer", metavar="CUSTOMER")
@verb
def items(session: Session, *, customer: str) -> None:
    """客户的未清项和核销。 Open items of a customer."""
    service = session.desk.receipts
    opened = service.open_items(session.desk.customer(customer))
    links = service.links_on(opened) if session.json else {}
    rows = [
        {
            "number": row.label,
            "part": row.part,
            "part_word": session.say(PARTS[row.part]) if row.part in PARTS else row.part,
            "due": row.due_date.isoformat(),
            "original": Money(row.original_minor, row.currency).grouped(),
            "open": Money(row.open_minor, row.currency).grouped(),
            "currency": row.currency,
            "original_minor": row.original_minor,
            "open_minor": row.open_minor,
            "id": row.id,
            "allocations": [
                {"id": x.id, "amount_minor": x.amount.minor} for x in links.get(row.id, ())
            ],
        }
        for row in opened
    ]
    columns = {
        "number": Sentence("单据", "Item"),
        "part_word": Sentence("类别", "Part"),
        "due": Sentence("到期日", "Due"),
        "original": Sentence("原金额", "Original"),
        "open": Sentence("未清金额", "Open"),
        "currency": Sentence("币种", "Currency"),
    }
    session.table(rows, columns)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk reverse 临-202611-0001 --dry-run",
        "--company 我的.erpdesk reverse 临-202611-0001 --reason 金额写错了 --corrected-copy",
    ),
)
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
        raise click.MissingParameter(param_hint="--reason", param_type="option")
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
    about = _delivery_number(session, effect.about) if effect.what is What.DELIVERY_FREE else None
    shown = about or effect.about
    sentence = session.say(EFFECTS[effect.what.value], about=shown, money=money)
    value = {"what": effect.what.value, "about": shown, "sentence": sentence.strip()}
    if effect.money is None:
        return value
    return value | {"amount_minor": effect.money.minor, "currency": effect.money.currency}


def _delivery_number(session: Session, delivery_id: str) -> str | None:
    with session.desk.company.database.reading() as connection:
        return next((row.number for row in by_ids(connection, [delivery_id])), None)


def wanted_from(text: str, currency: str) -> Wanted:
    """Return what ``NUMBER`` or ``NUMBER=AMOUNT`` asks to be paid."""
    label, mark, amount = text.partition("=")
    return Wanted(label, parse_amount(amount, currency) if mark else None)


def _rest(text: str, currency: str, treatment: Treatment, reason: str) -> GivenUp:
    label, mark, amount = text.rpartition("=")
    if not mark:
        raise click.BadParameter(text, param_hint="--give-up")
    return GivenUp(label, parse_amount(amount, currency), treatment, reason)


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
