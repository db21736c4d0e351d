"""``balance``: what each customer owes, billed, unbilled and unapplied, currency by currency."""

from typing import Any

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.money import Money
from erpdesk.words import Sentence

COLUMNS = {
    "code": Sentence("编码", "Code"),
    "name": Sentence("客户", "Customer"),
    "billed": Sentence("已开票", "Billed"),
    "unbilled": Sentence("暂估", "Unbilled"),
    "unapplied": Sentence("未核销收款", "Unapplied"),
    "balance": Sentence("余额", "Balance"),
    "currency": Sentence("币种", "Currency"),
}

TOTAL = Sentence("合计", "Total")


@click.command(
    cls=Verb,
    examples=("--company 我的.erpdesk balance", "--company 我的.erpdesk balance C0001 --json"),
)
@click.argument("customer", metavar="[CUSTOMER]", required=False)
@verb
def balance(session: Session, *, customer: str | None) -> None:
    """客户余额。 Balances of one customer or of all."""
    rows: list[dict[str, Any]] = []
    for owner, found in session.desk.balances(customer):
        parts = {
            "billed": found.billed_minor,
            "unbilled": found.unbilled_minor,
            "unapplied": found.unapplied_minor,
            "balance": found.book_minor,
        }
        shown = {name: Money(minor, found.currency).grouped() for name, minor in parts.items()}
        exact = {f"{name}_minor": minor for name, minor in parts.items()}
        who = {"code": owner.code, "name": owner.name, "currency": found.currency}
        rows.append(who | shown | exact)
    rows.sort(key=lambda row: (str(row["currency"]), str(row["code"])))
    session.table(rows if session.json else [*rows, *_totals(session, rows)], COLUMNS)


def _totals(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what all owe together, a row a currency; none for a single customer."""
    if len(rows) < 2:
        return []
    made = []
    for currency in sorted({row["currency"] for row in rows}):
        mine = [row for row in rows if row["currency"] == currency]
        sums = {
            name: Money(sum(row[f"{name}_minor"] for row in mine), currency).grouped()
            for name in ("billed", "unbilled", "unapplied", "balance")
        }
        made.append({"code": session.say(TOTAL), "name": "", "currency": currency} | sums)
    return made
