"""The sample company on the command line, with true progress."""

from typing import Any

import click

from erpdesk import keys
from erpdesk.commands.frame import Session
from erpdesk.services.sampling import PASSWORD, STAFF, Sampling, Size
from erpdesk.words import ROLES, Sentence

STEPS = {
    "customers": Sentence("导入客户", "importing customers"),
    "deliveries": Sentence("导入未开票出库单", "importing uninvoiced deliveries"),
    "billed": Sentence("录入两年的期初未清项", "posting two years of opening items"),
    "vouchers": Sentence("写临时凭证并审核", "writing and approving vouchers"),
    "receipts": Sentence("录入收款并核销", "recording and matching receipts"),
    "campaign": Sentence("做客户盘点", "counting customers"),
}
DONE = Sentence(
    "样例公司已建好：{place}。六个人的密码都是 {password}：",
    "Sample company made at {place}. All six people have the password {password}:",
)


def make_sample(
    session: Session,
    *,
    seed: int,
    size: Size | None = None,
    cost: keys.Cost | None = None,
    is_answer: bool = True,
) -> None:
    """Make the sample whole or not at all, and say who is in it."""

    def say(step: str) -> None:
        if not session.json:
            click.echo("  " + session.say(STEPS[step]) + " …", err=True)

    sampling = Sampling(session.clock, size or Size(), cost, say=say)
    sampling.make(session.where, seed=seed)
    people: list[dict[str, Any]] = [
        {"name": name, "display": shown, "roles": [g.role for g in grants]}
        for name, shown, grants in STAFF
    ]
    value = {"company": session.shown_place, "seed": seed, "password": PASSWORD, "people": people}
    if is_answer:
        session.answer(value, DONE, place=session.shown_place, password=PASSWORD)
    elif not session.json:
        session.note(DONE, place=session.shown_place, password=PASSWORD)
    if session.json:
        return
    for name, shown, grants in STAFF:
        roles = "、".join(session.say(ROLES[grant.role]) for grant in grants)
        session.line(f"  {name:<10} {shown}  {roles}")
