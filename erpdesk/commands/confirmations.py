"""``confirmation CUSTOMER`` issues a balance confirmation as PDF; the same again is a copy."""

from pathlib import Path
from typing import Any

import click

from erpdesk.commands.arguments import DAY, must_be_writable
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.commands.notices import hand_out
from erpdesk.domain.confirmation import Method
from erpdesk.services.confirming import ConfirmationAsked
from erpdesk.words import Sentence

DONE = Sentence("询证函 {number}（{which}）：{file}", "Confirmation {number} ({which}): {file}")


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk confirmation C0001",
        "--company 我的.erpdesk confirmation C0001 --method blank --reply-by 2026-12-20",
    ),
)
@click.argument("customer", metavar="CUSTOMER")
@click.option(
    "--method",
    type=click.Choice([one.value for one in Method]),
    default=Method.POSITIVE.value,
    help="积极式、空白式、消极式 / how it asks",
)
@click.option("--as-of", "as_of", type=DAY, help="截止日 / as of")
@click.option("--reply-by", "reply_by", type=DAY, help="请于此日前回函 / answer by")
@click.option(
    "--in", "language", type=click.Choice(["zh", "en"]), help="询证函的语言 / of the paper"
)
@click.option(
    "--out", "file", type=click.Path(path_type=Path), metavar="FILE", help="PDF 写到哪里 / where to"
)
@click.option(
    "--new", "fresh", is_flag=True, help="内容没变也新出一份 / a new one though nothing changed"
)
@verb
def confirmation(
    session: Session, *, customer: str, file: Path | None, fresh: bool, method: str, **given: Any
) -> None:
    """往来款项询证函（PDF），带回函；不是催款。 A balance confirmation with its reply."""
    must_be_writable(file or Path("confirmation.pdf"))
    asked = ConfirmationAsked(Method(method), **given)
    printed = session.desk.confirming.issue(session.desk.customer(customer), asked, fresh=fresh)
    hand_out(session, printed, file, DONE)
