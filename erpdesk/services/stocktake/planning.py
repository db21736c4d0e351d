"""Planning a campaign: drafted, looked at, and its list of customers frozen."""

from dataclasses import dataclass

from erpdesk.domain.changes import Changes, Outcome
from erpdesk.domain.disk import must_have_room_to_count
from erpdesk.domain.stocktake.campaign import CampaignPlan, scope_section
from erpdesk.domain.stocktake.campaign_scope import as_frozen
from erpdesk.errors import StaleError
from erpdesk.services.ports import Clock
from erpdesk.services.stocktake.campaign_scope import Preview, preview
from erpdesk.services.stocktake.campaign_status import plan_of
from erpdesk.services.stocktake.campaign_watch import Tell
from erpdesk.storage import disk, documents
from erpdesk.storage.documents import Document, NextStep
from erpdesk.storage.long_lists import LongList
from erpdesk.storage.unit_of_work import Company, Unit


@dataclass(frozen=True, slots=True)
class Planning:
    """Drafts campaigns, shows what freezing one would make, and freezes it."""

    company: Company
    clock: Clock

    def plan(self, plan: CampaignPlan, *, step_id: str | None = None) -> Outcome[Document]:
        """Draft a campaign."""
        campaign, step = self.company.new_id(), step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            documents.draft(
                unit, "campaign", campaign, {"scope": scope_section(plan)}, step_id=step
            )
            return documents.look(unit.connection, campaign)

        changes = Changes(frozenset({campaign}), campaigns=frozenset({campaign}))
        return Outcome(self.company.run(work), changes)

    def edit(
        self, campaign: Document, plan: CampaignPlan, *, step_id: str | None = None
    ) -> Outcome[Document]:
        """Write a draft anew."""
        step = step_id or self.company.new_id()
        content = {"scope": scope_section(plan)}

        def work(unit: Unit) -> Document:
            documents.edit(unit, campaign, content, seen=campaign.seen, step_id=step)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), touched(campaign))

    def preview(self, plan: CampaignPlan, *, words: str = "", tell: Tell | None = None) -> Preview:
        """Return what freezing a plan now would make; says and raises as its own function does."""
        with self.company.database.reading() as connection:
            return preview(connection, plan, self.clock, words=words, tell=tell)

    def freeze(
        self,
        campaign: Document,
        *,
        shown: Preview | None = None,
        step_id: str | None = None,
        tell: Tell | None = None,
    ) -> Outcome[Document]:
        """Freeze the list of customers and what the books say of each; counting begins.

        ``shown`` is what somebody looked at before: the list and the books must still be that.
        ``tell`` is told how many customers were read, and again and again while their lines are
        made; what it raises ends the freeze, and nothing is stored.

        Raises:
            StaleError: the list or the books are no longer what was shown.
            NoRoomToCountError: there is too little room on the disk.
            UserError: the first of what :func:`freeze_problems` finds.
        """
        self._must_have_room()
        plan, first = plan_of(campaign), step_id or self.company.new_id()

        def work(unit: Unit) -> Document:
            unit.take_time()
            listed = LongList(unit, "scope")
            found = preview(unit.connection, plan, self.clock, tell=tell, keep=listed)
            for problem in found.problems:
                raise problem
            if shown is not None and not shown.is_same(found):
                raise StaleError(number=plan.name)
            scope = scope_section(as_frozen(plan))
            content = {"scope": scope, "list": listed.named(rows=found.rows)}
            seen = documents.edit(unit, campaign, content, seen=campaign.seen, step_id=first)
            step = NextStep(unit.new_id(), campaign.id, "campaign", seen, "ready")
            with unit.asked(lambda: tell and tell(found.rows, found.rows)):
                documents.take_step(unit, step)
            return documents.look(unit.connection, campaign.id)

        return Outcome(self.company.run(work), touched(campaign))

    def _must_have_room(self) -> None:
        must_have_room_to_count(disk.free_bytes(self.company.database))


def touched(campaign: Document) -> Changes:
    """Return that a campaign is another now."""
    return Changes(frozenset({campaign.id}), campaigns=frozenset({campaign.id}))
