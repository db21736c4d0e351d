"""``notice CUSTOMER`` issues a settlement notice as PDF; the same again is a copy and says so."""

from pathlib import Path
from typing import Any

import click

from erpdesk.commands.arguments import DAY, must_be_writable
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.files.atomic import replacing
from erpdesk.services.issuing import Printed
from erpdesk.services.noticing import Asked
from erpdesk.words import Sentence

DONE = Sentence("通知书 {number}（{which}）：{file}", "Notice {number} ({which}): {file}")


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk notice C0001",
        "--company 我的.erpdesk notice C0001 --out 通知书.pdf --pay-by 2026-12-31 --in en",
    ),
)
@click.argument("customer", metavar="CUSTOMER")
@click.option(
    "--out", "file", type=click.Path(path_type=Path), metavar="FILE", help="PDF 写到哪里 / where to"
)
@click.option("--as-of", "as_of", type=DAY, help="截止日 / as of")
@click.option("--pay-by", "pay_by", type=DAY, help="请于此日前付款 / pay by")
@click.option(
    "--in", "paper_language", type=click.Choice(["zh", "en"]), help="通知书的语言 / of the paper"
)
@click.option(
    "--new", "fresh", is_flag=True, help="内容没变也新出一份 / a new one though nothing changed"
)
@verb
def notice(
    session: Session, *, customer: str, file: Path | None, fresh: bool, **given: Any
) -> None:
    """结算通知书（PDF），有编号、有存档；再打就是副本。 The settlement notice."""
    must_be_writable(file or Path("notice.pdf"))
    asked = Asked(given["as_of"], given["pay_by"], given["paper_language"])
    printed = session.desk.noticing.issue(session.desk.customer(customer), asked, fresh=fresh)
    hand_out(session, printed, file, DONE)


def hand_out(session: Session, printed: Printed, file: Path | None, done: Sentence) -> None:
    """Write a print to a file, named after its number unless told, and say which it is."""
    number = printed.document.number or printed.document.id
    tail = f"-副本{printed.copy}" if printed.copy else ""
    path = file or Path(f"{number}{tail}.pdf")
    with replacing(path) as temporary:
        temporary.write_bytes(printed.pdf)
    which = session.say(
        Sentence("副本 {n}", "copy {n}") if printed.copy else Sentence("原件", "original"),
        n=printed.copy,
    )
    value = {
        "number": number,
        "id": printed.document.id,
        "copy": printed.copy,
        "file": str(path),
        "bytes": len(printed.pdf),
        "hash": printed.document.content_hash.hex(),
    }
    session.answer(value, done, number=number, which=which, file=path)
