"""A stocktake campaign: planned, its list frozen, counted, looked at, brought to review."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.ids import CustomerId, DocumentId
from erpdesk.domain.stocktake.campaign import REVIEWED, CampaignState
from erpdesk.domain.stocktake.campaign_acts import why_not_cancel
from erpdesk.domain.stocktake.campaign_gates import (
    CustomerElsewhereError,
    close_problems,
    review_problems,
    submit_problems,
)
from erpdesk.domain.stocktake.campaign_scope import UnknownFilterError
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb
from erpdesk.domain.stocktake.review import open_children
from erpdesk.domain.stocktake.variance import variance_section
from erpdesk.errors import StaleError
from erpdesk.services.keeping.verifying import Speed, Verifying
from erpdesk.services.stocktake.campaign_board import (
    Board,
    board_of,
    chosen_again,
    said_of,
)
from erpdesk.services.stocktake.campaign_status import (
    Line,
    NotACampaignError,
    Status,
    decide,
    is_idle,
    must_be_all,
    running,
    state_of,
    states_of,
    status_of,
    variances_of,
)
from erpdesk.services.stocktake.campaign_watch import CampaignWatch, Tell
from erpdesk.services.stocktake.planning import Planning, touched
from erpdesk.services.stocktake.said import said_in
from erpdesk.services.submitting import must_be_ready
from erpdesk.storage import counts, documents, evidence, inbox, people, review_facts, variances
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Unit

__all__ = ["Campaigns", "Line", "NotACampaignError", "Status", "UnknownFilterError"]


Look = Callable[[Document], Status]
"""Looks how a campaign stands: whoever watches it knows that already."""


@dataclass(frozen=True, slots=True)
class Campaigns(Planning):
    """Says how campaigns stand and takes their steps, from counting to the end.

    What a step has to know of a whole campaign may be ``known``; else it is looked at.
    """

    def every(self) -> tuple[HeadRow, ...]:
        """Return every campaign, oldest first."""
        with self.company.database.reading() as connection:
            return inbox.documents(connection, kind="campaign")

    def status(self, campaign: Document) -> Status:
        """Return how a campaign stands, folded from its logs."""
        with self.company.database.reading() as connection:
            return status_of(connection, campaign)

    def watch(self, campaign: Document) -> CampaignWatch:
        """Return what looks again and again how a campaign stands that is being counted."""
        return CampaignWatch(self.company, campaign)

    def board(self, campaign: Document, known: Look | None = None) -> Board:
        """Return how a campaign stands, who counted how many, and what blocks its next step.

        What watches it tells of lines that nobody touched only how many there are.
        """
        status = self._look(campaign, known)
        with self.company.database.reading() as connection:
            worked = inbox.worked_on(connection, campaign.id)
            owner = documents.steps_of(connection, campaign.id)[0].made_by
            children = review_facts.children_of(connection, campaign.id)
            said = said_in(connection, campaign) if state_of(campaign) in REVIEWED else {}
        return board_of(
            status,
            owner=owner,
            worked=self.company.person in worked,
            children=children,
            kept=tuple(one.variance for one in said.values()),
        )

    def _look(self, campaign: Document, known: Look | None) -> Status:
        return self.status(campaign) if known is None else known(campaign)

    def decide(self, decision: LineDecision) -> Outcome[None]:
        """Record what a supervisor decided about a line or an unexpected scan.

        Raises:
            UserError: what :func:`why_not_rule` names.
        """
        return self.decide_each((decision,))

    def decide_each(self, decisions: tuple[LineDecision, ...]) -> Outcome[None]:
        """Record several decisions, all or none.

        Raises:
            UserError: what :func:`why_not_rule` names against the first that cannot be.
        """
        mine = [replace(one, by=self.company.person) for one in decisions]

        def work(unit: Unit) -> None:
            for one in mine:
                decide(unit, one)

        self.company.run(work)
        return Outcome(None, Changes(campaigns=frozenset(one.campaign for one in decisions)))

    def recount(
        self,
        campaign: Document,
        reason: str,
        *,
        step_id: str | None = None,
        known: Look | None = None,
    ) -> Outcome[Document]:
        """Choose who is counted again, those over tolerance and a sample, and begin the recount.

        Raises:
            NothingToRecountError: nobody is over tolerance and nobody was drawn.
            NoRoomToCountError: there is too little room on the disk.
            UserError: too few are counted, or the reason is too short.
        """
        self._must_have_room()
        chosen = chosen_again(self._look(campaign, known))
        decisions = [
            self._decision(campaign, LineVerb.RECOUNT, reason, one.customer, to_person=one.by)
            for one in chosen
        ]
        return self._step(campaign, "recount", step_id, decisions=decisions)

    def reopen(
        self,
        campaign: Document,
        reason: str,
        customers: tuple[CustomerId, ...],
        *,
        step_id: str | None = None,
    ) -> Outcome[Document]:
        """Count some lines again after all: the campaign counts, what was counted stays on record.

        Raises:
            NoRoomToCountError: there is too little room on the disk.
            UserError: the reason is too short.
        """
        self._must_have_room()
        decisions = [self._decision(campaign, LineVerb.REOPEN, reason, one) for one in customers]
        return self._step(campaign, "reopen", step_id, reason=reason, decisions=decisions)

    def cancel(
        self, campaign: Document, reason: str, *, step_id: str | None = None
    ) -> Outcome[Document]:
        """Give a campaign up; what was counted stays, its customers are free.

        Raises:
            OwnCampaignError: it was frozen, and you worked on it: a second person gives it up.
            UserError: what :func:`why_not_cancel` names.
        """
        with self.company.database.reading() as connection:
            by = people.person_named(connection, self.company.person)
            worked = by.name in inbox.worked_on(connection, campaign.id)
        refusal = why_not_cancel(
            state_of(campaign), roles=by.roles(at=self.clock.now_us()), worked=worked, reason=reason
        )
        if refusal is not None:
            raise refusal
        return self._step(campaign, "cancel", step_id, reason=reason)

    def expire_idle(self) -> Outcome[tuple[str, ...]]:
        """Let every campaign expire that nobody counted for its hours; return their numbers."""
        now = self.clock.now_us()
        with self.company.database.reading() as connection:
            idle = [one for one in running(connection) if is_idle(connection, one, now=now)]
        expired = [self._step(one, "expire", None).value for one in idle]
        touched = frozenset(one.id for one in expired)
        numbers = tuple(one.number or "" for one in expired)
        return Outcome(numbers, Changes(touched, campaigns=touched))

    def resume(self, campaign: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """Go on counting a campaign that expired.

        Raises:
            CustomerElsewhereError: another campaign took some of its customers meanwhile.
        """
        with self.company.database.reading() as connection:
            taken = counts.held_elsewhere(connection, campaign.id)
        if taken and state_of(campaign) is CampaignState.EXPIRED:
            raise CustomerElsewhereError(customers=sorted(taken))
        return self._step(campaign, "resume", step_id)

    def review(
        self, campaign: Document, *, step_id: str | None = None, known: Look | None = None
    ) -> Outcome[Document]:
        """End counting and look at the differences.

        Raises:
            UserError: lines in conflict, or neither counted nor decided.
        """
        status = self._look(campaign, known)
        states = states_of(status.lines, status.untouched.lines if status.untouched else 0)
        for problem in review_problems(states, unsynced={}):
            raise problem
        return self._step(campaign, "review", step_id)

    def hand_in(
        self,
        campaign: Document,
        *,
        step_id: str | None = None,
        known: Look | None = None,
        tell: Tell | None = None,
    ) -> Outcome[Document]:
        """Write what is said of the differences into the text, and submit it for approval.

        ``tell`` is told how many there are while the text is stored; what it raises ends that.

        Raises:
            VariancesOpenError: nothing is said of a line that differs.
            StaleError: a figure is no longer what the lines say, or somebody said more meanwhile.
            UserError: the first of what :func:`submit_problems` finds, or nobody may approve it.
        """
        status = self._look(campaign, known)
        with self.company.database.reading() as connection:
            said = variances.said(connection, campaign.id)
        found = variances_of(status)
        given = said_of(found, (said[key].variance for key in sorted(said)))
        must_be_all(found, given)
        open_scans = len(status.unexpected)
        for problem in submit_problems(given, unexpected=open_scans):
            raise problem
        content = campaign.content | {"variances": [variance_section(one) for one in given]}
        first = step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            unit.take_time()
            with unit.asked(lambda: tell and tell(len(given), len(given))):
                seen = documents.edit(unit, campaign, content, seen=campaign.seen, step_id=first)
            if variances.count(unit.connection, campaign.id) != sum(one.n for one in said.values()):
                raise StaleError(number=campaign.number)
            must_be_ready(unit, campaign.id)
            step = NextStep(unit.new_id(), campaign.id, "campaign", seen, "submit")
            documents.take_step(unit, step)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), touched(campaign))

    def adjust(self, campaign: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """Begin to treat the approved differences, each by a document of its own."""
        return self._step(campaign, "adjust", step_id)

    def close(
        self,
        campaign: Document,
        *,
        report: str,
        step_id: str | None = None,
        known: Look | None = None,
    ) -> Outcome[Document]:
        """End a campaign whose differences are all treated, with its report kept as evidence.

        ``report`` is the hash of the kept file in hex; the step names it.

        Raises:
            UserError: the first of what :func:`close_problems` finds.
        """
        proved = Verifying(self.company.database, self.clock).verify(Speed.RULES).is_clean
        with self.company.database.reading() as connection:
            kept = evidence.is_stored(connection, report)
            children = review_facts.children_of(connection, campaign.id)
            said = said_in(connection, campaign)
        problems = close_problems(
            books_proved=proved,
            report_archived=kept,
            unexpected=len(self._look(campaign, known).unexpected),
            open_children=open_children((one.variance for one in said.values()), children),
        )
        for problem in problems:
            raise problem
        return self._step(campaign, "close", step_id, reason=report)

    def _step(
        self,
        campaign: Document,
        verb: str,
        step_id: str | None,
        *,
        reason: str | None = None,
        decisions: Sequence[LineDecision] = (),
    ) -> Outcome[Document]:
        step = NextStep(
            step_id or self.company.new_id(), campaign.id, "campaign", campaign.seen, verb, reason
        )

        def work(unit: Unit) -> Document:
            if not documents.was_taken(unit, step):
                documents.take_step(unit, step)
                for one in decisions:
                    decide(unit, one)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), touched(campaign))

    def _decision(
        self, campaign: Document, verb: LineVerb, reason: str, customer: CustomerId, **more: Any
    ) -> LineDecision:
        return LineDecision(
            id=self.company.new_id(),
            campaign=DocumentId(campaign.id),
            verb=verb,
            reason=reason,
            by=self.company.person,
            at=self.clock.now_us(),
            customer=customer,
            **more,
        )
