"""Counting: what is scanned is stored, then shown, then heard; nothing waits for a person."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from erpdesk.domain.changes import Changes
from erpdesk.domain.money import Money
from erpdesk.domain.stocktake.counting import CountEvent, Finding, Source
from erpdesk.errors import ErpdeskError, UnknownOutcomeError, UserError
from erpdesk.services.stocktake.counting import Counted
from ui.look import scaled
from ui.pages import Noticed, nothing
from ui.pages.counting import words as w
from ui.pages.counting.acts import CountingActs
from ui.pages.counting.bands import Repeat
from ui.pages.counting.desk import CountingDesk
from ui.pages.counting.drafts import CountingDrafts
from ui.pages.counting.facts import (
    CampaignView,
    CountingParts,
    Who,
    who_of,
)
from ui.pages.counting.flow import Tally
from ui.pages.counting.head import counter_part
from ui.pages.counting.said import (
    band_said,
    facts_of,
    recorded_said,
    scan_said,
    why_unexpected,
)
from ui.pages.counting.standing import running
from ui.pages.counting.unstored import CountingUnstored
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.columns import Columns
from ui.widgets.scan_bar import Scan, ScanWords
from ui.work.runner import Runner
from ui.work.sounds import Sound, Sounds
from ui.work.wording import Wording, refusal

COMPACT_BELOW_PX = 658
"""What a window of 720 leaves to its page."""
_LOUDNESS: dict[Sound, int] = {"ok": 0, "repeat": 1, "unexpected": 2, "refused": 3}


class CountingPage(CountingDesk):
    """One campaign, counted by one person; the card in the middle is what was scanned last."""

    def __init__(
        self, parts: CountingParts, runner: Runner, wording: Wording, sounds: Sounds
    ) -> None:
        super().__init__(parts, runner, wording)
        self._sounds = sounds
        self._loudest: Sound | None = None
        self._is_finding = False
        self._has_held, self._forget_delayed = False, nothing
        self._early: list[tuple[bytes, Source, bool]] = []
        self.acts, self.drafts = CountingActs(self), CountingDrafts(self)
        self.unstored = CountingUnstored(self)
        self._lay_out()
        self._connect()
        self.acts.add_actions()
        self._speak()

    def _lay_out(self) -> None:
        hand_over = Button("", icon="flag", key="Ctrl+Shift+E")
        self.wording.put(hand_over, "setText", w.HAND_OVER)
        hand_over.clicked.connect(self.acts.hand_over)
        self.sheet = Button("", icon="printer", key="Ctrl+P")
        self.wording.put(self.sheet, "setText", w.SHEET)
        self.sheet.clicked.connect(self.acts.print_sheet)
        self.sheet.yields = hand_over.yields = True
        self.build(
            (Columns((self.stack, 1), (self.side, 0)), 1),
            above=(self.bar,),
            facts=(self.head,),
            buttons=(
                counter_part(self.wording, self.parts.name_of(self.parts.person)),
                self.sheet, hand_over,
            ),
        )  # fmt: skip

    def _connect(self) -> None:
        flow, acts = self.flow, self.acts
        flow.judged.connect(self._judged)
        flow.late.connect(self._stored_late)
        flow.caught_up.connect(self._caught_up)
        flow.recorded.connect(self._recorded)
        flow.refused.connect(self._refused)
        flow.delayed.connect(self._delayed)
        flow.tallied.connect(self._show_tally)
        self.head.chosen.connect(self._join)
        self.bar.entered.connect(acts.typed_in_bar)
        self.card.record_wanted.connect(self.record)
        self.card.clear_wanted.connect(acts.clear)
        self.card.park_wanted.connect(acts.park)
        self.card.attach_wanted.connect(acts.attach)
        self.card.stated.edited.connect(self._show_note)
        self.card.verify.edited.connect(self._show_note)
        self.unexpected.given.connect(acts.rulings.give)
        self.unexpected.later_wanted.connect(self.show_ready)
        self.unexpected.search_wanted.connect(self.bar.begin)
        self.duplicate.kept.connect(self.show_ready)
        self.duplicate.restated.connect(acts.restate)
        self.duplicate.recount_wanted.connect(acts.rulings.ask_recount)
        self.conflict.ruled.connect(acts.rulings.rule)
        self.conflict.later_wanted.connect(self.show_ready)
        self.shift.left.connect(self.show_ready)
        self.plain.chosen.connect(acts.chosen)
        self.side.opened.connect(acts.open_row)
        self.notices.installEventFilter(self)
        self.notices.acted.connect(self._retry)
        self.wording.when_switched(self._speak)

    @override
    def show_ready(self) -> None:
        super().show_ready()
        self.wording.put(self.sheet, "forbid", w.NOTHING if self.campaign else w.NO_CAMPAIGN)

    @override
    def entered(self) -> None:
        self._is_finding = True
        parts = self.parts
        self.runner.query(
            self, lambda: running(parts), done=self._found_campaigns, refused=self._found_none
        )
        if self.campaign is not None:
            self.look()

    def _found_campaigns(self, found: tuple[CampaignView, ...]) -> None:
        """Take the scans that came before it was known what is counted."""
        self._is_finding = False
        self.show_campaigns(found)
        self.drafts.offer()
        self.unstored.offer()
        early, self._early = self._early, []
        for raw, source, cut in early:
            self.scan(raw, source, cut=cut)

    def _join(self, campaign: str) -> None:
        self.join(campaign)
        self.drafts.offer()
        self.unstored.offer()

    def _found_none(self, error: UserError) -> None:
        self._found_campaigns(())
        self.notify("attention", w.TITLE, refusal(error))

    @override
    def look_again(self, changes: Changes) -> None:
        if self.campaign is not None and self.campaign.id in changes.campaigns:
            self.look()

    @override
    def scan(self, raw: bytes, source: Source, *, cut: bool = False) -> bool:
        """Store what is typed on the card, then this scan; the answer comes when it is stored."""
        if self.campaign is None and self._is_finding:
            self._early.append((raw, source, cut))
            return True
        if self.campaign is None:
            self._sounds.play("refused")
            self.notify("error", w.FOUND[Finding.REFUSED], w.NO_CAMPAIGN)
            return True
        self.store_typed()
        self.flow.scan(self.campaign, raw, source, cut=cut)
        return True

    def record(self) -> None:
        """Record the card and wait for the next code."""
        typed = self.card.typed
        if typed is None:
            self.card.say(w.NEEDS_ONE)
            self.card.stated.amount.setFocus()
            return
        if typed.problem is not None:
            self.card.say(refusal(typed.problem))
            self.card.stated.amount.setFocus()
            return
        self.store_typed()
        self.lists.unpark(typed.who.id)
        self.show_ready()

    def _judged(self, counted: Counted) -> None:
        """Show a scan that is stored; what was typed meanwhile is stored as well."""
        self.store_typed()
        who = None if counted.customer is None else who_of(counted.customer)
        self.keep_figures(counted)
        self.lists.add(counted, who, is_last=not self.flow.is_busy)
        self.bar.show_scan(scan_said(self.wording, self.parts, counted))
        self.acts.shown_code = self.bar.code.text()
        if not self.bar.code.hasFocus():
            self.bar.code.deselect()
        if not self.flow.is_busy:
            self.content.begin()
            self._show_judged(counted, who)
        self._sound(w.TONES[counted.judgement.finding][2])

    def _show_judged(self, counted: Counted, who: Who | None) -> None:
        finding = counted.judgement.finding
        if finding is Finding.COUNTED and who is not None:
            self.show_card(who, counted.event.raw)
            self._band(counted)
        elif finding is Finding.ALREADY_COUNTED and who is not None:
            self._show_repeat(counted, who)
        else:
            self._show_unexpected(counted)

    def _band(self, counted: Counted) -> None:
        finding = counted.judgement.finding
        tone, icon, _ = w.TONES[finding]
        bands = {Finding.COUNTED: self.card.band, Finding.ALREADY_COUNTED: self.duplicate.band}
        number = self.standing.counted + 1 if self.standing else None
        said, facts = band_said(self.parts, counted, number)
        bands.get(finding, self.unexpected.band).show_finding(
            (tone, icon), w.FOUND[finding], said, counted.event.received_at, **facts
        )

    def _show_repeat(self, counted: Counted, who: Who) -> None:
        if self.campaign is None:
            return
        spoken = self.standing.spoken.get(who.id, ()) if self.standing else ()
        by, at = counted.judgement.by, counted.judgement.at or 0
        said = next((one for one in reversed(spoken) if one.by == by), None)
        is_mine = by == self.parts.person
        self.duplicate.show_repeat(
            Repeat(
                who, self.campaign, self.figures_of(who.id), said,
                self.parts.name_of(by), at, is_mine=is_mine,
                is_hidden=said is None and not is_mine and not self.parts.reads_books,
            )
        )  # fmt: skip
        self._band(counted)
        self.stack.setCurrentWidget(self.duplicate)
        self.duplicate.keep.setFocus()

    def _show_unexpected(self, counted: Counted) -> None:
        self.unexpected.show_code(
            counted.event.id, counted.event.raw, facts_of(self.wording, self.parts, counted),
            why_unexpected(self.wording, counted),
        )  # fmt: skip
        self._band(counted)
        if self.isVisible():
            self.bar.begin()
        self.stack.setCurrentWidget(self.unexpected)
        self.acts.rulings.look_for_near(counted)

    def _recorded(self, event: CountEvent) -> None:
        difference = self._difference(event)
        self.lists.recorded(event, difference)
        announce(self, recorded_said(self.wording, difference))

    def _difference(self, event: CountEvent) -> Money | None:
        if event.stated is None or event.customer is None:
            return None
        for one in self.figures_of(event.customer):
            if one.book.currency == event.stated.currency:
                return event.stated - one.book
        return None

    def _refused(self, error: UserError, raw: bytes) -> None:
        code = raw.decode("utf-8", "backslashreplace")
        self.bar.show_scan(Scan(code, self.wording.say(refusal(error)), "error"))
        self.notify("error", w.FOUND[Finding.REFUSED], refusal(error))
        self.lists.show_recent()
        self._sound("refused")

    def _delayed(self, error: ErpdeskError) -> None:
        self._forget_delayed()
        title = w.UNSURE if isinstance(error, UnknownOutcomeError) else w.DELAYED
        said: Noticed = ("error", title, refusal(error), (("retry", w.RETRY),))
        self._forget_delayed = self.notify_for_now(said)
        self.lists.show_recent()
        self._sounds.play("refused")

    def _retry(self, act: str) -> None:
        """Store again what could not be stored; what fails once more says so once more."""
        if act == "retry":
            self._caught_up()
            self.flow.retry()

    def _stored_late(self, counted: Counted) -> None:
        """List a scan that was stored by itself; the card in hand is left alone."""
        who = None if counted.customer is None else who_of(counted.customer)
        self.keep_figures(counted)
        self.lists.add(counted, who, is_in_hand=False)

    def _caught_up(self) -> None:
        self._has_held = False
        self.solved()

    def _sound(self, sound: Sound) -> None:
        """Play one sound for a burst: the most urgent, once nothing is pending."""
        if self._loudest is None or _LOUDNESS[sound] > _LOUDNESS[self._loudest]:
            self._loudest = sound
        if self.flow.tally.pending == 0:
            self._sounds.play(self._loudest)
            self._loudest = None

    def _show_tally(self, tally: Tally) -> None:
        note = self.wording.say(w.TO_FINISH) if self.card.is_touched else ""
        self.bar.show_counts(
            scanned=tally.scans, stored=tally.stored, pending=tally.pending, note=note
        )

    def _show_note(self) -> None:
        self._show_tally(self.flow.tally)

    def _speak(self) -> None:
        say = self.wording.say
        self.bar.use_words(
            ScanWords(say(w.FIELD), say(w.SCANNED), say(w.STORED), say(w.PENDING), w.UNEQUAL.zh
                      if self.wording.language == "zh" else w.UNEQUAL.en)
        )  # fmt: skip
        self.lists.show()
        self._show_note()
        if self.campaign is None:
            self.show_ready()

    @override
    def holds_window(self) -> bool:
        if self._has_held or not self.flow.is_stuck:
            return False
        self._has_held = True
        said = w.HELD if self.unstored.is_kept else w.HELD_NOWHERE
        self.notify("error", *said, (("retry", w.RETRY),))
        return True

    @override
    def leave(self) -> None:
        self.store_typed()
        self.drafts.leave()
        self.unstored.keeper.keep()

    @override
    def step_out(self) -> bool:
        return self.acts.step_out()

    @override
    def panes(self) -> tuple[QWidget, ...]:
        current = self.stack.currentWidget()
        return (self.bar, *((current,) if current is not None else ()), self.side)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.notices and event.type() in {QEvent.Type.Show, QEvent.Type.Hide}:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Be compact where a low window, or a notice in it, leaves less room than all needs."""
        taken = 0 if self.notices.isHidden() else self.notices.sizeHint().height()
        is_compact = self.height() - taken < scaled(COMPACT_BELOW_PX)
        self.bar.set_compact(is_compact=is_compact)
        for card in (self.card, self.unexpected, self.duplicate, self.conflict):
            card.set_compact(is_compact=is_compact)
