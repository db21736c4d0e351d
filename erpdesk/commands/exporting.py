"""``export``: every posted line for a spreadsheet or another program, vouchers to be bound."""

from pathlib import Path

import click

from erpdesk.commands.arguments import must_be_writable
from erpdesk.commands.frame import Session, verb, verbs
from erpdesk.commands.help import VerbGroup
from erpdesk.files.atomic import replacing
from erpdesk.words import Sentence


@click.group(cls=VerbGroup)
@verbs
def export() -> None:
    """导出。 Write files for other programs."""


@export.command(
    examples=(
        "--company 我的.erpdesk export journal 分录.xlsx",
        "--company 我的.erpdesk export journal 分录.beancount",
    )
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@verb
def journal(session: Session, *, file: Path) -> None:
    """导出全部分录（.csv .xlsx .beancount）。 Write the journal."""
    rows = session.desk.exporting.journal(file)
    session.answer(
        {"file": str(file), "rows": rows},
        Sentence("已写出 {rows} 行分录：{file}", "{rows} lines written to {file}"),
        rows=rows,
        file=file,
    )


@export.command(
    examples=(
        "--company 我的.erpdesk export vouchers 2026-11 凭证.pdf",
        "--company 我的.erpdesk export vouchers 2026-11 凭证.pdf --document 临-202611-0001",
    )
)
@click.argument("period", metavar="YYYY-MM")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--document", default="", metavar="NUMBER", help="只要这张单据的 / of one document")
@verb
def vouchers(session: Session, *, period: str, file: Path, document: str) -> None:
    """一个月的记账凭证（PDF），一页两张，可装订。 Journal vouchers, two on a page."""
    must_be_writable(file, (".pdf",))
    service = session.desk.journal_vouchers
    pdf, count = service.printed(period, language=session.language, document=document)
    with replacing(file) as temporary:
        temporary.write_bytes(pdf)
    session.answer(
        {"file": str(file), "vouchers": count},
        Sentence("{count} 张记账凭证：{file}", "Journal vouchers: {count}, {file}"),
        count=count,
        file=file,
    )
