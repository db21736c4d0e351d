"""What will be made, what follows, what stays: shown before anybody acts, and checked again."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from erpdesk.words import Sentence
from ui.look import Ink
from ui.models.cells import Chip, Value, shown, spoken
from ui.widgets.delegates import ink_of
from ui.widgets.parts import (
    STRETCH,
    ChipLabel,
    ElidedLabel,
    Icon,
    Label,
    Panel,
    column,
    emptied,
    row,
    rule,
)
from ui.work.wording import Wording

EFFECTS, NEW = Sentence("影响", "Effects"), Sentence("新", "New")


@dataclass(frozen=True, slots=True)
class EffectLine:
    """One effect: icon in an ink, sentence, a second line, and what it comes to."""

    icon: str
    sentence: str
    second: str = ""
    value: Value = ""
    ink: Ink = "text2"


@dataclass(frozen=True, slots=True)
class EffectGroup:
    """Effects of one kind (会生成 / 会跟着变 / 不会动), with a hint about all of them."""

    title: str
    lines: tuple[EffectLine, ...]
    hint: str = ""


class EffectsPreview(QWidget):
    """Shows groups of effects; :meth:`recheck` says whether they are still what was seen."""

    def __init__(self, words: Wording) -> None:
        super().__init__()
        self._words = words
        words.put(self, "setAccessibleName", EFFECTS)
        self._groups: tuple[EffectGroup, ...] = ()
        self._list: QVBoxLayout = column(gap=6)
        self._computed = Label("", "small", "text2", wraps=True)
        self._stamp = QWidget()
        self._stamp.setLayout(row(Icon("refresh-cw", "text3", 13), (self._computed, 1), gap=6))
        self.setLayout(column(self._list, STRETCH, self._stamp, gap=8))

    @property
    def groups(self) -> tuple[EffectGroup, ...]:
        """Return what is shown."""
        return self._groups

    def show_effects(self, groups: Sequence[EffectGroup], *, computed: str) -> None:
        """Show effects as they were computed; ``computed`` says when (影响清单 11:06 算出)."""
        self._fill(tuple(groups), frozenset(), computed)

    def recheck(self, groups: Sequence[EffectGroup], *, computed: str) -> bool:
        """Return whether the effects are still those seen; else show them, new ones marked."""
        new = tuple(groups)
        if new == self._groups:
            return True
        seen = {line for group in self._groups for line in group.lines}
        fresh = frozenset(line for group in new for line in group.lines if line not in seen)
        self._fill(new, fresh, computed)
        return False

    def _fill(
        self, groups: tuple[EffectGroup, ...], fresh: frozenset[EffectLine], computed: str
    ) -> None:
        emptied(self._list)
        self._groups = groups
        for place, group in enumerate(groups):
            if place:
                self._list.addWidget(rule())
            hint = Label(group.hint, "small", "text3")
            self._list.addLayout(row(Label(group.title, "label", "text2"), STRETCH, hint))
            for line in group.lines:
                self._list.addWidget(self._drawn(line, is_new=line in fresh))
        self._computed.setText(computed)
        self._stamp.setVisible(bool(computed))

    def _drawn(self, line: EffectLine, *, is_new: bool) -> QWidget:
        words = column(ElidedLabel(line.sentence), gap=0)
        if line.second:
            words.addWidget(ElidedLabel(line.second, "small", "text3"))
        ink: Ink = ink_of(line.value) if not isinstance(line.value, str) else "text"
        value = Label(shown(line.value), "body", ink, align=Qt.AlignmentFlag.AlignRight)
        mark = ChipLabel(Chip(self._words.say(NEW), "attention")) if is_new else None
        made = Panel(
            row(Icon(line.icon, line.ink), (words, 1), mark, value, gap=9),
            ground="attention" if is_new else "none",
            margins=(6, 3, 6, 3) if is_new else (0, 3, 0, 3),
        )
        said = (line.sentence, line.second, spoken(line.value) if line.value != "" else "")
        made.setAccessibleName("，".join(filter(None, said)))
        return made
