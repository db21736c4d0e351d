"""``totals``: the trial balance, what was booked on each account, currency by currency."""

from typing import Any

import click

from erpdesk.commands.arguments import MONTH
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.accounts import BASE_CURRENCY, CHART
from erpdesk.domain.money import Money
from erpdesk.storage.ledger import TotalRow
from erpdesk.words import Sentence

COLUMNS = {
    "account": Sentence("科目", "Account"),
    "name": Sentence("名称", "Name"),
    "debit": Sentence("借方", "Debit"),
    "credit": Sentence("贷方", "Credit"),
    "balance": Sentence("借方减贷方", "Debit less credit"),
    "currency": Sentence("币种", "Currency"),
    "base": Sentence("折本位币", "In the books' currency"),
}

TOTAL = Sentence("合计", "Total")


@click.command(
    cls=Verb,
    examples=("--company 我的.erpdesk totals", "--company 我的.erpdesk totals 2026-11 --json"),
)
@click.argument("month", type=MONTH, required=False)
@verb
def totals(session: Session, *, month: str | None) -> None:
    """科目汇总（试算平衡）。 The trial balance of one month or of all."""
    found = session.desk.looking.totals(month)
    rows = [_row(session, row) for row in found]
    session.table(rows if session.json else [*rows, *_sums(session, found)], COLUMNS)


def _row(session: Session, row: TotalRow) -> dict[str, Any]:
    account = CHART.get(row.account)
    name = Sentence(account.name_zh, account.name_en) if account else Sentence("", "")
    return {"account": row.account, "name": session.say(name)} | _figures(row)


def _figures(row: TotalRow) -> dict[str, Any]:
    parts = {
        "debit": row.debit_minor,
        "credit": row.credit_minor,
        "balance": row.debit_minor - row.credit_minor,
    }
    shown = {name: Money(minor, row.currency).grouped() for name, minor in parts.items()}
    return (
        shown
        | {f"{name}_minor": minor for name, minor in parts.items()}
        | {"currency": row.currency}
        | {"base": Money(row.base_minor, BASE_CURRENCY).grouped(), "base_minor": row.base_minor}
    )


def _sums(session: Session, found: tuple[TotalRow, ...]) -> list[dict[str, Any]]:
    """Return debit and credit of all accounts, a row a currency."""
    head = {"account": session.say(TOTAL), "name": ""}
    return [head | _figures(_sum(found, one)) for one in sorted({row.currency for row in found})]


def _sum(found: tuple[TotalRow, ...], currency: str) -> TotalRow:
    mine = [row for row in found if row.currency == currency]
    debit, credit = sum(row.debit_minor for row in mine), sum(row.credit_minor for row in mine)
    return TotalRow("", currency, debit, credit, sum(row.base_minor for row in mine))
