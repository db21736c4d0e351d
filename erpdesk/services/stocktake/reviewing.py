"""The review of differences: what each line says, why it differs, and what is done about it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.ids import CustomerId, DocumentId, PersonName
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import REVIEWED, CampaignState
from erpdesk.domain.stocktake.campaign_acts import why_not_step
from erpdesk.domain.stocktake.causes import why_not_parts
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb
from erpdesk.domain.stocktake.review import (
    NothingDiffersError,
    why_not_ask_recount,
    why_not_assign,
    why_not_say,
    with_parts,
)
from erpdesk.domain.stocktake.variance import Cause, Variance
from erpdesk.errors import UserError
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.campaign_status import (
    Line,
    decide,
    lines_among,
    state_of,
    variance_of,
)
from erpdesk.services.stocktake.campaign_watch import Tell
from erpdesk.services.stocktake.campaigns import Campaigns, Look
from erpdesk.services.stocktake.reviewing_board import (
    Ground,
    Grounds,
    NoSuchLineError,
    Review,
    Row,
    grounds_of,
    must_be_reviewed,
    review_of,
    row_of,
)
from erpdesk.services.stocktake.reviewing_watch import ReviewWatch
from erpdesk.services.stocktake.said import Key, said_in
from erpdesk.storage import documents, evidence, inbox, people, review_facts, variances
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.evidence import NoSuchEvidenceError
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Company, Unit

__all__ = ["Ground", "Grounds", "Key", "Review", "Reviewing", "Row", "Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a line as it is shown: its parts, a note, files by their hash (hex)."""

    row: Row
    parts: tuple[Cause, ...]
    note: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Explains the differences of a campaign as the person who opened the company.

    What is said of a line follows on what was said of it before, and stays. The campaign's text
    carries it once it is handed in.
    """

    company: Company
    clock: Clock

    @property
    def _campaigns(self) -> Campaigns:
        return Campaigns(self.company, self.clock)

    def campaigns(self) -> tuple[HeadRow, ...]:
        """Return the campaigns whose differences may be seen, the newest first."""
        with self.company.database.reading() as connection:
            states = [state.value for state in REVIEWED]
            found = inbox.documents(connection, kind="campaign", states=states)
        return found[::-1]

    def review(self, campaign: Document) -> Review:
        """Return every line of a campaign with what is said about it, and all that blocks.

        Raises:
            NotReviewedError: its figures are not to be seen yet.
        """
        status = self._campaigns.status(campaign)
        with self.company.database.reading() as connection:
            children = review_facts.children_of(connection, campaign.id)
            said = said_in(connection, campaign)
        return review_of(status, children, said)

    def rows(self, campaign: Document, keys: Sequence[Key]) -> tuple[Row, ...]:
        """Return some lines as they stand in the review; of nobody else anything is read.

        Raises:
            NotReviewedError: its figures are not to be seen yet.
            NoSuchLineError: one is not on the list.
        """
        must_be_reviewed(state_of(campaign))
        found = self._lines(campaign, keys)
        if any(key not in found for key in keys):
            raise NoSuchLineError
        return tuple(found[key][0] for key in keys)

    def watch(self, campaign: Document) -> ReviewWatch:
        """Return what looks again and again at a campaign in review."""
        return ReviewWatch(self.company, campaign)

    def grounds(self, review: Review, key: Key) -> Grounds:
        """Return what may explain the difference of a line, each with the amount it would.

        Raises:
            NoSuchLineError: it is not on the list.
        """
        with self.company.database.reading() as connection:
            for line in lines_among(connection, review.document, key[:1]):
                if line.frozen.currency == key[1]:
                    return grounds_of(connection, line, cut_off=review.plan.cut_off)
        raise NoSuchLineError

    def say(
        self, campaign: Document, said: Sequence[Said], *, step_id: str | None = None
    ) -> Outcome[Document]:
        """Write why lines differ and what is done about them, all or none.

        Raises:
            UserError: what :func:`why_not_say` or :func:`why_not_parts` names.
            NothingDiffersError: a line does not differ.
            NoSuchEvidenceError: a file is not kept.
            StaleError: somebody said something else about one of these lines since it was shown.
        """
        self._must(lambda roles: why_not_say(state_of(campaign), roles=roles))
        by_key = {one.row.key: one for one in said}

        def spoken(row: Row, line: Variance) -> Variance:
            one = by_key[row.key]
            proof = tuple(dict.fromkeys((*row.proof, *one.evidence)))
            refusal = why_not_parts(row.judged, one.parts, has_evidence=bool(proof))
            if refusal is not None:
                raise refusal
            moved = row.judged.moved
            return with_parts(line, one.parts, moved=moved, note=one.note, evidence=proof)

        files = {name for one in said for name in one.evidence}
        shown = tuple(one.row for one in by_key.values())
        return self._write(campaign, shown, spoken, step_id, files=files)

    def ask_recount(
        self, campaign: Document, shown: Sequence[Row], why: str, *, step_id: str | None = None
    ) -> Outcome[Document]:
        """Ask that lines be counted again; a supervisor sends them back to counting.

        Raises:
            UserError: the reason is too short, or the campaign is not in review.
        """
        if refusal := why_not_reason(why):
            raise refusal
        self._must(lambda roles: why_not_ask_recount(state_of(campaign), roles=roles))

        def asked(row: Row, line: Variance) -> Variance:
            return replace(line, explained_minor=row.judged.moved.minor, recount=why)

        return self._write(campaign, shown, asked, step_id)

    def recount(
        self,
        campaign: Document,
        again: Sequence[CustomerId],
        why: str,
        *,
        step_id: str | None = None,
    ) -> Outcome[Document]:
        """Send customers back to counting, by somebody who has not counted them.

        The campaign counts again; what was counted and said of the others stays.

        Raises:
            UserError: it is not a supervisor, not in review, or the reason is too short.
        """
        self._must(lambda roles: why_not_step("reopen", state_of(campaign), roles=roles))
        first = step_id or self.company.new_id()
        step = NextStep(first, campaign.id, "campaign", campaign.seen, "reopen", why)
        decisions = [self._again(campaign, one, why) for one in again]

        def work(unit: Unit) -> Document:
            if not documents.was_taken(unit, step):
                documents.take_step(unit, step)
                for one in decisions:
                    decide(unit, one)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), _touched(campaign))

    def _again(self, campaign: Document, customer: CustomerId, why: str) -> LineDecision:
        return LineDecision(
            id=self.company.new_id(),
            campaign=DocumentId(campaign.id),
            verb=LineVerb.RECOUNT,
            reason=why,
            by=self.company.person,
            at=self.clock.now_us(),
            customer=customer,
        )

    def assign(
        self, campaign: Document, shown: Sequence[Row], owner: PersonName | None
    ) -> Outcome[Document]:
        """Name who sees to lines that differ; None takes the name away.

        Raises:
            UserError: it is not a supervisor, or the campaign is not in review.
        """
        self._must(lambda roles: why_not_assign(state_of(campaign), roles=roles))

        def owned(row: Row, line: Variance) -> Variance:
            return replace(row.said or line, owner=owner)

        return self._write(campaign, shown, owned, None)

    def hand_in(
        self,
        campaign: Document,
        *,
        step_id: str | None = None,
        known: Look | None = None,
        tell: Tell | None = None,
    ) -> Outcome[Document]:
        """Submit the differences for approval, as they were explained."""
        return self._campaigns.hand_in(campaign, step_id=step_id, known=known, tell=tell)

    def _must(self, against: Callable[[frozenset[Role]], UserError | None]) -> None:
        with self.company.database.reading() as connection:
            by = people.person_named(connection, self.company.person)
        refusal = against(by.roles(at=self.clock.now_us()))
        if refusal is not None:
            raise refusal

    def _write(
        self,
        campaign: Document,
        shown: Sequence[Row],
        spoken: Callable[[Row, Variance], Variance],
        step_id: str | None,
        *,
        files: Iterable[str] = (),
    ) -> Outcome[Document]:
        first = step_id or self.company.new_id()
        said = self._said(campaign, shown, spoken)

        def work(unit: Unit) -> None:
            if variances.is_said(unit.connection, first):
                return
            for name in files:
                if not evidence.is_stored(unit.connection, name):
                    raise NoSuchEvidenceError(hash=name)
            names = (first, *unit.new_ids(len(said) - 1))
            for name, row, variance in zip(names, shown, said, strict=True):
                variances.say(unit, campaign.id, variance, name=name, after=row.said_n)

        self.company.run(work)
        return Outcome(campaign, _touched(campaign))

    def _said(
        self,
        campaign: Document,
        shown: Sequence[Row],
        spoken: Callable[[Row, Variance], Variance],
    ) -> tuple[Variance, ...]:
        """Return what is said of these lines, about their figures of now."""
        now, found = self._lines(campaign, [row.key for row in shown]), list[Variance]()
        for row in shown:
            fresh, line = now.get(row.key, (None, None))
            if fresh is None or line is None or not fresh.differs:
                raise NothingDiffersError
            owner = fresh.said.owner if fresh.said else None
            found.append(spoken(fresh, replace(variance_of(line), owner=owner)))
        return tuple(found)

    def _lines(self, campaign: Document, keys: Iterable[Key]) -> dict[Key, tuple[Row, Line]]:
        """Return the lines of these customers in the review; of nobody else anything is read."""
        whose = sorted({customer for customer, _ in keys if customer})
        is_open = state_of(campaign) is CampaignState.REVIEW
        with self.company.database.reading() as connection:
            lines = lines_among(connection, campaign, whose)
            said = said_in(connection, campaign, whose)
        found = {(one.frozen.customer_id, one.frozen.currency): one for one in lines}
        return {
            key: (row_of(line, said.get(key), is_open=is_open), line) for key, line in found.items()
        }


def _touched(campaign: Document) -> Changes:
    return Changes(frozenset({campaign.id}), campaigns=frozenset({campaign.id}))
