"""``backup FILE`` keeps the company in one file; ``restore FILE`` makes a company of it again."""

from pathlib import Path

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.services.keeping.backing_up import Restoring
from erpdesk.words import Sentence

KEPT = Sentence(
    "备份已写好并验证过：{file}（{size} MB，封签 {seal}）。",
    "Backup written and verified: {file} ({size} MB, seal {seal}).",
)
BACK = Sentence(
    "已恢复并验证：{place}。请核对封签 {seal} 是不是最近通知书底部的那个。",
    "Restored and verified: {place}. Compare seal {seal} with the foot of your last notice.",
)
FAULTS = Sentence("注意：校验发现 {count} 处问题。", "Mind: the verification found {count} faults.")
_MEGABYTE = 1024 * 1024
_SEAL_DIGITS = 16


@click.command(cls=Verb, examples=("--company 我的.erpdesk backup 十一月.erpbackup",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--admin", metavar="URL", help="服务器管理员的地址 / the server's administrator")
@click.option("--anyway", is_flag=True, help="有问题也备份 / keep it even with faults")
@verb
def backup(session: Session, *, file: Path, admin: str | None, anyway: bool) -> None:
    """备份账套（*.erpbackup）。 Keep the whole company in one file."""
    made = session.desk.backups.back_up(file, admin=admin, anyway=anyway)
    seal = (made.manifest.seal or "")[:_SEAL_DIGITS]
    size = f"{made.path.stat().st_size / _MEGABYTE:.1f}"
    value = {"file": str(file), "seal": made.manifest.seal, "sha256": made.manifest.sha256}
    session.answer(value | {"findings": made.verified.count}, KEPT, file=file, size=size, seal=seal)
    _warn(session, made.verified.count)


@click.command(cls=Verb, examples=("--company 新的.erpdesk restore 十一月.erpbackup",))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--anyway", is_flag=True, help="有问题也恢复 / restore it even with faults")
@verb
def restore(session: Session, *, file: Path, anyway: bool) -> None:
    """从备份恢复到 --company 的位置。 Make a company of a backup, where nothing is yet."""
    made = Restoring(session.clock).restore(file, session.where, anyway=anyway)
    seal = (made.manifest.seal or "")[:_SEAL_DIGITS]
    value = {"company": made.place, "seal": made.manifest.seal, "findings": made.verified.count}
    session.answer(value, BACK, place=made.place, seal=seal)
    _warn(session, made.verified.count)


def _warn(session: Session, count: int) -> None:
    if count and not session.json:
        session.line(session.say(FAULTS, count=count))
