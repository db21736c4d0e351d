"""What the counting page is built of, and where it stands: campaign, standing, card."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from erpdesk.errors import UserError
from erpdesk.services.stocktake.counting import Counted
from ui.pages import Page
from ui.pages.counting import words as w
from ui.pages.counting.bands import DuplicateCard, PlainCard
from ui.pages.counting.card import CountCard, Typed
from ui.pages.counting.conflict import ConflictCard
from ui.pages.counting.facts import (
    CampaignView,
    CountingParts,
    Figures,
    KnownCustomer,
    Standing,
    Who,
    known,
    master,
)
from ui.pages.counting.flow import CountingFlow
from ui.pages.counting.head import CountingHead
from ui.pages.counting.lists import CountingLists
from ui.pages.counting.shift import ShiftCard
from ui.pages.counting.side import CountingSide
from ui.pages.counting.standing import Looks, figures_on
from ui.pages.counting.unexpected import UnexpectedCard
from ui.widgets.scan_bar import ScanBar
from ui.work.runner import Runner
from ui.work.wording import Wording, literal, refusal

SOON_MS: Final = 500


class CountingDesk(Page):
    """The parts of the page; one campaign is counted, and one customer is on the card."""

    def __init__(self, parts: CountingParts, runner: Runner, wording: Wording) -> None:
        super().__init__(wording, w.TITLE)
        self.parts, self.runner = parts, runner
        self.campaign: CampaignView | None = None
        self._campaigns: tuple[CampaignView, ...] = ()
        self.standing: Standing | None = None
        self._looks: Looks | None = None
        self._figures: dict[str, tuple[Figures, ...]] = {}
        self._is_looking = self._look_once_more = False
        self.flow = CountingFlow(parts.counting, runner, self)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look_now)
        self._make_parts()
        self.lists = CountingLists(parts, wording, self.side)
        self.lists.sheet_changed.connect(self.look)

    def _make_parts(self) -> None:
        say = self.wording
        self.head = CountingHead(say)
        self.bar = ScanBar()
        self.card = CountCard(say)
        decides = self.parts.decides
        self.unexpected = UnexpectedCard(say, is_supervisor=decides)
        self.conflict = ConflictCard(say, is_supervisor=decides)
        self.duplicate = DuplicateCard(say)
        self.plain, self.shift = PlainCard(say), ShiftCard(say)
        self.side = CountingSide(say)
        self.stack = QStackedWidget()
        cards = (self.plain, self.card, self.unexpected, self.duplicate, self.conflict, self.shift)
        for one in cards:
            self.stack.addWidget(one)

    def show_campaigns(self, found: tuple[CampaignView, ...]) -> None:
        """Show what can be counted; the campaign that is counted stays while it runs."""
        self._campaigns = found
        known = {one.id for one in found}
        if self.campaign is not None and self.campaign.id in known:
            self.head.show_campaign(self.campaign, found)
        elif found:
            self.join(found[0].id)
        else:
            self._leave_campaign()

    def _leave_campaign(self) -> None:
        self.campaign = self.standing = self._looks = None
        self.head.show_campaign(None, ())
        self.lists.begin(None)
        self.show_ready()

    def join(self, campaign: str) -> None:
        """Count this campaign from now on; what is typed is stored first."""
        self.store_typed()
        self.campaign = next(one for one in self._campaigns if one.id == campaign)
        self.standing, self._looks = None, Looks(self.parts, self.campaign)
        self._figures.clear()
        self.head.show_campaign(self.campaign, self._campaigns)
        self.lists.begin(self.campaign)
        self.show_ready()
        self.look()

    def look(self) -> None:
        """Look how the campaign stands; asked again meanwhile, once more when that is there.

        While a burst of scans is on its way it is looked at now and then.
        """
        if self.flow.is_busy:
            if not self._soon.isActive():
                self._soon.start()
            return
        self._look_now()

    def _look_now(self) -> None:
        campaign, looks = self.campaign, self._looks
        if campaign is None or looks is None:
            return
        if self._is_looking:
            self._look_once_more = True
            return
        self._is_looking = True
        among = self.lists.sheet
        self.runner.query(
            self,
            lambda: (campaign, looks.standing(among)),
            done=lambda found: self._show_standing(*found),
            refused=self._no_standing,
        )

    def _show_standing(self, campaign: CampaignView, found: Standing) -> None:
        self._is_looking = False
        if self.campaign is not None and campaign.id == self.campaign.id:
            self.standing = found
            self.lists.use_standing(found)
            if self.card.who is not None:
                self.card.fill_figures(self.figures_of(self.card.who.id))
        if self._look_once_more:
            self._look_once_more = False
            self.look()

    def _no_standing(self, error: UserError) -> None:
        self._is_looking = False
        self.notify("attention", literal(""), refusal(error))

    def store_typed(self) -> None:
        """Store what is typed on the card; what is not valid is parked, never lost."""
        typed = self.card.typed
        if typed is None or self.campaign is None:
            return
        if typed.statement is not None:
            self.flow.record(self.campaign, typed.statement)
        else:
            self.lists.park(typed)
        self._forget_typed(typed)

    def _forget_typed(self, typed: Typed) -> None:
        if self.campaign is not None:
            self.card.show_who(typed.who, self.campaign, typed.raw, self.figures_of(typed.who.id))

    def show_card(self, who: Who, raw: bytes) -> None:
        """Show the card of a customer, and look up what is verified."""
        if self.campaign is None:
            return
        self.card.show_who(who, self.campaign, raw, self.figures_of(who.id))
        self.card.say(w.NEXT_STORES)
        self.stack.setCurrentWidget(self.card)
        if self.isVisible():
            self.card.stated.amount.setFocus()
        parts, campaign = self.parts, self.campaign
        self.runner.query(
            self,
            lambda: known(parts, campaign, who),
            done=self._show_master,
        )

    def _show_master(self, customer: KnownCustomer | None) -> None:
        if customer is None or self.card.who is None:
            return
        if self.card.who.id == customer.id:
            self.card.fill_master(master(customer))

    def figures_of(self, customer: str) -> tuple[Figures, ...]:
        """Return what the frozen list says of a customer; nothing when it is withheld."""
        looked_at = self.standing.figures.get(customer, ()) if self.standing is not None else ()
        return looked_at or self._figures.get(customer, ())

    def keep_figures(self, counted: Counted) -> None:
        """Know the figures of whoever was just scanned: no look has met them yet."""
        if counted.customer is not None and (figures := figures_on(counted.card)):
            self._figures[counted.customer.id] = figures

    def _ways_on(self) -> tuple[tuple[str, str, str], ...]:
        """Return where a campaign is begun, for who may begin one."""
        say = self.wording.say
        return (
            (("page:campaigns", say(w.TO_CAMPAIGNS), say(w.TO_CAMPAIGNS_WHAT)),)
            if self.parts.decides
            else ()
        )

    def show_ready(self) -> None:
        """Show that the next code may come, the focus in the scan bar."""
        if self.campaign is None:
            self.plain.show_plain(
                "clipboard-list", w.NO_CAMPAIGN, w.NO_CAMPAIGN_WHAT, self._ways_on()
            )
        else:
            self.plain.show_plain("scan-barcode", w.READY, w.READY_WHAT)
        self.card.forget()
        self.stack.setCurrentWidget(self.plain)
        if self.isVisible():
            self.bar.begin()
