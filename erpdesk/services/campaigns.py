"""A stocktake campaign: planned, its list frozen, counted, looked at, brought to review."""

from dataclasses import dataclass, replace

from erpdesk.domain.campaign import (
    CampaignPlan,
    accuracy,
    coverage,
    plan_from,
    scope_section,
    shown_state,
)
from erpdesk.domain.campaign_gates import (
    FreezeFacts,
    close_problems,
    freeze_problems,
    review_problems,
    submit_problems,
)
from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.count_line import (
    LineDecision,
    why_not_rule,
)
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.people import Role
from erpdesk.domain.variance import Variance, variance_section
from erpdesk.errors import UserError
from erpdesk.services.campaign_status import (
    Line,
    Status,
    line_of,
    lines_of,
    must_be_all,
    state_of,
    unexpected_of,
)
from erpdesk.services.ports import Clock
from erpdesk.services.submitting import must_be_ready
from erpdesk.services.verifying import Speed, Verifying
from erpdesk.storage import (
    counts,
    customers,
    documents,
    evidence,
    inbox,
    long_lists,
    people,
    scopes,
)
from erpdesk.storage import tables as t
from erpdesk.storage.customers import CustomerRow
from erpdesk.storage.database import Connection
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.inbox import HeadRow
from erpdesk.storage.unit_of_work import Company, Unit

__all__ = ["Campaigns", "Line", "NotACampaignError", "Status", "UnknownFilterError"]


class NotACampaignError(UserError):
    """This document is no campaign."""


class UnknownFilterError(UserError):
    """Customers cannot be chosen by this field."""


FILTERS = {"code", "name", "tax_id"}
"""Fields by whose beginning customers may be chosen; other fields of the record by equality."""


@dataclass(frozen=True, slots=True)
class Campaigns:
    """Plans and freezes campaigns and says how they stand."""

    company: Company
    clock: Clock

    def every(self) -> tuple[HeadRow, ...]:
        """Return every campaign, oldest first."""
        with self.company.database.reading() as connection:
            return inbox.documents(connection, kind="campaign")

    def plan(self, plan: CampaignPlan, *, step_id: str | None = None) -> Outcome[Document]:
        """Draft a campaign."""
        campaign, step = self.company.new_id(), step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            documents.draft(
                unit, "campaign", campaign, {"scope": scope_section(plan)}, step_id=step
            )
            return documents.look(unit.connection, campaign)

        return Outcome(self.company.run(work), Changes(campaigns=frozenset({campaign})))

    def freeze(self, campaign: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """Freeze the list of customers and what the books say of each; counting begins.

        Raises:
            UserError: the first of what :func:`freeze_problems` finds.
        """
        plan, first = _plan_of(campaign), step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            unit.take_time()
            rows = self._chosen(unit.connection, plan)
            self._must_freeze(unit.connection, plan, rows)
            content = {"scope": scope_section(plan), "list": self._listed(unit, plan, rows)}
            seen = documents.edit(unit, campaign, content, seen=campaign.seen, step_id=first)
            step = NextStep(unit.new_id(), campaign.id, "campaign", seen, "ready")
            documents.take_step(unit, step)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), Changes(campaigns=frozenset({campaign.id})))

    def _must_freeze(
        self, connection: Connection, plan: CampaignPlan, rows: tuple[CustomerRow, ...]
    ) -> None:
        now = self.clock.now_us()
        held = counts.open_campaign_customers(connection)
        everybody = people.everybody(connection)
        facts = FreezeFacts(
            customers=len(rows),
            today=self.clock.today(),
            counters=frozenset(p.name for p in everybody if Role.COUNTER in p.roles(at=now)),
            has_period=scopes.period_exists(connection, plan.cut_off),
            elsewhere=frozenset(CustomerId(row.id) for row in rows if row.id in held),
        )
        for problem in freeze_problems(plan, facts):
            raise problem

    def _listed(
        self, unit: Unit, plan: CampaignPlan, rows: tuple[CustomerRow, ...]
    ) -> dict[str, object]:
        list_id = unit.new_id()
        currencies = scopes.currencies_at(unit.connection, plan.cut_off)
        scope = scopes.scope_rows(
            rows, currencies, base=plan.currency, counters=tuple(plan.counters)
        )
        written = long_lists.write_rows(unit, t.list_scope, list_id, scope)
        return long_lists.named(unit, "scope", list_id, rows=written)

    def _chosen(self, connection: Connection, plan: CampaignPlan) -> tuple[CustomerRow, ...]:
        every = customers.every(connection)
        if plan.customers:
            wanted = set(plan.customers)
            return tuple(row for row in every if row.id in wanted)
        return tuple(row for row in every if all(_fits(row, *one) for one in plan.filter))

    def status(self, campaign: Document) -> Status:
        """Return how a campaign stands, folded from its logs."""
        plan = _plan_of(campaign)
        with self.company.database.reading() as connection:
            frozen = counts.lines(connection, campaign.id)
            events = tuple(counts.events(connection, campaign.id))
            decided = counts.decisions(connection, campaign.id)
            moved = counts.movements(connection, campaign.id, cut_off=plan.cut_off)
        lines = tuple(lines_of(frozen, events, decided, plan, moved))
        states = [line.judged.state for line in lines]
        return Status(
            campaign,
            plan,
            shown_state(state_of(campaign), has_events=bool(events)),
            lines,
            unexpected_of(frozen, events, decided),
            len(events),
            coverage(states),
            accuracy(states),
        )

    def decide(self, decision: LineDecision) -> Outcome[None]:
        """Record what a supervisor decided about a line or an unexpected scan.

        Raises:
            UserError: what :func:`why_not_rule` names.
        """
        mine = replace(decision, by=self.company.person)

        def work(unit: Unit) -> None:
            refusal = why_not_rule(line_of(unit.connection, mine), mine)
            if refusal is not None:
                raise refusal
            counts.decide(unit, mine)

        self.company.run(work)
        return Outcome(None, Changes(campaigns=frozenset({decision.campaign})))

    def review(self, campaign: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """End counting and look at the differences.

        Raises:
            UserError: lines in conflict, or neither counted nor decided.
        """
        states = [line.judged.state for line in self.status(campaign).lines]
        for problem in review_problems(states, unsynced={}):
            raise problem
        return self._step(campaign, "review", step_id)

    def hand_in(
        self,
        campaign: Document,
        variances: tuple[Variance, ...],
        *,
        step_id: str | None = None,
    ) -> Outcome[Document]:
        """Write the differences into the campaign's text and submit it for approval.

        Raises:
            VariancesOpenError: a line that differs is not among them.
            StaleError: a figure is no longer what the lines say.
            UserError: the first of what :func:`submit_problems` finds, or nobody may approve it.
        """
        status = self.status(campaign)
        must_be_all(status, variances)
        open_scans = len(status.unexpected)
        for problem in submit_problems(variances, unexpected=open_scans, checked=True):
            raise problem
        rows = [variance_section(variance) for variance in variances]
        content = campaign.content | {"variances": rows}
        first = step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            seen = documents.edit(unit, campaign, content, seen=campaign.seen, step_id=first)
            must_be_ready(unit, campaign.id)
            step = NextStep(unit.new_id(), campaign.id, "campaign", seen, "submit")
            documents.take_step(unit, step)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), Changes(campaigns=frozenset({campaign.id})))

    def adjust(self, campaign: Document, *, step_id: str | None = None) -> Outcome[Document]:
        """Begin to treat the approved differences, each by a document of its own."""
        return self._step(campaign, "adjust", step_id)

    def close(
        self, campaign: Document, *, report: str, step_id: str | None = None
    ) -> Outcome[Document]:
        """End a campaign whose differences are all treated, with its report kept as evidence.

        ``report`` is the hash of the kept file in hex; the step names it.

        Raises:
            UserError: the first of what :func:`close_problems` finds.
        """
        proved = Verifying(self.company.database, self.clock).verify(Speed.RULES).is_clean
        with self.company.database.reading() as connection:
            kept = evidence.is_stored(connection, report)
        problems = close_problems(
            books_proved=proved,
            report_archived=kept,
            unexpected=len(self.status(campaign).unexpected),
        )
        for problem in problems:
            raise problem
        return self._step(campaign, "close", step_id, reason=report)

    def _step(
        self, campaign: Document, verb: str, step_id: str | None, *, reason: str | None = None
    ) -> Outcome[Document]:
        step = NextStep(
            step_id or self.company.new_id(), campaign.id, "campaign", campaign.seen, verb, reason
        )

        def work(unit: Unit) -> Document:
            documents.take_step(unit, step)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), Changes(campaigns=frozenset({campaign.id})))


def _plan_of(campaign: Document) -> CampaignPlan:
    if campaign.kind != "campaign":
        raise NotACampaignError(number=campaign.number)
    return plan_from(campaign.content["scope"])


def _fits(customer: CustomerRow, field: str, value: str) -> bool:
    if field in FILTERS:
        return str(customer.record.get(field, "")).startswith(value)
    known = {"address", "currency", "language", "bank_name", "terms_days"}
    if field not in known:
        raise UnknownFilterError(field=field, known=sorted(FILTERS | known))
    if field == "address":
        return value in str(customer.record.get(field, ""))
    return str(customer.record.get(field, "")) == value
