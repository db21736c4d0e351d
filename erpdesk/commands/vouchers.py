"""``deliveries`` lists what is not invoiced; ``voucher`` writes a temporary voucher from it."""

from decimal import Decimal, InvalidOperation
from typing import Any

import click

from erpdesk.commands.arguments import DAY, EVIDENCE_KINDS, kept_file, named_evidence
from erpdesk.commands.document_view import print_text, seen_text
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.evidence import Evidence, evidence_of
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.voucher import Answers, Lack, Missing
from erpdesk.services.voucher_lacks import VoucherIncompleteError
from erpdesk.services.vouchers import Draft, Entered
from erpdesk.storage.documents import Document
from erpdesk.words import STATES, Sentence
from erpdesk.words.lacks import lack_said

STILL = Sentence("还不能提交：", "It cannot be submitted yet:")


@click.command(cls=Verb, examples=("--company 我的.erpdesk deliveries C0001",))
@click.argument("customer", metavar="CUSTOMER")
@verb
def deliveries(session: Session, *, customer: str) -> None:
    """客户的未开票出库单，还剩多少可用。 Uninvoiced deliveries and what of them is free."""
    rows = [
        {
            "id": row.id,
            "number": row.number,
            "day": row.day.isoformat(),
            "currency": row.currency,
            "amount": Money(row.amount_minor, row.currency).grouped(),
            "amount_minor": row.amount_minor,
            "free": Money(row.free_minor, row.currency).grouped(),
            "free_minor": row.free_minor,
        }
        for row in session.desk.vouchers.free_deliveries(session.desk.customer(customer))
    ]
    columns = {
        "number": Sentence("出库单", "Delivery"),
        "day": Sentence("日期", "Day"),
        "amount": Sentence("金额", "Amount"),
        "free": Sentence("可用", "Free"),
        "currency": Sentence("币种", "Currency"),
    }
    session.table(rows, columns)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk voucher C0001 --all-deliveries --dry-run",
        "--company 我的.erpdesk voucher C0001 --all-deliveries --passed --unconditional \\\n"
        + " " * 6
        + "--no-tax-point --evidence acceptance=签收单.pdf --evidence 订单=订单.pdf --submit",
        "--company 我的.erpdesk voucher C0001 --amount 安装费=1130.00 --due 2026-12-31 --dry-run",
    ),
)
@click.argument("customer", metavar="CUSTOMER")
@click.option("--delivery", "numbers", multiple=True, metavar="NUMBER", help="出库单 / a delivery")
@click.option(
    "--all-deliveries", "every", is_flag=True, help="全部可用的出库单 / all that are free"
)
@click.option(
    "--amount", "amounts", multiple=True, metavar="TEXT=AMOUNT", help="手工金额（含税） / with tax"
)
@click.option("--currency", default="CNY", show_default=True)
@click.option("--rate", help="税率，如 0.13（默认客户的税率） / tax rate")
@click.option("--passed/--not-passed", default=None, help="货物或服务已交付？ / handed over?")
@click.option(
    "--unconditional/--conditional", default=None, help="收款权利无条件？ / unconditional?"
)
@click.option(
    "--tax-point/--no-tax-point", default=None, help="纳税义务已发生？ / tax point reached?"
)
@click.option("--due", type=DAY, help="到期日 / due date")
@click.option("--posting-date", "posting", type=DAY, help="过账日期（默认今天） / posting date")
@click.option(
    "--evidence",
    "files",
    multiple=True,
    metavar="KIND=FILE",
    help=f"证据文件，种类：{EVIDENCE_KINDS} / evidence with its kind; may be repeated",
)
@click.option("--memo", help="摘要 / memo")
@click.option("--contract", help="合同号 / contract")
@click.option(
    "--anew",
    metavar="NUMBER",
    help="改退回的或草稿这张，编号不变；不写 --evidence 就留着原来的"
    " / write this draft or one that came back anew; without --evidence it keeps its own",
)
@click.option("--submit", "at_once", is_flag=True, help="齐了就提交审批 / submit at once")
@click.option("--dry-run", "dry", is_flag=True, help="只看分录和缺什么 / show only")
@verb
def voucher(session: Session, *, customer: str, dry: bool, at_once: bool, **given: Any) -> None:
    """写临时凭证：出库单或金额、三个问题、到期日、证据。 Write a temporary voucher.

    三个问题（P0）：货物或服务交付了吗（--passed）？收款权利无条件吗（--unconditional）？
    纳税义务发生了吗（--tax-point）？不答就只能存草稿。--dry-run 只看将要过账的分录和还缺什么。

    From deliveries or amounts, with the three questions, a due day and evidence. What lacks is
    listed; --dry-run shows the entry as it would be posted.
    """
    named = [named_evidence(text) for text in given["files"]]
    chosen, used = _chosen(session, given["numbers"])
    before = session.desk.document(given["anew"]) if given["anew"] else None
    kept = evidence_of(before.content) if before and not named else ()
    draft = _draft(session, customer, given, chosen, (*kept, *(one for one, _ in named)))
    preview = session.desk.vouchers.preview(draft)
    told = {Lack.EVIDENCE_NOT_STORED, *((Lack.GOODS,) if used else ())}
    found = (one for one in preview.lacks if one.what not in told)
    lacks = (*used, *found)
    if dry:
        _answer(session, preview.text, lacks, None)
        return
    if used or (at_once and lacks):
        raise VoucherIncompleteError(lacks)
    for _, path in named:
        kept_file(session.desk, path)
    _answer(session, preview.text, lacks, _written(session, draft, before, at_once=at_once))


def _written(session: Session, draft: Draft, before: Document | None, *, at_once: bool) -> Document:
    """Write a voucher, or one that is there already anew under its number."""
    desk = session.desk
    if before is None:
        return desk.vouchers.write(draft, submit=at_once).value
    document = desk.vouchers.rewrite(before, draft).value
    return desk.approving.submit(document).value if at_once else document


def _chosen(
    session: Session, numbers: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Missing, ...]]:
    """Return the ids of deliveries of which something is free, and a lack for each of the rest."""
    rows = [session.desk.vouchers.delivery(number) for number in dict.fromkeys(numbers)]
    used = (row for row in rows if not row.free_minor)
    lacks = (
        Missing(Lack.DELIVERY_USED, (row.number, Money(0, row.currency).plain())) for row in used
    )
    return tuple(row.id for row in rows if row.free_minor), tuple(lacks)


def _draft(
    session: Session,
    customer: str,
    given: dict[str, Any],
    chosen: tuple[str, ...],
    evidence: tuple[Evidence, ...],
) -> Draft:
    owner, service = session.desk.customer(customer), session.desk.vouchers
    if given["every"]:
        chosen = tuple(row.id for row in service.free_deliveries(owner))
    return Draft(
        owner,
        _answers(given),
        chosen,
        tuple(_entered(text, given["currency"]) for text in given["amounts"]),
        evidence,
        given["due"],
        given["posting"],
        _rate(given["rate"]),
        given["memo"],
        given["contract"],
    )


def _answers(given: dict[str, Any]) -> Answers | None:
    said = [given[name] for name in ("passed", "unconditional", "tax_point")]
    return None if None in said else Answers(*said)


def _entered(text: str, currency: str) -> Entered:
    words, mark, amount = text.rpartition("=")
    if not mark:
        raise click.BadParameter(text, param_hint="--amount")
    return Entered(words, parse_amount(amount, currency))


def _rate(text: str | None) -> Decimal | None:
    """Read a tax rate: a fraction such as 0.13, or 13%."""
    if text is None:
        return None
    number, percent = text.strip().removesuffix("%"), text.strip().endswith("%")
    try:
        rate = Decimal(number) / (100 if percent else 1)
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite() or not 0 <= rate < 1:
        raise click.BadParameter(f"{text} → 0.13", param_hint="--rate")
    return rate


def plain_lack(session: Session, lack: Missing) -> dict[str, Any]:
    """Return one thing that lacks, with its sentence."""
    return {
        "what": lack.what.value,
        "about": list(lack.about),
        "sentence": lack_said(lack, session.language),
    }


def _answer(
    session: Session, text: Any, missing: tuple[Missing, ...], document: Document | None
) -> None:
    lacks = [plain_lack(session, lack) for lack in missing]
    value: dict[str, Any] = {"lacks": lacks, "content": text}
    if document is not None:
        value |= {
            "id": document.id,
            "number": document.number,
            "state": document.state,
            "seen": seen_text(document.seq, document.content_hash),
            "content": document.content,
        }
    if session.json:
        session.answer(value)
        return
    if document is not None:
        session.line(f"{document.number or document.id}  {session.say(STATES[document.state])}")
    if value["content"]:
        print_text(value["content"], session)
    if lacks:
        session.line(session.say(STILL))
    for lack in lacks:
        session.line("  · " + lack["sentence"])
