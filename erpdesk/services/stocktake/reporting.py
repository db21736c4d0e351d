"""The report of a campaign: a draft while it runs, archived with its hash when it ends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from erpdesk.domain.codes.own_code import sheet_code
from erpdesk.domain.moments import at_desk
from erpdesk.domain.stocktake.campaign import CampaignState
from erpdesk.domain.stocktake.count_line import RESOLVING
from erpdesk.files.atomic import replacing
from erpdesk.papers.notice_view import BankAccount
from erpdesk.papers.notice_view import Company as Sender
from erpdesk.papers.report_view import ReportTable, ReportView, Signer
from erpdesk.services.issuing import Printed
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.campaign_board import Board
from erpdesk.services.stocktake.campaign_watch import Tell
from erpdesk.services.stocktake.campaigns import Campaigns, Look
from erpdesk.services.stocktake.reporting_rows import Saying, Stray, facts_of, tables_of
from erpdesk.services.stocktake.reviewing_board import Review, review_of
from erpdesk.services.stocktake.said import said_in
from erpdesk.storage import counts, documents, evidence, firm, papers, people, review_facts
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document, StepRow
from erpdesk.storage.unit_of_work import Company, Unit
from erpdesk.words import Language
from erpdesk.words.counting import LINE_STATES, PLAN_KINDS

_PRINTED_AGAIN = "同一报告再次打印"


@dataclass(frozen=True, slots=True)
class Reporting:
    """Draws the reports of campaigns; those of ended ones are archived, print by print.

    How a campaign stands may be ``known``; ``tell`` is told how many pages are drawn.
    """

    company: Company
    clock: Clock
    known: Look | None = None
    tell: Tell | None = None

    def report(
        self, campaign: Document, *, language: Language, reason: str = _PRINTED_AGAIN
    ) -> Printed:
        """Return the report: of a campaign that ended a copy, which is archived; else a draft.

        ``reason`` is why it is printed once more.

        Raises:
            NotReviewedError: its figures are not to be seen yet.
            DoesNotFitError: a text cannot be drawn; nothing was printed.
        """
        with self.company.database.reading() as connection:
            known = documents.look(connection, campaign.id)
            done = papers.papers_of(connection, campaign.id)
        if known.state != CampaignState.CLOSED:
            return Printed(known, self._drawn(known, language, draft=True), 0)
        return self._print(known, language, copy=len(done), reason=reason if done else None)

    def write(self, campaign: Document, path: Path, *, language: Language) -> Printed:
        """Write the report to a file; raises as :meth:`report`.

        Raises:
            FileNotWrittenError: a full disk, a folder that may not be written to.
        """
        printed = self.report(campaign, language=language)
        with replacing(path) as temporary:
            temporary.write_bytes(printed.pdf)
        return printed

    def archive(self, campaign: Document, *, language: Language) -> str:
        """Keep the original of the report of a campaign about to end; return its hash in hex.

        Asked again, it is the one that is kept already: what was approved changes no more.

        Raises:
            NotReviewedError, DoesNotFitError: as :meth:`report`.
        """
        with self.company.database.reading() as connection:
            done = papers.papers_of(connection, campaign.id)
        if not done:
            self._print(campaign, language, copy=0, reason=None)
            with self.company.database.reading() as connection:
                done = papers.papers_of(connection, campaign.id)
        return done[0].hash.hex()

    def _print(
        self, campaign: Document, language: Language, *, copy: int, reason: str | None
    ) -> Printed:
        pdf = self._drawn(campaign, language, copy=copy)

        def work(unit: Unit) -> None:
            name = f"{campaign.number}{f'-{copy}' if copy else ''}.pdf"
            digest = evidence.keep(unit, pdf, name=name, media_type="application/pdf")
            papers.add_paper(unit, campaign.id, copy=copy, digest=digest, reason=reason)

        self.company.run(work)
        return Printed(campaign, pdf, copy)

    def _drawn(
        self, campaign: Document, language: Language, *, copy: int = 0, draft: bool = False
    ) -> bytes:
        """Return the PDF; the drawing library is loaded when the first paper is drawn."""
        from erpdesk.papers.campaign_report import campaign_report

        board = Campaigns(self.company, self.clock).board(campaign, self.known)
        with self.company.database.reading() as connection:
            children = review_facts.children_of(connection, campaign.id)
            review = review_of(board.status, children, said_in(connection, campaign))
            view = self._view(connection, board, review, language)
        return campaign_report(replace(view, copy=copy, draft=draft), self.tell)

    def _view(
        self, connection: Connection, board: Board, review: Review, language: Language
    ) -> ReportView:
        campaign, plan = board.status.document, review.plan
        names = {str(one.name): one.display for one in people.everybody(connection)}
        say = Saying(language, names)
        strays = tuple(_strays(connection, board))
        steps = documents.steps_of(connection, campaign.id)
        seal = papers.last_seal(connection)
        kind = PLAN_KINDS["blind" if plan.blind else "open"].said(language, {})
        first = (
            ("cut_off", plan.cut_off.isoformat()),
            ("kind", kind),
            ("frozen_at", _moment(steps, "ready")),
            _approved(board, steps, language),
        )
        return _spelled(
            ReportView(
                company=_sender(firm.firm_of(connection)),
                number=campaign.number or "",
                name=plan.name,
                code=sheet_code(int((campaign.number or "0").rpartition("-")[2]), 0),
                facts=(*first, *facts_of(board, review, len(strays))),
                tables=tables_of(board, review, strays, say),
                signers=tuple(_signers(board, steps, say)),
                content_hash=campaign.content_hash.hex(),
                printed_at=f"{at_desk(self.clock.now_us()):%Y-%m-%d %H:%M}",
                seal=seal.hex()[:16] if seal else None,
                language=language,
            )
        )


def _strays(connection: Connection, board: Board) -> Iterator[Stray]:
    """Yield what was scanned that belonged to no line, with what was decided last about it."""
    ruled = {
        one.event: one
        for one in counts.decisions(connection, board.status.document.id)
        if one.event is not None and one.verb in RESOLVING
    }
    for event in counts.events(connection, board.status.document.id):
        if event.id in ruled:
            yield Stray(event, ruled[event.id])
    yield from (Stray(event, None) for event in board.status.unexpected)


def _signers(board: Board, steps: tuple[StepRow, ...], say: Saying) -> Iterator[Signer]:
    """Yield who answers for what: those who counted, and the last to take each step."""
    again = set(board.status.plan.recounters)
    worked = [one.person for one in board.tallies if one.counted]
    yield Signer(part="counted", name=say.people(one for one in worked if one not in again))
    if recounted := [one for one in worked if one in again]:
        yield Signer(part="recounted", name=say.people(recounted))
    for part, verb in _STEPS:
        if found := [one for one in steps if one.verb == verb]:
            yield Signer(part=part, name=say.name(found[-1].made_by), at=_moment(steps, verb))


_STEPS = (
    ("handed_in", "submit"), ("endorsed", "endorse"), ("approved", "approve"), ("closed", "close"),
)  # fmt: skip
"""The parts of the work that a step of the campaign tells."""


def _approved(board: Board, steps: tuple[StepRow, ...], language: Language) -> tuple[str, str]:
    """Return when it was approved; before that, where it stands."""
    if any(one.verb == "approve" for one in steps):
        return "approved_at", _moment(steps, "approve")
    return "state", LINE_STATES[board.status.shown_state].said(language, {})


def _moment(steps: tuple[StepRow, ...], verb: str) -> str:
    found = [one.made_at for one in steps if one.verb == verb]
    return f"{at_desk(found[-1]):%Y-%m-%d %H:%M}" if found else "—"


def _sender(said: dict[str, str]) -> Sender:
    return Sender(
        name=said.get("name", ""),
        address=said.get("address", ""),
        phone=said.get("phone", ""),
        tax_id=said.get("tax_id", ""),
        account=BankAccount(holder="", bank="", number=""),
        english_name=said.get("english_name", ""),
    )


def _spelled(view: ReportView) -> ReportView:
    """Return a report in which what the font lacks is said by its number.

    A campaign ends with its report: it must not hang on one character of a name.
    """
    from erpdesk.papers.fonts import spelled

    def rows(found: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(map(spelled, row)) for row in found)

    tables = tuple(
        ReportTable(kind=one.kind, rows=rows(one.rows), totals=one.totals) for one in view.tables
    )
    signers = tuple(replace(one, name=spelled(one.name)) for one in view.signers)
    named: dict[str, Any] = {"name": spelled(view.name), "tables": tables, "signers": signers}
    return replace(view, **named)
