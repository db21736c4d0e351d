"""The report of a check as plain text: every check, what it found, and who sees to it."""

from collections.abc import Iterator
from datetime import date

from erpdesk.services.keeping.verifying import SHOWN_MAX
from erpdesk.services.keeping.watching import Failing, Run, Watched
from erpdesk.words.findings import CHECKS
from erpdesk.words.proofs import PROOFS
from ui.pages.books_check import words as w
from ui.pages.books_check.facts import ProofRow, proof_rows
from ui.widgets.document_facts import moment_said
from ui.widgets.finding_words import finding_said
from ui.work.wording import Wording


def seconds_said(us: int, wording: Wording) -> str:
    """Return how long something took."""
    return wording.say(w.SECONDS, n=f"{us / 1_000_000:.2f}")


def run_said(run: Run, wording: Wording) -> str:
    """Return what a run looked at and how long it took."""
    seconds = f"{run.took_us / 1_000_000:.1f}"
    return wording.say(w.RUN, speed=w.SPEEDS[run.speed], n=len(run.checks), seconds=seconds)


def more_said(failing: Failing, wording: Wording) -> str:
    """Return how many findings are not listed; empty when all are."""
    rest = failing.count - len(failing.findings)
    return wording.say(w.MORE, n=rest, max=SHOWN_MAX) if rest > 0 else ""


def report(stands: Watched, wording: Wording, *, firm: str, person: str, at: int) -> str:
    """Return the report of how the books stand, ready to be kept or sent."""
    return "\n".join(_lines(stands, wording, firm, person, at)) + "\n"


def _lines(stands: Watched, wording: Wording, firm: str, person: str, at: int) -> Iterator[str]:
    say = wording.say
    yield say(w.REPORT_HEAD)
    yield say(w.REPORT_FIRM, firm=firm)
    yield say(w.REPORT_BY, person=person, at=_moment(at))
    for run in stands.runs[:1]:
        yield say(w.REPORT_RUN, at=_moment(run.at), run=run_said(run, wording))
    failing = len(stands.failing)
    result = say(w.FAILED, n=failing) if failing else say(w.ALL_PASS)
    yield say(w.REPORT_RESULT, result=result)
    yield ""
    for row in proof_rows(stands):
        yield from _proof(row, wording)


def _proof(row: ProofRow, wording: Wording) -> Iterator[str]:
    say, failing = wording.say, row.failing
    mark = "✗" if failing else "—" if row.at is None else "✓"
    state = w.FAILS if failing else w.UNASKED if row.at is None else w.HOLDS
    at = "" if row.at is None else f"  {_moment(row.at)}"
    yield f"{mark} {say(w.PAIR, name=CHECKS[row.code], said=state)}{at}"
    if failing is None:
        return
    yield f"    {say(w.SINCE, at=_moment(failing.since_at))}"
    for one in failing.findings:
        yield f"    {finding_said(one, wording)}"
    if more := more_said(failing, wording):
        yield f"    {more}"
    yield f"    {say(w.PAIR, name=w.MEND_HEAD, said=PROOFS[row.code].mend)}"


def _moment(at_us: int) -> str:
    return moment_said(at_us, date.min)
