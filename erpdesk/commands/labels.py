"""``labels FILE [CUSTOMER…]``: labels with the codes of customers, 24 on a sheet, as PDF."""

from pathlib import Path
from typing import Any

import click

from erpdesk.commands.arguments import must_be_writable
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.domain.labels import LabelsAsked
from erpdesk.files.atomic import replacing
from erpdesk.services.customers import Asked
from erpdesk.words import Sentence

DONE = Sentence("{count} 张标签：{file}", "Labels: {count}, {file}")


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk labels 标签.pdf --test",
        "--company 我的.erpdesk labels 标签.pdf C0001 C0002 --first 5",
        "--company 我的.erpdesk labels 标签.pdf --search 五金",
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar="[CUSTOMER…]")
@click.option("--search", "words", default="", help="编码、名称含这些字的 / whose name has these")
@click.option("--first", default=1, help="从第几格起，1–24 / first free place")
@click.option("--right", default=0, help="向右移，0.1 毫米 / move right, tenths of a mm")
@click.option("--down", default=0, help="向下移，0.1 毫米 / move down, tenths of a mm")
@click.option("--test", is_flag=True, help="印出边框，试位置 / with edges, to try the place")
@verb
def labels(
    session: Session, *, file: Path, names: tuple[str, ...], words: str, **given: Any
) -> None:
    """客户标签（PDF，每张 24 个）；没有余额和电话。 Labels with customers' codes."""
    must_be_writable(file, (".pdf",))
    desk, service = session.desk, session.desk.labelling
    ids = tuple(desk.customer(name).id for name in names) or service.chosen(Asked(words=words))
    asked = LabelsAsked(given["first"], given["right"], given["down"], given["test"])
    pdf = service.labels(ids, asked, language=session.language)
    with replacing(file) as temporary:
        temporary.write_bytes(pdf)
    session.answer({"file": str(file), "labels": len(ids)}, DONE, count=len(ids), file=file)
