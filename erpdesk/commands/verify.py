"""``verify``: the books prove themselves; exit code 1 when something is found."""

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.services.keeping.verifying import Speed, Verified
from erpdesk.storage.checks import Finding
from erpdesk.words import Sentence
from erpdesk.words.findings import CHECKS, FINDINGS

CLEAN = Sentence("校验通过：{checks} 项，没有问题。", "Verified: {checks} checks, nothing found.")
FOUND = Sentence("校验发现 {count} 处问题。", "The verification found {count} faults.")
MORE = Sentence("  …… 还有 {count} 处", "  … and {count} more")
NOTED = Sentence("提示：{note}", "Note: {note}")


@click.command(cls=Verb, examples=("--company 我的.erpdesk verify --speed chain",))
@click.option(
    "--speed",
    type=click.Choice([speed.value for speed in Speed]),
    default=Speed.DEEP.value,
    show_default=True,
    help="查多细 / how much is looked at",
)
@click.option("--seal", metavar="HEX", help="外面记下的封签（通知书底部） / a seal known outside")
@verb
def verify(session: Session, *, speed: str, seal: str | None) -> None:
    """校验账套。 Check that the books hold."""
    verified, _ = session.desk.watching.verify(Speed(speed), outside=seal)
    session.answer(_value(session, verified))
    if not session.json:
        show(session, verified)
    if not verified.is_clean:
        click.get_current_context().exit(1)


def show(session: Session, verified: Verified) -> None:
    """Print every check with how much it found, what that is, and what is to be known."""
    for check in verified.checks:
        mark = "✓" if not check.count else "✗"
        session.line(f"{mark} {check.count:>4}  {session.say(CHECKS[check.code])}")
        kept = [finding for finding in verified.findings if finding.code == check.code]
        for finding in kept:
            session.line(f"        {_said(session, finding)}")
        if check.count > len(kept):
            session.line(session.say(MORE, count=check.count - len(kept)))
    for note in verified.notes:
        session.line(session.say(NOTED, note=_said(session, note)))
    session.line(
        session.say(CLEAN, checks=len(verified.checks))
        if verified.is_clean
        else session.say(FOUND, count=verified.count)
    )


def _said(session: Session, finding: Finding) -> str:
    return session.say(FINDINGS[finding.what], where=finding.where)


def _value(session: Session, verified: Verified) -> dict[str, object]:
    return {
        "speed": verified.speed.value,
        "clean": verified.is_clean,
        "count": verified.count,
        "checks": [
            {"code": c.code, "title": session.say(CHECKS[c.code]), "count": c.count,
             "took_ms": c.took_us // 1000}
            for c in verified.checks
        ],
        "findings": [_row(session, finding) for finding in verified.findings],
        "notes": [_row(session, note) for note in verified.notes],
    }  # fmt: skip


def _row(session: Session, finding: Finding) -> dict[str, str]:
    said = _said(session, finding)
    return {"code": finding.code, "what": finding.what, "where": finding.where, "said": said}
