"""``lock``: no more postings into months that are over."""

import click

from erpdesk.commands.arguments import MONTH
from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.words import Sentence

LOCKED = Sentence("已结账：{first} 到 {last}", "Locked: {first} to {last}")
MAY_LOCK = Sentence("可以结账到 {last}", "All months to {last} can be locked")


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk --as 林涛 lock 2026-10 --dry-run",
        "--company 我的.erpdesk --as 林涛 lock 2026-10",
    ),
)
@click.argument("month", type=MONTH)
@click.option("--dry-run", "is_trial", is_flag=True, help="只看行不行 / ask only")
@verb
def lock(session: Session, *, month: str, is_trial: bool) -> None:
    """结账：这个月和以前的都不能再过账，没人能打开。 Lock a month and all before it, for good.

    外币应收先调汇（revalue）；要过账到这些月份、还在等审批的，先批完或撤回。

    Revalue foreign receivables first; what waits to be posted into these months is decided or
    taken back first.
    """
    service = session.desk.locking_periods
    if is_trial:
        if refusal := service.why_not(month):
            raise refusal
        session.answer({"may_lock": month}, MAY_LOCK, last=month)
        return
    locked = service.lock(month).value
    session.answer({"locked": list(locked)}, LOCKED, first=locked[0], last=locked[-1])
