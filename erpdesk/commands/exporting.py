"""``export journal FILE``: every posted line, for a spreadsheet or for another program."""

from pathlib import Path

import click

from erpdesk.commands.frame import Session, verb, verbs
from erpdesk.commands.help import VerbGroup
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
