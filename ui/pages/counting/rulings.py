"""What becomes of a scan of nobody, and of a conflict: proposed by counters, then ruled."""

from collections.abc import Iterable

from erpdesk.domain.ids import CustomerId, DocumentId, EventId
from erpdesk.domain.stocktake.count_line import LineDecision, LineVerb
from erpdesk.domain.stocktake.counting import Fate, Finding, Proposal
from erpdesk.services.stocktake.counting import Counted
from erpdesk.words import Sentence
from ui.pages.counting import words as w
from ui.pages.counting.card import moment
from ui.pages.counting.conflict import conflict_of
from ui.pages.counting.desk import CountingDesk
from ui.pages.counting.facts import KnownCustomer, Who, found, who_of
from ui.pages.counting.unexpected import NEAR_MAX, Near
from ui.work.wording import refusal

LOOKED_FOR_MAX = 64


class CountingRulings:
    """Acts on the page that is given; nothing here waits for an answer."""

    def __init__(self, desk: CountingDesk) -> None:
        self._desk = desk

    def ask_recount(self) -> None:
        """Ask for a recount by somebody else, of the customer that was scanned again."""
        desk, campaign, who = self._desk, self._desk.campaign, self._desk.duplicate.who
        if who is None or campaign is None:
            return
        why = desk.wording.say(w.SCANNED_AGAIN)
        if desk.parts.decides:
            self._decide(LineVerb.RECOUNT, why, customer=who.id)
            return
        counting, name = desk.parts.counting, desk.parts.counting.company.new_id()
        desk.runner.change(
            desk,
            lambda: counting.ask_recount(campaign, CustomerId(who.id), why, event_id=name),
            done=lambda _: self._done("", w.RECOUNT_ASKED),
            refused=lambda error: desk.notify("attention", w.NOT_ASKED, refusal(error)),
        )

    def give(self, fate: str, words: str, customer: str) -> None:
        """Record what somebody said of the unexpected scan on the card: ruled, or proposed."""
        event = self._desk.unexpected.scan_event
        if self._desk.parts.decides:
            self._decide(LineVerb(fate), words, customer=customer, event=event)
        else:
            self._propose(Proposal(EventId(event), Fate(fate), _id(customer), words or None))

    def rule(self, event: str, reason: str) -> None:
        """Record which of two records counts; without an event neither does."""
        conflict = self._desk.conflict.conflict
        if conflict is None:
            return
        verb = LineVerb.CHOOSE if event else LineVerb.RECOUNT
        self._decide(verb, reason, customer=conflict.who.id, event=event)

    def _propose(self, proposal: Proposal) -> None:
        desk, campaign = self._desk, self._desk.campaign
        if campaign is None:
            return
        counting, name = desk.parts.counting, desk.parts.counting.company.new_id()
        desk.runner.change(
            desk,
            lambda: counting.propose(campaign, proposal, event_id=name),
            done=lambda _: self._done(proposal.event, w.PROPOSED),
            refused=lambda error: desk.notify("attention", w.NOT_PROPOSED, refusal(error)),
        )

    def _decide(self, verb: LineVerb, reason: str, *, customer: str = "", event: str = "") -> None:
        desk, campaign = self._desk, self._desk.campaign
        if campaign is None:
            return
        parts = desk.parts
        decision = LineDecision(
            id=parts.counting.company.new_id(),
            campaign=DocumentId(campaign.id),
            verb=verb,
            reason=reason,
            by=parts.person,
            at=parts.counting.clock.now_us(),
            customer=_id(customer),
            event=EventId(event) if event else None,
        )
        desk.runner.change(
            desk,
            lambda: parts.campaigns.decide(decision),
            done=lambda _: self._done(event, w.DECIDED),
            refused=lambda error: desk.notify("attention", w.NOT_DECIDED, refusal(error)),
        )

    def _done(self, event: str, said: Sentence) -> None:
        """Say so; a card that was scanned meanwhile stays."""
        desk, current = self._desk, self._desk.stack.currentWidget()
        desk.notify("ok", said)
        is_other = current is desk.unexpected and desk.unexpected.scan_event != event
        if current is not desk.card and not is_other:
            desk.show_ready()

    def look_for_near(self, counted: Counted) -> None:
        """Look for customers that an unexpected code may belong to."""
        desk = self._desk
        if counted.customer is not None:
            near = Near(who_of(counted.customer), w.OUTSIDE, is_outside=True)
            desk.unexpected.show_near((near,))
            return
        self._look_near(counted.event.id, counted.event.raw, counted.reading.choices)

    def _look_near(self, event: str, raw: bytes, choices: tuple[str, ...]) -> None:
        desk, parts, campaign = self._desk, self._desk.parts, self._desk.campaign
        if campaign is None:
            return
        words = _near_words(raw.decode("utf-8", "replace").strip(), choices)
        desk.runner.query(
            desk,
            lambda: _near(found(parts, campaign, word) for word in words),
            done=lambda near: self._show_near(event, near),
        )

    def _show_near(self, event: str, near: tuple[Near, ...]) -> None:
        if self._desk.unexpected.scan_event == event:
            self._desk.unexpected.show_near(near)

    def open_unexpected(self, key: str) -> None:
        """Look at an unexpected scan again, with what was proposed about it."""
        desk, one = self._desk, self._desk.lists.unexpected_of(key)
        if one is None:
            return
        desk.store_typed()
        desk.card.forget()
        by = f"{desk.parts.name_of(one.by)} {moment(one.at, seconds=True)}"
        desk.unexpected.show_code(one.event, one.raw, by, "")
        if one.proposed is not None:
            whose = desk.lists.known(one.proposed.what.customer or "")
            name = desk.parts.name_of(one.proposed.by)
            desk.unexpected.show_proposed(one, by=name, whose=whose)
        title = w.FOUND[Finding.UNKNOWN]
        desk.unexpected.band.show_finding(("attention", "triangle-alert"), title, w.KEPT, one.at)
        desk.stack.setCurrentWidget(desk.unexpected)
        self._look_near(one.event, one.raw, ())

    def open_conflict(self, who: Who) -> None:
        """Show both records of a customer beside each other."""
        desk = self._desk
        spoken = desk.standing.spoken.get(who.id, ()) if desk.standing is not None else ()
        conflict = conflict_of(who, spoken, desk.parts.names)
        if conflict is None:
            desk.notify("info", w.NO_CONFLICT_LEFT)
            return
        desk.store_typed()
        desk.card.forget()
        desk.conflict.show_conflict(conflict)
        desk.stack.setCurrentWidget(desk.conflict)


def _id(customer: str) -> CustomerId | None:
    return CustomerId(customer) if customer else None


def _near_words(text: str, choices: Iterable[str]) -> tuple[str, ...]:
    """Return what to look for: the repairs that are possible, then the code less and less of it."""
    parts = (*choices, text, text[1:], text[:-1], text[: max(4, len(text) * 2 // 3)])
    return tuple(dict.fromkeys(one for one in parts if 3 <= len(one) <= LOOKED_FOR_MAX))


def _near(customers: Iterable[Iterable[KnownCustomer]]) -> tuple[Near, ...]:
    near: dict[str, Near] = {}
    for rows in customers:
        for one in rows:
            near.setdefault(one.id, Near(who_of(one), w.LIKE))
    return tuple(near.values())[:NEAR_MAX]
