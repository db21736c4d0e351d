"""``deliveries`` lists what is not invoiced; ``voucher`` writes a temporary voucher from it."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from erpdesk.commands.document_view import print_text, seen_text
from erpdesk.commands.frame import Session, verb
from erpdesk.domain.evidence import KIND_OF, Evidence
from erpdesk.domain.money import Money, parse_amount
from erpdesk.domain.voucher import Answers, Missing
from erpdesk.services.vouchers import Draft, Entered, Preview
from erpdesk.words import STATES, Sentence
from erpdesk.words.lacks import LACKS

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
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


@click.command()
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
    "--evidence", "files", multiple=True, metavar="KIND=FILE", help="证据文件 / evidence file"
)
@click.option("--memo", help="摘要 / memo")
@click.option("--contract", help="合同号 / contract")
@click.option("--submit", "at_once", is_flag=True, help="齐了就提交审批 / submit at once")
@click.option("--dry-run", "dry", is_flag=True, help="只看分录和缺什么 / show only")
@verb
def voucher(session: Session, *, customer: str, dry: bool, at_once: bool, **given: Any) -> None:
    """临时凭证：出库单或金额、三个问题、到期日、证据。 A temporary voucher."""
    draft = _draft(session, customer, given)
    preview = session.desk.vouchers.preview(draft)
    if not dry:
        document = session.desk.vouchers.write(draft, submit=at_once).value
        _answer(session, preview, document)
        return
    _answer(session, preview, None)


def _draft(session: Session, customer: str, given: dict[str, Any]) -> Draft:
    owner, service = session.desk.customer(customer), session.desk.vouchers
    chosen = [service.delivery(number).id for number in given["numbers"]]
    if given["every"]:
        chosen = [row.id for row in service.free_deliveries(owner)]
    return Draft(
        owner,
        _answers(given),
        tuple(chosen),
        tuple(_entered(text, given["currency"]) for text in given["amounts"]),
        tuple(_evidence(session, text) for text in given["files"]),
        _day(given["due"]),
        _day(given["posting"]),
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


def _evidence(session: Session, text: str) -> Evidence:
    kind, mark, name = text.partition("=")
    path = Path(name)
    if not mark or kind not in KIND_OF or not path.is_file():
        raise click.BadParameter(f"{text} ({', '.join(KIND_OF)})", param_hint="--evidence")
    return Evidence(session.desk.evidence.keep_file(path).hex(), kind)


def _rate(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        raise click.BadParameter(text or "", param_hint="--rate") from None


def _day(moment: Any) -> date | None:
    return moment.date() if moment else None


def plain_lack(session: Session, lack: Missing) -> dict[str, Any]:
    """Return one thing that lacks, with its sentence."""
    about = "、".join(lack.about)
    return {
        "what": lack.what.value,
        "about": list(lack.about),
        "sentence": session.say(LACKS[lack.what.value], about=about),
    }


def _answer(session: Session, preview: Preview, document: Any) -> None:
    lacks = [plain_lack(session, lack) for lack in preview.lacks]
    value: dict[str, Any] = {"lacks": lacks, "content": preview.text}
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
    print_text(value["content"], session)
    for lack in lacks:
        session.line("  · " + lack["sentence"])
