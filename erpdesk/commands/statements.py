"""``statement CUSTOMER`` issues a statement of account as PDF; the same again is a copy."""

from pathlib import Path
from typing import Any

import click

from erpdesk.commands.arguments import DAY, must_be_writable
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.commands.notices import hand_out
from erpdesk.domain.statement import Sort
from erpdesk.services.stating import StatementAsked
from erpdesk.words import Sentence

DONE = Sentence("对账单 {number}（{which}）：{file}", "Statement {number} ({which}): {file}")
SORTS = {"open": Sort.OPEN_ITEMS, "activity": Sort.ACTIVITY}


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk statement C0001",
        "--company 我的.erpdesk statement C0001 --kind activity --from 2026-11-01 --out 对账单.pdf",
        "--company 我的.erpdesk statement C0001 --sheet 对账单.xlsx",
    ),
)
@click.argument("customer", metavar="CUSTOMER")
@click.option(
    "--kind", "sort", type=click.Choice(list(SORTS)), default="open",
    help="未清项或发生额 / open items, or what moved the balance",
)  # fmt: skip
@click.option(
    "--from", "first", type=DAY, help="发生额从哪天起 / first day of the activity [month's]"
)
@click.option("--as-of", "as_of", type=DAY, help="截止日 / as of")
@click.option("--object-by", "object_by", type=DAY, help="请于此日前提出不符 / object by")
@click.option(
    "--in", "language", type=click.Choice(["zh", "en"]), help="对账单的语言 / of the paper"
)
@click.option(
    "--out", "file", type=click.Path(path_type=Path), metavar="FILE", help="PDF 写到哪里 / where to"
)
@click.option(
    "--sheet", type=click.Path(path_type=Path), metavar="FILE",
    help="明细另存表格（.xlsx .csv） / its lines as a table",
)  # fmt: skip
@click.option(
    "--new", "fresh", is_flag=True, help="内容没变也新出一份 / a new one though nothing changed"
)
@verb
def statement(
    session: Session, *, customer: str, file: Path | None, sheet: Path | None, **given: Any
) -> None:
    """客户对账单（PDF），与总账一致才出；再打就是副本。 A statement of account."""
    must_be_writable(file or Path("statement.pdf"))
    if sheet is not None:
        must_be_writable(sheet, (".xlsx", ".csv"))
    stating, fresh = session.desk.stating, given.pop("fresh")
    asked = StatementAsked(SORTS[given.pop("sort")], **given)
    printed = stating.issue(session.desk.customer(customer), asked, fresh=fresh)
    if sheet is not None:
        stating.sheet(printed.document, sheet)
    hand_out(session, printed, file, DONE)
