"""The review of differences: what each line says, why it differs, and what is done about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.ids import CustomerId, DocumentId, PersonName
from erpdesk.domain.people import Role
from erpdesk.domain.stocktake.campaign import REVIEWED
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
from erpdesk.domain.stocktake.variance import Cause, Variance, variance_from, variance_section
from erpdesk.errors import StaleError, UserError
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.campaign_status import (
    Line,
    decide,
    lines_among,
    state_of,
    variance_of,
)
from erpdesk.services.stocktake.campaigns import Campaigns, Look
from erpdesk.services.stocktake.reviewing_board import (
    Ground,
    Grounds,
    Key,
    NoSuchLineError,
    Review,
    Row,
    grounds_of,
    review_of,
    row_of,
)
from erpdesk.services.stocktake.reviewing_watch import ReviewWatch
from erpdesk.storage import documents, evidence, inbox, people, review_facts
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.evidence import NoSuchEvidenceError
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Company, Unit

__all__ = ["Ground", "Grounds", "Key", "Review", "Reviewing", "Row", "Said"]


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a line that differs: its parts, a note, files by their hash (hex)."""

    key: Key
    parts: tuple[Cause, ...]
    note: str | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Explains the differences of a campaign as the person who opened the company.

    What is said is written into the campaign's text by a step of its own: nothing is overwritten,
    every earlier text stays.
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
        return review_of(status, children)

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
            StaleError: somebody said something else about one of these lines meanwhile.
        """
        self._must(lambda roles: why_not_say(state_of(campaign), roles=roles))
        by_key = {one.key: one for one in said}

        def spoken(row: Row, line: Variance) -> Variance:
            one = by_key[row.key]
            proof = tuple(dict.fromkeys((*row.proof, *one.evidence)))
            refusal = why_not_parts(row.judged, one.parts, has_evidence=bool(proof))
            if refusal is not None:
                raise refusal
            moved = row.judged.moved
            return with_parts(line, one.parts, moved=moved, note=one.note, evidence=proof)

        files = {name for one in said for name in one.evidence}
        return self._write(campaign, tuple(by_key), spoken, step_id, files=files)

    def ask_recount(
        self, campaign: Document, keys: Sequence[Key], why: str, *, step_id: str | None = None
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

        return self._write(campaign, tuple(keys), asked, step_id)

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
        self, campaign: Document, keys: Sequence[Key], owner: PersonName | None
    ) -> Outcome[Document]:
        """Name who sees to lines that differ; None takes the name away.

        Raises:
            UserError: it is not a supervisor, or the campaign is not in review.
        """
        self._must(lambda roles: why_not_assign(state_of(campaign), roles=roles))

        def owned(row: Row, line: Variance) -> Variance:
            return replace(row.said or line, owner=owner)

        return self._write(campaign, tuple(keys), owned, None)

    def hand_in(
        self, campaign: Document, *, step_id: str | None = None, known: Look | None = None
    ) -> Outcome[Document]:
        """Submit the differences for approval, as they stand in the text."""
        return self._campaigns.hand_in(campaign, step_id=step_id, known=known)

    def _must(self, against: Callable[[frozenset[Role]], UserError | None]) -> None:
        with self.company.database.reading() as connection:
            by = people.person_named(connection, self.company.person)
        refusal = against(by.roles(at=self.clock.now_us()))
        if refusal is not None:
            raise refusal

    def _write(
        self,
        campaign: Document,
        keys: tuple[Key, ...],
        spoken: Callable[[Row, Variance], Variance],
        step_id: str | None,
        *,
        files: Iterable[str] = (),
    ) -> Outcome[Document]:
        step = step_id or self.company.new_id()
        rows, changed = self._rows(campaign, keys), dict[Key, Mapping[str, Any]]()
        for key in keys:
            row, line = rows.get(key, (None, None))
            if row is None or line is None or not row.differs:
                raise NothingDiffersError
            owner = row.said.owner if row.said else None
            said = spoken(row, replace(variance_of(line), owner=owner))
            changed[key] = variance_section(said)

        def work(unit: Unit) -> Document:
            for name in files:
                if not evidence.is_stored(unit.connection, name):
                    raise NoSuchEvidenceError(hash=name)
            now = documents.look(unit.connection, campaign.id)
            _must_be_same(campaign, now, keys)
            whole = _kept(now) | changed
            content = now.content | {"variances": [whole[key] for key in sorted(whole)]}
            documents.edit(unit, now, content, seen=now.seen, step_id=step)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), _touched(campaign))

    def _rows(self, campaign: Document, keys: Iterable[Key]) -> dict[Key, tuple[Row, Line]]:
        """Return the lines of these customers in the review; of nobody else anything is read."""
        kept = _kept(campaign)
        said = {key: variance_from(kept[key]) for key in keys if key in kept}
        with self.company.database.reading() as connection:
            lines = lines_among(connection, campaign, [one for one, _ in keys if one])
        found = ((one.frozen.customer_id, one.frozen.currency) for one in lines)
        named = dict(zip(found, lines, strict=True))
        return {key: (row_of(line, said.get(key)), line) for key, line in named.items()}


def _kept(campaign: Document) -> dict[Key, Mapping[str, Any]]:
    """Return what the text says of each line, as it is written there."""
    return {
        (row["customer"], row["currency"]): row for row in campaign.content.get("variances", ())
    }


def _touched(campaign: Document) -> Changes:
    return Changes(frozenset({campaign.id}), campaigns=frozenset({campaign.id}))


def _must_be_same(shown: Document, now: Document, keys: Iterable[Key]) -> None:
    """Go on only when nobody said anything else about these lines since they were shown."""
    if shown.seen == now.seen:
        return
    before, after = _kept(shown), _kept(now)
    if now.state != shown.state or any(before.get(key) != after.get(key) for key in keys):
        raise StaleError(number=now.number)
