"""A sheet that asks why, and shows every effect before the act; it asks and acts on nothing."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea

from erpdesk.domain.approval import why_not_reason
from erpdesk.domain.effects import Effect, Effects, What
from erpdesk.words import Sentence, standing
from erpdesk.words.effects import EFFECTS
from ui.widgets.button import Button
from ui.widgets.document_facts import account_name
from ui.widgets.effects import EffectGroup, EffectLine, EffectsPreview
from ui.widgets.parts import STRETCH, ElidedLabel, Icon, Label, Panel, row, rule
from ui.work.wording import Wording

S = Sentence
MADE, FOLLOWS, STAYS = (
    S("会生成", "Will be made"), S("会跟着变", "Will follow"), S("不会动", "Will stay"),
)  # fmt: skip
WHY = S("为什么（至少 5 个字）", "Why (at least 5 letters)")
CANCEL = S("取消", "Cancel")
COMPUTED = S("影响清单 {at} 算出，提交时再核一次", "Computed at {at}; checked again on submit")
CHANGED = S(
    "影响变了，新的已标出；看过再提交一次", "The effects changed and are marked; look, submit again"
)
ICONS: Final = {
    What.RED_LINE: "file-minus",
    What.ITEM_CLOSED: "check",
    What.LINK_UNDONE: "unlink",
    What.UNDO_FIRST: "triangle-alert",
    What.ITEM_OPEN_AGAIN: "rotate-ccw",
    What.DELIVERY_FREE: "rotate-ccw",
    What.NOTICE_OUTDATED: "mail-x",
}


class ReversalSheet(Panel):
    """``asked`` carries the reason, ``closed`` comes when it is given up.

    Its key is the page's: two parts of one page that know Ctrl+Enter would both be silent.
    """

    asked = Signal(str)
    closed = Signal()

    def __init__(self, words: Wording) -> None:
        self._words = words
        self._against = ""
        self.heading, self.figure = ElidedLabel("", "section"), Label("", "section")
        self.customer = ElidedLabel("", "body", "text2")
        self.reason = QLineEdit()
        self.reason.setMinimumHeight(30)
        self.reason.setMaxLength(500)
        self.effects = EffectsPreview(words)
        self.problem = Label("", "small", "attention", wraps=True)
        self.cancel = Button("", key="Esc", height_px=32)
        self.submit = Button("", "primary", key="Ctrl+Enter", height_px=32)
        why = Label("", "label", "text2")
        words.put(why, "setText", WHY)
        words.put(self.reason, "setAccessibleName", WHY)
        words.put(self.cancel, "setText", CANCEL)
        scroll = QScrollArea()
        scroll.setWidget(Panel(self.effects, ground="surface", margins=(0, 0, 8, 0)))
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        super().__init__(
            row(Icon("undo-2", "error", 18), (self.heading, 1), self.figure),
            self.customer, rule(), why, self.reason, (scroll, 1), self.problem,
            row(self.cancel, STRETCH, self.submit), gap=8,
        )  # fmt: skip
        self.reason.textChanged.connect(lambda _: self._judge())
        self.submit.clicked.connect(self._ask)
        self.cancel.clicked.connect(self.closed)

    def begin(self, title: str, verb: str, *, customer: str, amount: str) -> None:
        """Ask about something: its title, the verb of the button, whose, how much."""
        self.heading.setText(title)
        self.submit.setText(verb)
        self.customer.setText(customer)
        self.customer.setVisible(bool(customer))
        self.figure.setText(amount)
        self._against = ""
        self.reason.clear()
        self.effects.show_effects((), computed="")
        self.reason.setFocus()
        self._judge()

    def show_effects(self, groups: tuple[EffectGroup, ...], *, at: str, against: str = "") -> None:
        """Show the effects as computed, and what stands against all of it."""
        self.effects.show_effects(groups, computed=self._words.say(COMPUTED, at=at))
        self._against = against
        self._judge()

    def recheck(self, groups: tuple[EffectGroup, ...], *, at: str) -> bool:
        """Return whether the effects are those seen; else show the new ones, marked."""
        same = self.effects.recheck(groups, computed=self._words.say(COMPUTED, at=at))
        if not same:
            self.problem.setText(self._words.say(CHANGED))
        return same

    def complain(self, sentence: str) -> None:
        """Say what stood against it."""
        self.problem.setText(sentence)

    def _judge(self) -> None:
        refusal = why_not_reason(self.reason.text())
        why_not = self._against
        if not why_not and refusal is not None:
            why_not = standing(refusal, self._words.language)
        self.submit.forbid(why_not)
        self.problem.setText(self._against)

    def _ask(self) -> None:
        if self.submit.isEnabled():
            self.asked.emit(self.reason.text().strip())


def effect_groups(
    found: Effects, words: Wording, deliveries: Mapping[str, str]
) -> tuple[EffectGroup, ...]:
    """Return effects in words; ``deliveries`` are numbers by id."""
    parts = ((MADE, found.made), (FOLLOWS, found.follows), (STAYS, found.stays))
    return tuple(
        EffectGroup(words.say(title), tuple(_line(one, words, deliveries) for one in part))
        for title, part in parts
        if part
    )


def _line(effect: Effect, words: Wording, deliveries: Mapping[str, str]) -> EffectLine:
    about = effect.about
    if effect.what is What.RED_LINE:
        about = account_name(effect.about, words)
    elif effect.what is What.DELIVERY_FREE:
        about = deliveries.get(effect.about, effect.about)
    elif effect.what is What.EVIDENCE_STAYS:
        about = f"{effect.about[:4]}…{effect.about[-4:]}"
    said = words.say(EFFECTS[effect.what.value], about=about, money="")
    return EffectLine(ICONS.get(effect.what, "lock"), said, value=effect.money or "")
