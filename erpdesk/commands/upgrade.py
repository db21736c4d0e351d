"""``upgrade``: books of an older program become those of this one, kept before and proved after."""

from pathlib import Path

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.services.keeping.upgrading import Upgrading
from erpdesk.words import Sentence

DONE = Sentence(
    "已升级到 {version}，并校验 {checks} 项，没有问题。",
    "Upgraded to {version} and verified: {checks} checks, nothing found.",
)
KEPT = Sentence("升级前的备份：{backup}", "The backup made before: {backup}")
NOTHING = Sentence(
    "账套已经是这个版本，不用升级。", "The books are of this version: nothing to do."
)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk upgrade",
        "--company 我的.erpdesk upgrade --backup 升级前.erpbackup",
        "--company postgresql://postgres@db/firm upgrade --kept",
    ),
)
@click.option(
    "--backup",
    "keep",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="升级前的备份放哪里（默认：账套旁边） / where the backup goes, by default beside",
)
@click.option(
    "--kept", is_flag=True, help="服务器自己的备份已做好 / the server's own backup was made"
)
@verb
def upgrade(session: Session, *, keep: Path | None, kept: bool) -> None:
    """旧版本的账套升级到本程序。 Bring older books to this program.

    先备份并试还原，再升级、全查；中途断电，账套还是旧的。要别人都关掉账套，空出两倍大小的磁盘。
    服务器：用管理员的地址，先用 pg_dump 备份。

    A backup is made and tried out first, then the books are upgraded and verified; they
    are the old ones until all of it holds. Nobody else may have them open, and twice
    their size must be free. A server: with the administrator's address, after pg_dump.
    """
    done = Upgrading(session.clock).upgrade(session.where, keep=keep, is_server_kept=kept)
    value = {
        "revisions": list(done.revisions),
        "backup": str(done.backup) if done.backup else None,
        "checks": len(done.verified.checks) if done.verified else 0,
    }
    if not done.revisions:
        session.answer(value, NOTHING)
        return
    session.answer(value, DONE, version=done.revisions[-1], checks=value["checks"])
    if done.backup and not session.json:
        session.line(session.say(KEPT, backup=done.backup))
