"""What may explain a receipt: the reason, the items, and the one after; nothing is taken by it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from erpdesk.domain.matching import Explanation, Suggestion
from erpdesk.domain.money import Money
from erpdesk.words import Sentence
from erpdesk.words.matching import why_said
from ui.widgets.announcing import announce
from ui.widgets.button import Button
from ui.widgets.parts import ElidedLabel, Panel, column, row
from ui.work.wording import Wording

S = Sentence
TAKE, NEXT = S("采用", "Use it"), S("看次选", "Next")
SURE = S("唯一建议：{why}", "Only match: {why}")
RIVAL = S("候选 {n} / {all}：{why}", "Candidate {n} of {all}: {why}")
NAME = S("建议核销", "Suggested match")
ITEMS = S("{items}，未清共 {sum}", "{items}, open {sum}")
ONLY_ONE = S("没有别的候选", "There is no other")


class SuggestionStrip(Panel):
    """``taken`` carries the ids of the items that are to be paid, in order."""

    taken = Signal(object)

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._at = 0
        self._suggestion: Suggestion | None = None
        self._open: Mapping[str, tuple[str, Money]] = {}
        self.title, self.items = ElidedLabel("", "strong"), ElidedLabel("", "small", "text2")
        self.next = Button("", "quiet", key="Alt+↓", height_px=28)
        self.take = Button("", key="Alt+Enter", height_px=28, icon="check")
        words.put(self.next, "setText", NEXT)
        words.put(self.take, "setText", TAKE)
        super().__init__(
            row((column(self.title, self.items, gap=1), 1), self.next, self.take),
            ground="info", margins=(14, 6, 10, 6),
        )  # fmt: skip
        words.put(self, "setAccessibleName", NAME)
        self.take.clicked.connect(self._take)
        self.next.clicked.connect(self._go_on)
        words.when_switched(self._say)
        self.hide()

    @property
    def explanation(self) -> Explanation | None:
        """Return the explanation that is shown."""
        found = self._suggestion.explanations if self._suggestion else ()
        return found[self._at] if found else None

    def show_suggestion(
        self, suggestion: Suggestion | None, items: Mapping[str, tuple[str, Money]]
    ) -> None:
        """Show a suggestion; ``items`` are the number and what is open of each, by id."""
        if suggestion != self._suggestion:
            self._at = 0
        known = suggestion is not None and all(
            claim in items for one in suggestion.explanations for claim in one.claims
        )
        self._suggestion, self._open = suggestion if known else None, items
        self._say()

    def _take(self) -> None:
        if (one := self.explanation) is not None:
            self.taken.emit(one.claims)

    def _go_on(self) -> None:
        if self._suggestion is not None and self._suggestion.explanations:
            self._at = (self._at + 1) % len(self._suggestion.explanations)
            self._say()
            announce(self, f"{self.title.text()} {self.items.text()}")

    def _say(self) -> None:
        one, say = self.explanation, self._words.say
        self.setVisible(one is not None)
        if one is None or self._suggestion is None:
            return
        currency = self._open[one.claims[0]][1].currency
        off = Money(abs(one.short_minor), currency).grouped()
        why, count = say(why_said(one), short=off, over=off), len(self._suggestion.explanations)
        title = SURE if self._suggestion.is_sure else RIVAL
        self.title.setText(say(title, why=why, n=self._at + 1, all=count))
        total = sum((self._open[claim][1] for claim in one.claims), Money(0, currency))
        named = "、".join(self._open[claim][0] for claim in one.claims)
        self.items.setText(say(ITEMS, items=named, sum=total.grouped()))
        self.next.forbid("" if count > 1 else say(ONLY_ONE))
