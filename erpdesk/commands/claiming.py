"""``unidentified`` and ``claim``: receipts from nobody known, and whose they are after all."""

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.commands.receipts import answer, pays_option, wanted_from
from erpdesk.domain.accounts import BASE_CURRENCY
from erpdesk.domain.claim import Unidentified
from erpdesk.words import Sentence

COLUMNS = {
    "number": Sentence("单据", "Receipt"),
    "day": Sentence("到账日", "Day"),
    "amount": Sentence("金额", "Amount"),
    "currency": Sentence("币种", "Currency"),
    "payer": Sentence("付款人", "Payer"),
    "memo": Sentence("摘要", "Memo"),
    "waiting": Sentence("等审批的认领", "Claim that waits"),
}


@click.command(cls=Verb, examples=("--company 我的.erpdesk unidentified",))
@verb
def unidentified(session: Session) -> None:
    """待查款项：付款人还不明的收款。 Receipts whose payer is still unknown."""
    session.table([_row(one) for one in session.desk.receipts.unidentified()], COLUMNS)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 沈佳 claim 收-202611-0003 --customer C0001 --submit",
        "--company 我的.erpdesk --as 沈佳 claim 收-202611-0003 --customer C0001 --oldest-first",
    ),
)
@click.argument("receipt", metavar="RECEIPT")
@click.option("--customer", required=True, metavar="CUSTOMER", help="付款客户 / who paid it")
@pays_option
@click.option("--oldest-first", "oldest", is_flag=True, help="先核销到期早的 / earliest due first")
@click.option("--submit", "at_once", is_flag=True, help="马上提交审批 / submit at once")
@verb
def claim(
    session: Session,
    *,
    receipt: str,
    customer: str,
    pays: tuple[str, ...],
    oldest: bool,
    at_once: bool,
) -> None:
    """认领：查明付款人，整笔记到客户名下。 Say who paid a receipt from nobody known."""
    desk = session.desk
    origin, owner = desk.document(receipt), desk.customer(customer)
    lines = origin.content.get("lines", ())
    currency = lines[0]["currency"] if lines else BASE_CURRENCY
    wanted = tuple(wanted_from(text, currency) for text in pays)
    done = desk.receipts.claim(origin.id, owner, pays=wanted, oldest=oldest, submit=at_once)
    answer(session, done.value, {"claims": origin.number})


def _row(one: Unidentified) -> dict[str, object]:
    return {
        "number": one.number,
        "day": one.day.isoformat(),
        "amount": one.amount.grouped(),
        "currency": one.amount.currency,
        "payer": (one.bank or {}).get("payer", ""),
        "memo": one.memo,
        "waiting": one.waiting or "",
        "amount_minor": one.amount.minor,
        "id": one.document,
        "bank": dict(one.bank or {}),
    }
