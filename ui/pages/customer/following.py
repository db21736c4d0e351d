"""Writing down on the customer's page what is promised and contested, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from erpdesk.domain.changes import Outcome
from erpdesk.domain.dispute import Ground
from erpdesk.domain.money import Money
from erpdesk.services.following_up import FollowUp
from erpdesk.services.looking import Customer, Text
from erpdesk.words import Sentence
from ui.pages import Page
from ui.pages.customer.follow import FollowTab
from ui.widgets.document_facts import sentence_for
from ui.work.pressed_once import PressedOnce
from ui.work.runner import Runner

S = Sentence
WRITTEN, ENDED = (
    S("{number} 已记下", "{number} is written down"),
    S("{number} 已了结", "{number} ended"),
)


@dataclass(frozen=True, slots=True)
class FollowParts:
    """What follow-up is written down with; ``customer`` looks one up by id.

    ``may_write``: who is here follows up.
    """

    follow_up: FollowUp
    customer: Callable[[str], Customer]
    may_write: bool


class FollowDesk:
    """Does what the tab asks for, for the customer the page stands on."""

    def __init__(self, page: Page, tab: FollowTab, parts: FollowParts, runner: Runner) -> None:
        self._page, self._tab, self._parts = page, tab, parts
        self._once = PressedOnce(runner, page)
        tab.promised.connect(self._promise)
        tab.disputed.connect(self._dispute)
        tab.ended.connect(self._end)

    def _promise(self, amount: Money, due: date, who: str, note: str) -> None:
        parts, whose = self._parts, self._page.customer_here() or ""
        self._change(
            lambda: parts.follow_up.promise(parts.customer(whose), amount, due, by=who, note=note),
            WRITTEN,
        )

    def _dispute(self, item: str, ground: str, note: str) -> None:
        parts, whose = self._parts, self._page.customer_here() or ""
        self._change(
            lambda: parts.follow_up.dispute(parts.customer(whose), item, Ground(ground), note),
            WRITTEN,
        )

    def _end(self, one: str, reason: str) -> None:
        self._change(partial(self._parts.follow_up.end, one, reason), ENDED)

    def _change(self, work: Callable[[], Outcome[Text]], sentence: Sentence) -> None:
        self._once.change(
            self._page, work, done=partial(self._done, sentence),
            refused=lambda error: self._page.notify("attention", sentence_for(error)),
        )  # fmt: skip

    def _done(self, sentence: Sentence, made: Text) -> None:
        self._tab.begin()
        self._page.solved()
        facts = {"number": made.number}
        self._page.notify("ok", S(sentence.zh.format(**facts), sentence.en.format(**facts)))
