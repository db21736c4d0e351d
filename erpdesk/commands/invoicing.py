"""``invoice`` registers an invoice for temporary vouchers, or lists what can be invoiced."""

from typing import Any

import click

from erpdesk.commands.arguments import DAY, EVIDENCE_KINDS, kept_file, named_evidence
from erpdesk.commands.document_view import print_text, seen_text, why
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.invoice import Invoice
from erpdesk.domain.money import Money, parse_amount
from erpdesk.services.invoicing import Arrived, BillingPreview
from erpdesk.words import STATES, Sentence, explain

S = Sentence
BLUE, RED = S("蓝字（发票）", "Blue (the invoice)"), S("红字、移核销", "Red, and moved payments")
PORTION = S("{number} 开票 {amount}", "{number}: {amount} invoiced")
DIFFERS = S("和暂估差 {amount}", "differs from the estimate by {amount}")
STILL = S("还不能登记：{why}", "It cannot be registered yet: {why}")


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk invoice C0001",
        "--company 我的.erpdesk invoice C0001 26322000010211 --net 1000.00 --tax 130.00 \\\n"
        + " " * 6
        + "--voucher 临-202611-0001 --dry-run",
        "--company 我的.erpdesk invoice C0001 26322000010211 --net 1000 --tax 130 --all-vouchers",
    ),
)
@click.argument("customer", metavar="CUSTOMER")
@click.argument("number", metavar="NUMBER", required=False)
@click.option("--date", "day", type=DAY, help="发票日期（默认今天） / day of the invoice")
@click.option("--net", help="净额 / amount without tax")
@click.option("--tax", help="税额 / tax")
@click.option(
    "--voucher", "named", multiple=True, metavar="NUMBER[=AMOUNT]",
    help="开的是哪张临时凭证，可写含税金额 / a voucher it is for, and how much of it",
)  # fmt: skip
@click.option("--all-vouchers", "every", is_flag=True, help="按日期先后全部 / all, oldest first")
@click.option(
    "--evidence", "files", multiple=True, metavar="KIND=FILE",
    help=f"证据文件，种类：{EVIDENCE_KINDS} / evidence with its kind; may be repeated",
)  # fmt: skip
@click.option("--currency", default=BASE_CURRENCY, show_default=True)
@click.option("--reason", help="和暂估有差额时的原因 / why it differs from the estimate")
@click.option("--posting-date", "posting", type=DAY, help="过账日期（默认今天） / posting date")
@click.option("--dry-run", "dry", is_flag=True, help="只看红字和蓝字 / show only")
@verb
def invoice(
    session: Session, *, customer: str, number: str | None, dry: bool, **given: Any
) -> None:
    """登记到票：红字冲回暂估，蓝字记发票，提交审批。 Register an invoice for vouchers.

    不写发票号，就列出这个客户还能开票的临时凭证。发票和红字是一起审批、一起过账的。

    Without a number, what can be invoiced is listed. The invoice and its red entries are decided
    and posted together.
    """
    if number is None:
        _list(session, customer)
        return
    arrived, files = _arrived(session, customer, number, given)
    preview = session.desk.invoicing.preview(arrived)
    if dry:
        _show(session, preview)
        return
    for name in files:
        kept_file(session.desk, name)
    made = session.desk.invoicing.register(arrived).value
    session.answer(
        {
            "id": made.id, "number": made.number, "state": made.state,
            "seen": seen_text(made.seq, made.content_hash), "content": made.content,
        },
        f"{made.number}  {session.say(STATES[made.state])}",
    )  # fmt: skip


def _list(session: Session, customer: str) -> None:
    rows = [
        {
            "number": one.number,
            "amount": one.item.original.grouped(),
            "left": one.left.grouped(),
            "left_minor": one.left.minor,
            "paid": (one.left - one.item.open).grouped(),
            "currency": one.left.currency,
        }
        for one in session.desk.invoicing.billable(session.desk.customer(customer))
    ]
    columns = {
        "number": S("临时凭证", "Voucher"),
        "amount": S("金额", "Amount"),
        "left": S("还可开票", "To be invoiced"),
        "paid": S("其中已收", "Of it paid"),
        "currency": S("币种", "Currency"),
    }
    session.table(rows, columns)


def _arrived(
    session: Session, customer: str, number: str, given: dict[str, Any]
) -> tuple[Arrived, tuple[Any, ...]]:
    """Return what arrived as it was said, and the files that are to be kept for it."""
    owner = session.desk.customer(customer)
    named = [named_evidence(text) for text in given["files"]]
    day = given["day"] or session.desk.clock.today()
    currency = given["currency"]
    vouchers = [_voucher(session, text, currency) for text in given["named"]]
    if given["every"]:
        known = {name for name, _ in vouchers}
        every = session.desk.invoicing.billable(owner)
        rest = (one for one in every if one.left.currency == currency)
        vouchers += [(one.document, None) for one in rest if one.document not in known]
    net, tax = (_money(given[name], f"--{name}", currency) for name in ("net", "tax"))
    paper = Invoice(number, day, net, tax)
    arrived = Arrived(
        owner, paper, tuple(vouchers), tuple(one for one, _ in named), given["reason"],
        given["posting"],
    )  # fmt: skip
    return arrived, tuple(path for _, path in named)


def _voucher(session: Session, text: str, currency: str) -> tuple[str, Money | None]:
    number, mark, amount = text.partition("=")
    return session.desk.document(number).id, parse_amount(amount, currency) if mark else None


def _money(text: str | None, name: str, currency: str) -> Money:
    if text is None:
        raise click.MissingParameter(param_type="option", param_hint=name)
    return parse_amount(text, currency)


def _show(session: Session, preview: BillingPreview) -> None:
    """Print what would be posted, or as JSON."""
    texts = preview.bundle
    parts = texts.parts if texts else ()
    value = {
        "difference_minor": preview.difference.minor,
        "portions": [
            {"number": one.voucher.number, "amount_minor": one.amount.minor}
            for one in preview.portions
        ],
        "why_not": why(preview.why_not, session),
        "texts": [texts.head, *parts] if texts else [],
    }
    if session.json:
        session.answer(value)
        return
    for one in preview.portions:
        session.line(session.say(PORTION, number=one.voucher.number, amount=one.amount.grouped()))
    if preview.difference.minor:
        session.line(session.say(DIFFERS, amount=preview.difference.grouped()))
    if texts is not None:
        session.line(session.say(BLUE))
        print_text(texts.head, session)
        session.line(session.say(RED))
        for part in parts:
            print_text(part, session)
    if preview.why_not is not None:
        session.line(session.say(STILL, why=explain(preview.why_not, session.language)))
